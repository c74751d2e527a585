internal import Core

extension DocumentReader {
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    /// Reads `http:`.
    mutating func http(_ node: YAMLNode) -> HTTPDefinition {
        var request = HTTPDefinition(method: "GET", url: .literal(.string("")), headers: [], body: nil)
        guard let fields = fields(of: node, "\"http\"", keys: ["method", "url", "headers", "body"]) else {
            return request
        }
        purpose = .call
        defer { purpose = .value }
        request.body = fields["body"].map { template($0) }
        request.method = fields["method"].map { method($0) } ?? (request.body == nil ? "GET" : "POST")
        request.headers = fields["headers"].map { headers($0) } ?? []
        if let node = fields["url"] {
            request.url = templateText(node, "\"url\"") ?? request.url
            checkScheme(of: request.url, node)
        } else {
            report("\"http\" needs a \"url\"", at: node.range, hint: "add url: https://…")
        }
        return request
    }

    private mutating func method(_ node: YAMLNode) -> String {
        guard let method = string(node, "\"method\"") else { return "GET" }
        if !Self.methods.contains(method) {
            report(
                "there is no method \(quoted(method))", at: node.range,
                hint: Suggestion.hint(for: method, among: Self.methods, called: "the methods are"))
        }
        return method
    }

    private mutating func headers(_ node: YAMLNode) -> [(name: String, value: TemplateValue)] {
        guard let entries = node.entries else {
            reportType(node, "\"headers\"", mustBe: "a mapping from name to text")
            return []
        }
        return entries.compactMap { entry in
            if !PlanNames.isHeaderName(entry.name) {
                report("\"\(entry.name)\" cannot be the name of a header", at: entry.nameRange)
            }
            return templateText(entry.value, "the header \"\(entry.name)\"").map { (entry.name, $0) }
        }
    }

    /// A URL that begins with an expression can only be checked when it runs.
    private mutating func checkScheme(of url: TemplateValue, _ node: YAMLNode) {
        guard !isStored else { return }
        let start: String
        switch url {
        case .literal(.string(let text)): start = text
        case .text(let segments):
            guard case .literal(let text)? = segments.first else { return }
            start = text
        default: return
        }
        guard !start.hasPrefix("http://"), !start.hasPrefix("https://") else { return }
        report("a URL starts with https:// or http://", at: node.range)
    }
}
