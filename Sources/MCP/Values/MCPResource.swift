internal import Core

/// Something that a server offers to be read.
public struct MCPResource: Sendable, Hashable {
    public var uri: String
    public var name: String
    /// A name for people.
    public var title: String?
    public var summary: String?
    public var mediaType: String?
    /// In bytes.
    public var size: Int64?

    /// A resource.
    public init(
        uri: String, name: String, title: String? = nil, summary: String? = nil, mediaType: String? = nil,
        size: Int64? = nil
    ) {
        self.uri = uri
        self.name = name
        self.title = title
        self.summary = summary
        self.mediaType = mediaType
        self.size = size
    }

    /// Reads one element of `resources/list`, or a link to a resource.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ json: JSON) throws {
        let reader = try MemberReader(json, "a resource")
        self.init(
            uri: try reader.text("uri"), name: try reader.text("name"), title: try reader.optionalText("title"),
            summary: try reader.optionalText("description"), mediaType: try reader.optionalText("mimeType"),
            size: json["size"]?.intValue)
    }

    /// In the words of the protocol.
    var members: JSONObject {
        var object: JSONObject = ["uri": .string(uri), "name": .string(name)]
        object["title"] = title.map { .string($0) }
        object["description"] = summary.map { .string($0) }
        object["mimeType"] = mediaType.map { .string($0) }
        object["size"] = size.map { .int($0) }
        return object
    }
}

/// A whole family of resources, whose addresses follow from a template (RFC 6570).
public struct MCPResourceTemplate: Sendable, Hashable {
    public var uriTemplate: String
    public var name: String
    /// A name for people.
    public var title: String?
    public var summary: String?
    public var mediaType: String?

    /// Reads one element of `resources/templates/list`.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ json: JSON) throws {
        let reader = try MemberReader(json, "a resource template")
        uriTemplate = try reader.text("uriTemplate")
        name = try reader.text("name")
        title = try reader.optionalText("title")
        summary = try reader.optionalText("description")
        mediaType = try reader.optionalText("mimeType")
    }
}
