public import Core
public import Engine

/// One run of a step that asks models: all turns, and what came between them, in order.
public struct RunTrace: Sendable {
    public var run: RunNumber
    public var startedAt: Timestamp
    public var endedAt: Timestamp?
    /// How it ended, in the word of the event; nil while it is under way.
    public var ending: EventKind?
    public var entries: [Entry] = []

    public enum Entry: Sendable {
        case turn(TurnTrace)
        /// What the agent was told by Signalbox itself.
        case notice(Timestamp, String)
        /// What a person was asked beside tool calls.
        case decision(CallDecision)
        /// The server stopped in the middle, and perhaps of a call of the model.
        case interrupted(Timestamp, LostCall? = nil)
        /// The run went on where it was.
        case resumed(Timestamp)
    }

    /// The turns alone.
    public var turns: [TurnTrace] {
        entries.compactMap { if case .turn(let turn) = $0 { turn } else { nil } }
    }

    /// Calls of models that were cut off before they were answered.
    public var lostCalls: [LostCall] {
        entries.compactMap { if case .interrupted(_, let lost) = $0 { lost } else { nil } }
    }

    /// What all of them used.
    public var spending: Spending {
        let answered = turns.reduce(into: Spending.zero) { sum, turn in
            sum += Spending(
                modelCalls: 1, toolCalls: turn.calls.count { !$0.starts.isEmpty }, usage: turn.turn.usage,
                cost: turn.cost ?? .zero, unpricedCalls: turn.cost == nil ? 1 : 0)
        }
        return lostCalls.reduce(into: answered) { $0 += $1.spending }
    }
}
