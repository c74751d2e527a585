public import Core

extension EventKind {
    /// Where events of this kind say what something cost, as paths of names: `*` is any member, or any element.
    private var amounts: [[String]] {
        switch self {
        case .taskCreated: [["reuse", "*", "saved_cost"]]
        case .turnCompleted: [["cost"]]
        case .stepInterrupted, .decisionRequested: [["lost_call", "reserved_cost"]]
        case .stepReused: [["saved_cost"]]
        case .iterationCompleted: [["reused", "saved_cost"]]
        case .childEnded: [["spending", "cost"], ["spending", "lost_cost"]]
        case .taskRepriced: [["turns", "*", "before"], ["turns", "*", "cost"]]
        case .childRepriced: [["change"]]
        default: []
        }
    }

    /// What the journal says, as others are told it: amounts that an earlier version has written in nano-dollars are dollars
    /// as text. What plans, models and people have written stays as it is, whatever its names are.
    public func told(_ payload: JSON) -> JSON {
        amounts.reduce(payload) { Self.told($0, at: $1[...]) }
    }

    /// The same of the bytes of a payload, which are read only if there is something to change.
    public func told(_ payload: [UInt8]) -> [UInt8] {
        guard !amounts.isEmpty, Self.mayBeEarlier(payload) else { return payload }
        do {
            return told(try JSON(parsing: payload)).bytes
        } catch {
            // The journal's own readers say what is wrong with it.
            return payload
        }
    }

    private static func told(_ json: JSON, at path: ArraySlice<String>) -> JSON {
        guard let name = path.first else { return json }
        let rest = path.dropFirst()
        switch json {
        case .array(let elements) where name == "*": return .array(elements.map { told($0, at: rest) })
        case .object(let members):
            let earlier = name + Money.earlierSuffix
            return .object(
                JSONObject(
                    members.map { member in
                        switch member.name {
                        case earlier where rest.isEmpty:
                            (name, Money(name, in: json)?.journal ?? member.value)
                        case _ where !rest.isEmpty && (name == "*" || member.name == name):
                            (member.name, told(member.value, at: rest))
                        default: (member.name, member.value)
                        }
                    }))
        default: return json
        }
    }

    private static let earlierEnd = Array("\(Money.earlierSuffix)\":".utf8)

    private static func mayBeEarlier(_ payload: [UInt8]) -> Bool {
        guard payload.count >= earlierEnd.count else { return false }
        let last = payload.count - earlierEnd.count
        var place = 0
        while place <= last {
            if payload[place] == earlierEnd[0], payload[place...].starts(with: earlierEnd) { return true }
            place += 1
        }
        return false
    }
}
