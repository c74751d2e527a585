public import Core

/// What a step waits for.
public struct Wait: Sendable, Hashable {
    public var reason: WaitingReason
    public var since: Timestamp
    /// When it ends by itself, if it does.
    public var until: Timestamp?
    /// When the step fails because it has waited too long; nil for never.
    public var deadline: Timestamp?
    /// One sentence for people.
    public var sentence: String
    public var blocker: Blocker?

    /// What would have to move.
    public enum Blocker: Sendable, Hashable {
        /// A request to a person, by its ordinal in the task.
        case request(Int)
        case task(TaskNumber)
        case signal(name: String, key: String)
    }

    public init(
        _ reason: WaitingReason, since: Timestamp, until: Timestamp? = nil, deadline: Timestamp? = nil,
        sentence: String, blocker: Blocker? = nil
    ) {
        self.reason = reason
        self.since = since
        self.until = until
        self.deadline = deadline
        self.sentence = sentence
        self.blocker = blocker
    }
}

extension Wait {
    /// The form of the journal; since when stands with the event.
    var json: JSON {
        var object: JSONObject = ["reason": .string(reason.rawValue), "sentence": .string(sentence)]
        object["until"] = until.map(\.json)
        object["deadline"] = deadline.map(\.json)
        object["blocker"] = blocker.map(\.json)
        return .object(object)
    }

    init(_ json: JSON, since: Timestamp) throws {
        guard let reason = json["reason"]?.stringValue.flatMap(WaitingReason.init(rawValue:)) else {
            throw JournalFormatError.member("reason")
        }
        self.init(
            reason, since: since, until: Timestamp(json["until"]), deadline: Timestamp(json["deadline"]),
            sentence: json["sentence"]?.stringValue ?? "", blocker: Blocker(json["blocker"]))
    }
}

extension Wait.Blocker {
    /// The form of the journal.
    var json: JSON {
        switch self {
        case .request(let ordinal): ["request": .int(Int64(ordinal))]
        case .task(let number): ["task": .int(number.rawValue)]
        case .signal(let name, let key): ["signal": .string(name), "key": .string(key)]
        }
    }

    init?(_ json: JSON?) {
        if let ordinal = json?["request"]?.intValue {
            self = .request(Int(ordinal))
        } else if let number = json?["task"]?.intValue {
            self = .task(TaskNumber(rawValue: number))
        } else if let name = json?["signal"]?.stringValue {
            self = .signal(name: name, key: json?["key"]?.stringValue ?? "")
        } else {
            return nil
        }
    }
}

extension Timestamp {
    /// The form of the journal: milliseconds since 1970.
    var json: JSON { .int(millisecondsSinceEpoch) }

    init?(_ json: JSON?) {
        guard let milliseconds = json?.intValue else { return nil }
        self.init(millisecondsSinceEpoch: milliseconds)
    }
}
