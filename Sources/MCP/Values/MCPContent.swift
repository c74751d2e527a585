public import Core

/// One piece of what a tool or a prompt gives.
public enum MCPContent: Sendable, Hashable {
    case text(String)
    /// Bytes in base64, with their media type.
    case image(data: String, mediaType: String)
    case audio(data: String, mediaType: String)
    case resource(MCPResourceContents)
    /// A resource to be read when it is needed.
    case resourceLink(MCPResource)
}

extension MCPContent {
    /// Reads a content block.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ json: JSON) throws {
        let reader = try MemberReader(json, "a content")
        switch try reader.text("type") {
        case "text": self = .text(try reader.text("text"))
        case "image": self = .image(data: try reader.base64("data"), mediaType: try reader.text("mimeType"))
        case "audio": self = .audio(data: try reader.base64("data"), mediaType: try reader.text("mimeType"))
        case "resource": self = .resource(try MCPResourceContents(.object(try reader.object("resource"))))
        case "resource_link": self = .resourceLink(try MCPResource(json))
        case let type: throw Fault("a content is of the unknown type \"\(type.prefix(40))\"")
        }
    }

    /// As the server gave it, without its notes to clients.
    public var json: JSON {
        switch self {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let data, let type): ["type": "image", "data": .string(data), "mimeType": .string(type)]
        case .audio(let data, let type): ["type": "audio", "data": .string(data), "mimeType": .string(type)]
        case .resource(let contents): ["type": "resource", "resource": contents.json]
        case .resourceLink(let resource):
            .object(JSONObject([("type", "resource_link")] + resource.members.map { ($0.name, $0.value) }))
        }
    }
}
