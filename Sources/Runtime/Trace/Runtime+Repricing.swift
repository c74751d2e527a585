public import Core
internal import Engine
internal import Prices
public import Store

extension Runtime {
    /// Which tasks are reckoned anew.
    public enum RepricedTasks: Sendable {
        case task(TaskRow)
        /// Those that were made then or later.
        case since(Timestamp)
    }

    /// Reckons anew what the turns of tasks cost, by the prices of this installation as they are now, each turn by the
    /// prices of its own day. Amounts that providers reported stay, and so does what was unknown and still is.
    /// - Parameters:
    ///   - isDryRun: nothing is changed then; the report says what would be.
    ///   - name: who asks.
    public func reprice(_ tasks: RepricedTasks, isDryRun: Bool, by name: String?) async throws -> RepricingReport {
        let table = prices.table
        var report = RepricingReport(table: table.version)
        for task in try await meant(by: tasks) where task.modelCalls > 0 {
            let found = try await reprice(task, by: table, isDryRun: isDryRun, name: name)
            report.add(found)
        }
        return report
    }

    private func meant(by tasks: RepricedTasks) async throws -> [TaskRow] {
        guard case .since(let since) = tasks else {
            if case .task(let task) = tasks { return [task] }
            return []
        }
        var filter = TaskFilter()
        filter.from = since
        return try await allTasks(filter, maximum: Limits.repricedTasksMaximum) {
            SignalboxError(
                .limit, "More than \(Limits.repricedTasksMaximum) tasks were made since then.",
                hint: "Name a later day.")
        }
    }

    private func reprice(
        _ task: TaskRow, by table: PriceTable, isDryRun: Bool, name: String?
    ) async throws -> RepricedTask {
        let (turns, seen) = try await pricedTurns(of: task)
        let repricing = table.reprice(turns.map(\.recorded))
        var changed: [RepricedTurn] = []
        for (turn, priced) in zip(turns, repricing.priced) where !turn.recorded.isCostReported {
            guard priced?.cost != turn.recorded.cost else { continue }
            changed.append(
                RepricedTurn(
                    step: turn.step, run: turn.run, turn: turn.number, model: turn.recorded.model, at: turn.recorded.at,
                    before: turn.recorded.cost, after: priced?.cost, price: priced?.json))
        }
        if !isDryRun {
            var seen = seen
            for start in stride(from: 0, to: changed.count, by: Limits.repricedTurnsMaximum) {
                let part = Array(changed[start..<min(start + Limits.repricedTurnsMaximum, changed.count)])
                _ = try await journal.handle(
                    RepriceTask(TaskRepricing(by: name, table: table.version, turns: part), seen: seen),
                    for: task.number)
                seen += 1
            }
        }
        return RepricedTask(
            task: task.number, name: task.name, turns: turns.count, changedTurns: changed.count,
            reportedTurns: turns.count { $0.recorded.isCostReported }, before: repricing.before,
            after: repricing.after, gaps: repricing.gaps)
    }

    /// The turns of a task that can be reckoned, and how often it was reckoned anew before.
    private func pricedTurns(of task: TaskRow) async throws -> (turns: [PricedTurn], seen: Int) {
        var turns: [PricedTurn] = []
        var places: [TurnPlace: Int] = [:]
        var counts: [RunPlace: Int] = [:]
        var seen = 0
        var after = Position.zero
        while true {
            let events = try await store.events(after: after, of: task.number, limit: 1_000)
            for row in events {
                switch EventKind(rawValue: row.kind) {
                case .turnCompleted?:
                    guard let step = row.step, let run = row.run else { continue }
                    counts[RunPlace(step: step, run: run), default: 0] += 1
                    let number = counts[RunPlace(step: step, run: run)] ?? 1
                    let turn = try Turn(try await payload(of: row))
                    // Nobody can say what it costs; and where nobody has answered there is nothing to reckon.
                    guard turn.response["tokens"]?.stringValue != "not reported",
                        turn.stopReason != "failed" || turn.usage != .zero
                    else { continue }
                    places[TurnPlace(step: step, run: run, number: number)] = turns.count
                    turns.append(
                        PricedTurn(
                            step: step, run: run, number: number,
                            recorded: RecordedTurn(turn, at: row.at, pricedAs: prices.pricedAs(turn.provider))))
                case .taskRepriced?:
                    seen += 1
                    for turn in try TaskRepricing(try await payload(of: row)).turns {
                        let place = TurnPlace(step: turn.step, run: turn.run, number: turn.turn)
                        if let place = places[place] { turns[place].recorded.cost = turn.after }
                    }
                default: continue
                }
            }
            guard turns.count <= Limits.repricedTurnsPerTaskMaximum else {
                throw SignalboxError(
                    .limit, "Task \(task.number) has more than \(Limits.repricedTurnsPerTaskMaximum) turns.")
            }
            guard events.count == 1_000, let last = events.last else { return (turns, seen) }
            after = last.position
        }
    }
}

private struct RunPlace: Hashable {
    var step: StepPath
    var run: RunNumber
}

private struct TurnPlace: Hashable {
    var step: StepPath
    var run: RunNumber
    var number: Int
}

private struct PricedTurn {
    var step: StepPath
    var run: RunNumber
    var number: Int
    var recorded: RecordedTurn
}

extension RecordedTurn {
    fileprivate init(_ turn: Turn, at moment: Timestamp, pricedAs: String?) {
        self.init(
            model: turn.model, responseModel: turn.response["model"]?.stringValue, usage: turn.usage,
            serviceTier: turn.response["service_tier"]?.stringValue, pricedAs: pricedAs, at: moment, cost: turn.cost,
            isCostReported: turn.price?["source"]?.stringValue == "provider")
    }
}

extension Turn {
    fileprivate var provider: String { String(model.prefix { $0 != "/" }) }
}

extension Priced {
    /// The form of `Turn.price`.
    fileprivate var json: JSON {
        ["source": "table", "table": .string(tableVersion), "rates": rates, "tier": .string(tier)]
    }
}
