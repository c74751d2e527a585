/// A request to another system.
public struct HTTPDefinition: Sendable {
    public var method: String
    public var url: TemplateValue
    public var headers: [(name: String, value: TemplateValue)]
    /// A string is sent as it is, anything else as JSON.
    public var body: TemplateValue?

    public init(
        method: String, url: TemplateValue, headers: [(name: String, value: TemplateValue)], body: TemplateValue?
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
