public import Core

/// A server cannot go on with a call until these questions are answered. To go on, the call is made again with the
/// answers; it can be written down as JSON and taken up later, also by another engine, as long as `isHeld` is false.
public struct MCPInputRequired: Sendable, Hashable {
    /// What is asked, by the keys of the answers; never empty.
    public var questions: [MCPQuestion]
    let continuation: Continuation

    /// How the call goes on.
    enum Continuation: Sendable, Hashable {
        /// It is made again with the answers and what the server asked to be given back (revision 2026-07-28).
        case again(state: String?)
        /// It is made again as it was: the answer went another way (revision 2025-11-25, error -32042).
        case anew
        /// It is still under way, and the server waits for the answer (revisions before 2026-07-28).
        case held(id: String)
    }

    /// Whether the server waits meanwhile: then the answer must come to the same `MCPConnections`, within
    /// `Limits.mcpHeldCallMilliseconds`.
    public var isHeld: Bool { if case .held = continuation { true } else { false } }
}

extension MCPInputRequired {
    /// To be kept until the answers are there.
    public var json: JSON {
        var object: JSONObject = ["questions": .array(questions.map(\.json))]
        switch continuation {
        case .again(let state):
            object["continuation"] = "again"
            object["state"] = state.map { .string($0) }
        case .anew: object["continuation"] = "anew"
        case .held(let id):
            object["continuation"] = "held"
            object["call"] = .string(id)
        }
        return .object(object)
    }

    /// What `json` gave; nil when it is something else.
    public init?(_ json: JSON) {
        guard let list = json["questions"]?.arrayValue else { return nil }
        questions = list.compactMap { MCPQuestion(stored: $0) }
        guard questions.count == list.count, !questions.isEmpty else { return nil }
        switch json["continuation"] {
        case "again": continuation = .again(state: json["state"]?.stringValue)
        case "anew": continuation = .anew
        case "held":
            guard let id = json["call"]?.stringValue else { return nil }
            continuation = .held(id: id)
        default: return nil
        }
    }
}
