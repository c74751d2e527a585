public import Core
internal import Engine
public import Store

/// What one call of a model has used and cost, as it is reckoned now.
public struct TurnCost: Sendable {
    public var step: StepPath
    public var run: RunNumber
    /// Which call of a model in its run it was, from 1.
    public var number: Int
    public var at: Timestamp
    /// `provider/model`.
    public var model: String
    public var usage: TokenUsage
    /// Nil when the price is not known.
    public var cost: Money?
}

extension Runtime {
    /// What the calls of models of a task have used and cost, oldest first.
    /// - Parameter maximum: how many are told; what the others have used is in the rows of their steps.
    public func turnCosts(of task: TaskRow, maximum: Int) async throws -> [TurnCost] {
        var turns: [TurnCost] = []
        var counts: [StepPath: (run: RunNumber?, turns: Int)] = [:]
        let kinds = [EventKind.turnCompleted, .taskRepriced].map(\.rawValue)
        var position = Position.zero
        while true {
            let events = try await store.events(after: position, of: task.number, kinds: kinds, limit: maximum)
            for event in events {
                switch try Event(try await entry(event)).body {
                case .turnCompleted(let step, let run, let turn):
                    guard turns.count < maximum else { return turns }
                    var count = counts[step] ?? (run, 0)
                    if count.run != run { count = (run, 0) }
                    count.turns += 1
                    counts[step] = count
                    turns.append(
                        TurnCost(
                            step: step, run: run, number: count.turns, at: event.at, model: turn.model,
                            usage: turn.usage, cost: turn.cost))
                case .taskRepriced(let repricing):
                    for repriced in repricing.turns {
                        let place = turns.firstIndex {
                            $0.step == repriced.step && $0.run == repriced.run && $0.number == repriced.turn
                        }
                        if let place { turns[place].cost = repriced.after }
                    }
                default: break
                }
            }
            guard events.count == maximum, let last = events.last else { return turns }
            position = last.position
        }
    }
}
