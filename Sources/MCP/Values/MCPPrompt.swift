internal import Core

/// A prepared conversation that a server offers.
public struct MCPPrompt: Sendable, Hashable {
    public var name: String
    /// A name for people.
    public var title: String?
    public var summary: String?
    public var arguments: [Argument]

    /// What it is filled in with: a text.
    public struct Argument: Sendable, Hashable {
        public var name: String
        public var summary: String?
        public var isRequired: Bool
    }

    /// Reads one element of `prompts/list`.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ json: JSON) throws {
        let reader = try MemberReader(json, "a prompt")
        name = try reader.text("name")
        title = try reader.optionalText("title")
        summary = try reader.optionalText("description")
        arguments = try (reader.optionalArray("arguments") ?? []).map {
            let reader = try MemberReader($0, "an argument of the prompt \"\(json["name"]?.stringValue ?? "")\"")
            return Argument(
                name: try reader.text("name"), summary: try reader.optionalText("description"),
                isRequired: try reader.optionalBool("required") ?? false)
        }
    }
}

/// A prompt that has been filled in.
public struct MCPPromptText: Sendable, Hashable {
    public var summary: String?
    public var messages: [Message]

    /// One message of the conversation.
    public struct Message: Sendable, Hashable {
        public var role: Role
        public var content: MCPContent
    }

    /// Who speaks.
    public enum Role: String, Sendable, Hashable {
        case user, assistant
    }

    /// Reads the answer to `prompts/get`.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ members: JSONObject) throws {
        let reader = MemberReader(members, "the prompt")
        summary = try reader.optionalText("description")
        messages = try reader.array("messages").map {
            let reader = try MemberReader($0, "a message")
            guard let role = Role(rawValue: try reader.text("role")) else {
                throw Fault("a message is of an unknown role")
            }
            return Message(role: role, content: try MCPContent($0["content"] ?? .null))
        }
    }
}
