public import Core

/// What a resource holds.
public struct MCPResourceContents: Sendable, Hashable {
    public var uri: String
    public var mediaType: String?
    public var content: Content

    /// Text, or bytes in base64.
    public enum Content: Sendable, Hashable {
        case text(String)
        case blob(String)
    }

    /// Reads one element of the answer to `resources/read`, or an embedded resource.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ json: JSON) throws {
        let reader = try MemberReader(json, "a resource")
        uri = try reader.text("uri")
        mediaType = try reader.optionalText("mimeType")
        content = json["text"] != nil ? .text(try reader.text("text")) : .blob(try reader.base64("blob"))
    }

    /// In the words of the protocol.
    public var json: JSON {
        var object: JSONObject = ["uri": .string(uri)]
        object["mimeType"] = mediaType.map { .string($0) }
        switch content {
        case .text(let text): object["text"] = .string(text)
        case .blob(let data): object["blob"] = .string(data)
        }
        return .object(object)
    }
}
