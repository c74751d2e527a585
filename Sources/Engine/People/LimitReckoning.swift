public import Core

/// How a limit came to be in the way: what a person who is asked to raise it goes by.
public struct LimitReckoning: Sendable, Hashable {
    public var kind: Kind
    /// What the limit is: a number of what is counted, nano-dollars for cost. So the others.
    public var limit: Int64
    public var used: Int64
    /// What is put aside for other calls under way.
    public var reserved: Int64
    /// What the next call may take at most.
    public var next: Int64
    /// What of `used` is not known, but was put aside for calls that a stop of the server has cut off.
    public var lost: Int64
    /// Where the limit comes from, when it is not the one that was asked for.
    public var origin: Origin?

    /// What is bounded, by the name that it has in `limits`.
    public enum Kind: String, Sendable, CaseIterable {
        case tokens, cost
        case modelCalls = "model_calls"
        case toolCalls = "tool_calls"
        case turns

        /// What is counted, behind a number.
        public var words: String {
            switch self {
            case .tokens: "tokens"
            case .cost: "US dollars"
            case .modelCalls: "model calls"
            case .toolCalls: "tool calls"
            case .turns: "turns"
            }
        }

        /// An amount as people read it, without its unit.
        func text(_ amount: Int64) -> String {
            self == .cost ? Money(rawValue: amount).description : amount.grouped
        }

        fileprivate func json(_ amount: Int64) -> JSON {
            self == .cost ? .string(Money(rawValue: amount).description) : .int(amount)
        }

        fileprivate func amount(_ json: JSON?) -> Int64? {
            self == .cost ? json?.stringValue.flatMap(Money.init(dollars:))?.rawValue : json?.intValue
        }
    }

    /// Why a limit is what it is.
    public enum Origin: Sendable, Hashable {
        /// The settings allow no more; so much was asked for.
        case settings(asked: Int64)
        /// It is what that task had left, of so much.
        case rest(of: TaskNumber, limit: Int64)
    }

    public init(
        _ kind: Kind, limit: Int64, used: Int64, reserved: Int64 = 0, next: Int64, lost: Int64 = 0,
        origin: Origin? = nil
    ) {
        self.kind = kind
        self.limit = limit
        self.used = used
        self.reserved = reserved
        self.next = next
        self.lost = lost
        self.origin = origin
    }

    /// `tokens (4,000)`, as the title of a request names it.
    var name: String {
        kind == .cost ? "cost (\(Money(rawValue: limit)) USD)" : "\(kind.words) (\(limit.grouped))"
    }

    /// Whether the next call does not fit any more.
    var isExceeded: Bool { used + reserved + next > limit }

    /// What would be room enough: twice the limit, or what is needed if that is more.
    var proposal: JSON { kind.json(max(used + reserved + next, limit * 2)) }

    /// Why a limit that a person gives would not do; nil when it would, or is none of this kind.
    func problem(withRaiseTo edits: JSON) -> String? {
        guard let raised = kind.amount(edits[kind.rawValue]) else { return nil }
        let needed = max(used + next, limit + 1)
        guard raised < needed else { return nil }
        let given =
            raised <= limit ? "The limit is \(kind.text(limit)) \(kind.words): it must be raised above that. " : ""
        return given
            + "\(kind.text(used)) \(kind.words) are used, and the next call may take up to \(kind.text(next)): "
            + "it must be \(kind.text(needed)) at least, not \(kind.text(raised))."
    }

    /// `3,800 of 4,000 tokens are used; the next call may take up to 4,105.`
    public var sentence: String {
        var text = "\(kind.text(used)) of \(kind.text(limit)) \(kind.words) are used"
        if lost > 0 { text += " (\(kind.text(lost)) of it at most, by calls that a stop of the server has cut off)" }
        if reserved > 0 { text += ", \(kind.text(reserved)) put aside for other calls" }
        switch kind {
        case .tokens, .cost: text += "; the next call may take up to \(kind.text(next))"
        case .toolCalls where next > 1: text += "; \(kind.text(next)) more are asked for at once"
        case .modelCalls, .toolCalls, .turns: text += "; one more is asked for"
        }
        return text + "." + originSentence
    }

    private var originSentence: String {
        switch origin {
        case .settings(let asked)?:
            " The limit is that of the settings; the task asked for \(kind.text(asked))."
        case .rest(let task, let whole)?:
            " The limit is the rest of task \(task)'s limit of \(kind.text(whole)). What is used here counts there too: "
                + "raised beyond that rest, the limit of task \(task) is raised with it."
        case nil: ""
        }
    }
}

extension LimitReckoning {
    /// What a budget request is about, as its subject: by the name of each limit.
    static func subject(_ reckonings: [LimitReckoning]) -> JSON {
        var object = JSONObject()
        for reckoning in reckonings {
            let kind = reckoning.kind
            var members: JSONObject = [
                "limit": kind.json(reckoning.limit), "used": kind.json(reckoning.used),
                "reserved": kind.json(reckoning.reserved), "next_call": kind.json(reckoning.next),
            ]
            if reckoning.lost > 0 { members["cut_off"] = kind.json(reckoning.lost) }
            switch reckoning.origin {
            case .settings(let asked)?: members["asked_for"] = kind.json(asked)
            case .rest(let task, let limit)?:
                members["rest_of"] = ["task": .int(task.rawValue), "limit": kind.json(limit)]
            case nil: break
            }
            object[kind.rawValue] = .object(members)
        }
        return .object(object)
    }

    /// Reads the subject of a budget request; empty for those that were made without one.
    public static func all(in subject: JSON?) -> [LimitReckoning] {
        Kind.allCases.compactMap { kind in
            guard let object = subject?[kind.rawValue], let limit = kind.amount(object["limit"]),
                let used = kind.amount(object["used"]), let next = kind.amount(object["next_call"])
            else { return nil }
            var origin = kind.amount(object["asked_for"]).map { Origin.settings(asked: $0) }
            if let task = object["rest_of"]?["task"]?.intValue, let whole = kind.amount(object["rest_of"]?["limit"]) {
                origin = .rest(of: TaskNumber(rawValue: task), limit: whole)
            }
            return LimitReckoning(
                kind, limit: limit, used: used, reserved: kind.amount(object["reserved"]) ?? 0, next: next,
                lost: kind.amount(object["cut_off"]) ?? 0, origin: origin)
        }
    }
}
