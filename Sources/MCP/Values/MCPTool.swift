public import Core

/// A tool that a server offers. What it says of itself is the server's word, not to be trusted.
public struct MCPTool: Sendable, Hashable {
    /// The server's name in the settings.
    public var server: String
    /// Unique within its server.
    public var name: String
    /// A name for people.
    public var title: String?
    /// What it does, for a model.
    public var summary: String?
    /// What arguments it takes: a JSON Schema of an object.
    public var inputSchema: JSON
    /// What its results are like: a JSON Schema.
    public var outputSchema: JSON?
    public var annotations: MCPToolAnnotations

    /// A tool.
    public init(
        server: String, name: String, title: String? = nil, summary: String? = nil, inputSchema: JSON,
        outputSchema: JSON? = nil, annotations: MCPToolAnnotations = MCPToolAnnotations()
    ) {
        self.server = server
        self.name = name
        self.title = title
        self.summary = summary
        self.inputSchema = inputSchema
        self.outputSchema = outputSchema
        self.annotations = annotations
    }
}

extension MCPTool {
    /// Reads one element of `tools/list`.
    /// - Throws: `Fault` that says what is wrong with it.
    init(_ json: JSON, server: String) throws {
        let reader = try MemberReader(json, "a tool")
        self.server = server
        name = try reader.text("name")
        guard !name.isEmpty, name.utf8.count <= Limits.mcpNameBytesMaximum else {
            throw Fault("a tool has a name of \(name.utf8.count) bytes")
        }
        summary = try reader.optionalText("description")
        annotations = MCPToolAnnotations(try reader.optionalObject("annotations") ?? [:])
        title = try reader.optionalText("title") ?? annotations.title
        inputSchema = .object(try reader.object("inputSchema"))
        guard inputSchema["type"] == "object" else {
            throw Fault("the inputSchema of the tool \"\(name)\" is not that of an object")
        }
        outputSchema = try reader.optionalObject("outputSchema").map { .object($0) }
    }
}
