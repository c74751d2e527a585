public import Core

/// What turns of a task cost by another table of prices than before.
public struct TaskRepricing: Sendable, Hashable {
    /// The name of who asked; nil when it is not known.
    public var by: String?
    /// The version of the table.
    public var table: String
    /// Only those whose amount has changed, at most `Limits.repricedTurnsMaximum`.
    public var turns: [RepricedTurn]

    public init(by: String?, table: String, turns: [RepricedTurn]) {
        self.by = by
        self.table = table
        self.turns = turns
    }
}

/// A turn that costs other than before.
public struct RepricedTurn: Sendable, Hashable {
    public var step: StepPath
    public var run: RunNumber
    /// Which call of a model in that run it was, from 1; checks for loops count too.
    public var turn: Int
    /// `provider/model`, and when it was recorded; nil in events of earlier versions.
    public var model: String?
    public var at: Timestamp?
    /// What it was taken to cost; nil for unknown.
    public var before: Money?
    /// What it is taken to cost from now on; nil for unknown.
    public var after: Money?
    /// The rates and the version of the table, in the form of `Turn.price`.
    public var price: JSON?

    public init(
        step: StepPath, run: RunNumber, turn: Int, model: String? = nil, at: Timestamp? = nil, before: Money?,
        after: Money?, price: JSON?
    ) {
        self.step = step
        self.run = run
        self.turn = turn
        self.model = model
        self.at = at
        self.before = before
        self.after = after
        self.price = price
    }

    /// What is to be added to what was spent.
    public var change: Spending {
        Spending(
            cost: (after ?? .zero) - (before ?? .zero),
            unpricedCalls: (after == nil ? 1 : 0) - (before == nil ? 1 : 0))
    }
}

/// A task that a step had started costs other than its parent was told at its end.
public struct ChildRepricing: Sendable, Hashable {
    public var child: TaskNumber
    /// What is to be added to what it was taken to have spent.
    public var change: Spending

    public init(child: TaskNumber, change: Spending) {
        self.child = child
        self.change = change
    }
}

extension TaskRepricing {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = ["table": .string(table), "turns": .array(turns.map(\.json))]
        object["by"] = by.map(JSON.string)
        return .object(object)
    }

    /// Reads `json` back.
    public init(_ json: JSON) throws {
        guard let table = json["table"]?.stringValue, let turns = json["turns"]?.arrayValue else {
            throw JournalFormatError.member("turns")
        }
        self.init(by: json["by"]?.stringValue, table: table, turns: try turns.map(RepricedTurn.init))
    }
}

extension RepricedTurn {
    fileprivate var json: JSON {
        var object: JSONObject = [
            "step": .string(step.rawValue), "run": .int(Int64(run.rawValue)), "turn": .int(Int64(turn)),
            "before": before?.journal ?? .null, "cost": after?.journal ?? .null,
        ]
        object["model"] = model.map(JSON.string)
        object["at_ms"] = at.map { .int($0.millisecondsSinceEpoch) }
        object["price"] = price
        return .object(object)
    }

    fileprivate init(_ json: JSON) throws {
        guard let step = json["step"]?.stringValue, let run = json["run"]?.intValue, let turn = json["turn"]?.intValue
        else { throw JournalFormatError.member("turn") }
        self.init(
            step: StepPath(rawValue: step), run: RunNumber(rawValue: Int(run)), turn: Int(turn),
            model: json["model"]?.stringValue,
            at: json["at_ms"]?.intValue.map(Timestamp.init(millisecondsSinceEpoch:)),
            before: Money("before", in: json), after: Money("cost", in: json), price: json["price"])
    }
}

extension ChildRepricing {
    /// The form of the journal.
    var json: JSON {
        [
            "task": .int(child.rawValue), "change": change.cost.journal,
            "change_unpriced_calls": .int(Int64(change.unpricedCalls)),
        ]
    }

    /// Reads `json` back.
    init(_ json: JSON) throws {
        guard let child = json["task"]?.intValue, let change = Money("change", in: json) else {
            throw JournalFormatError.member("task")
        }
        self.init(
            child: TaskNumber(rawValue: child),
            change: Spending(
                cost: change, unpricedCalls: Int(json["change_unpriced_calls"]?.intValue ?? 0)))
    }
}
