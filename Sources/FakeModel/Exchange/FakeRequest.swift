internal import Core

/// What a client asks, the same whichever interface it speaks.
struct FakeRequest: Sendable {
    var model: String
    var system = ""
    var messages: [FakeMessage] = []
    /// The names of the tools that may be called.
    var tools: [String] = []
    var isStreamed = false
    /// Whether a stream is one of events; else it is one document, told in pieces.
    var isEventStream = true
    /// What the answer must be, as a JSON Schema; nil for text.
    var schema: JSON?
    /// As it came.
    var body: JSON

    /// What a person asks first.
    var prompt: String { messages.first { $0.role == .user }?.text ?? "" }

    /// The text of the last message.
    var last: String { messages.last?.text ?? "" }

    /// Which answer this is going to be, from 1.
    var turn: Int { messages.count { $0.role == .assistant } + 1 }

    /// What the tools have answered since the model spoke last.
    var results: [String] {
        let rest = messages.suffix(while: { $0.role != .assistant })
        return rest.flatMap(\.results)
    }
}

/// A message of a conversation, the same whichever interface it came by.
struct FakeMessage: Sendable {
    var role: Role
    var text = ""
    /// The tools that the model wanted to be called, by name.
    var toolCalls: [String] = []
    /// What tools have answered.
    var results: [String] = []

    enum Role: String, Sendable {
        case user, assistant
    }

    var json: JSON {
        [
            "role": .string(role.rawValue), "text": .string(text), "tool_calls": .array(toolCalls.map(JSON.string)),
            "results": .array(results.map(JSON.string)),
        ]
    }
}

extension [FakeMessage] {
    /// The message that a further part of that role belongs to: parts of one role that follow each other are one.
    mutating func extend(_ role: FakeMessage.Role, _ change: (inout FakeMessage) -> Void) {
        if last?.role != role { append(FakeMessage(role: role)) }
        change(&self[count - 1])
    }
}

extension Array {
    /// The elements behind the last one that does not fit.
    fileprivate func suffix(while fits: (Element) -> Bool) -> ArraySlice<Element> {
        let end = lastIndex { !fits($0) }.map { $0 + 1 } ?? startIndex
        return self[end...]
    }
}
