internal import Core

/// The thinking that a chat completion shows, and what its server wants to get back of it.
struct ChatReasoning: Sendable {
    private var text = ""
    /// The member it came in.
    private var field: String?
    private var details: [Detail] = []
    /// What is held in memory, in bytes.
    private(set) var bytesHeld = 0

    /// An element of OpenRouter's `reasoning_details`, whose text comes in stretches.
    private struct Detail: Sendable {
        var members: JSONObject
        var textName: String?
        var text = ""

        var json: JSON {
            var object = members
            if let textName { object[textName] = .string(text) }
            return .object(object)
        }
    }

    /// The members that servers use: OpenAI keeps its reasoning to itself; vLLM, llama.cpp and DeepSeek use the first
    /// name, Ollama and OpenRouter the second.
    static let fields = ["reasoning_content", "reasoning"]

    /// The thinking as a part of the answer; nil when there was none.
    /// - Parameter provider: whose state it is.
    func part(of provider: String) -> MessagePart? {
        guard !text.isEmpty || !details.isEmpty else { return nil }
        var state: JSONObject = ["provider": .string(provider)]
        state["field"] = field.map(JSON.string)
        if !details.isEmpty { state["details"] = .array(details.map(\.json)) }
        return .thinking(Thinking(text: text, state: .object(state)))
    }

    mutating func take(_ stretch: String, from field: String?) {
        text += stretch
        self.field = self.field ?? field
        bytesHeld += stretch.utf8.count
    }

    /// Takes the `reasoning_details` of one message or delta
    /// (https://openrouter.ai/docs/use-cases/reasoning-tokens).
    mutating func take(details json: JSON?) {
        for element in json?.arrayValue ?? [] {
            guard case .object(var members) = element else { continue }
            let textName = ["text", "summary", "data"].first { members[$0]?.stringValue != nil }
            let stretch = textName.flatMap { members[$0]?.stringValue } ?? ""
            if let textName { members[textName] = nil }
            bytesHeld += JSON.object(members).bytes.count + stretch.utf8.count
            if let last = details.indices.last, continues(details[last], members, textName) {
                details[last].text += stretch
                for member in members where !member.value.isNull { details[last].members[member.name] = member.value }
            } else {
                details.append(Detail(members: members, textName: textName, text: stretch))
            }
        }
    }

    /// Whether an element goes on with the one before: of the same kind and place, and both are text.
    private func continues(_ last: Detail, _ members: JSONObject, _ textName: String?) -> Bool {
        guard last.members["type"] == members["type"], last.members["index"] == members["index"],
            members["index"] != nil
        else { return false }
        return textName == nil || textName == last.textName && textName != "data"
    }
}
