internal import Core
internal import HTTPClient
internal import Plans

/// A request as a model asks for it, checked against what the plan allows.
struct HTTPToolRequest: Sendable {
    let method: String
    let address: WebAddress
    let headers: [Header]
    let body: [UInt8]?
    /// Where the body of the answer goes; nil for the answer of the tool.
    let savePath: TaskPath?

    struct Header: Sendable {
        var name: String
        var value: String
    }

    /// Those that would send the request elsewhere than it seems, or that belong to the connection.
    private static let forbiddenHeaders: Set = [
        "host", "content-length", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer", "expect",
        "accept-encoding",
    ]

    /// - Throws: `SignalboxError` with code `invalid_input` for what the plan or HTTP does not allow.
    init(_ arguments: ToolArguments, rules: HTTPToolRules) throws {
        let body = arguments.value("body")
        let method = try arguments.optionalText("method")?.uppercased() ?? (body == nil ? "GET" : "POST")
        guard rules.methods.contains(method) else {
            throw SignalboxError(
                .invalidInput, "The method \(method.prefix(20)) is not allowed to this tool.",
                hint: "It may use \(rules.methods.joined(separator: ", ")).")
        }
        self.method = method
        address = try WebAddress(parsing: try arguments.text("url"))
        savePath = try arguments.optionalText("save_to").map { try TaskPath($0) }
        var headers = try arguments.namedTexts("headers").map { Header(name: $0.name, value: $0.value) }
        for header in headers {
            let name = header.name.lowercased()
            guard !Self.forbiddenHeaders.contains(name), !name.hasPrefix("proxy-") else {
                throw SignalboxError(.invalidInput, "The header \(header.name) cannot be set by this tool.")
            }
        }
        switch body {
        case nil: self.body = nil
        case .string(let text)?: self.body = Array(text.utf8)
        case let body?:
            self.body = body.bytes
            if !headers.contains(where: { $0.name.lowercased() == "content-type" }) {
                headers.append(Header(name: "Content-Type", value: "application/json"))
            }
        }
        self.headers = headers
    }

    /// The request for libcurl.
    /// - Parameters:
    ///   - address: its own, or where it was redirected to.
    ///   - isElsewhere: whether that is another place than the model named: then it does not get what was meant for that.
    func request(
        to address: WebAddress, isElsewhere: Bool, _ context: ToolContext, policy: AddressPolicy
    ) -> ClientRequest {
        var request = ClientRequest(method, address.text, body: isElsewhere ? nil : body)
        request.addressPolicy = policy
        for header in headers where !isElsewhere || header.name.lowercased() == "accept" {
            request.headers.add(header.name, header.value)
        }
        if !Self.isSafe(method), request.headers["Idempotency-Key"] == nil {
            request.headers.add("Idempotency-Key", context.idempotencyKey)
        }
        // The tool's own bound stands above these.
        request.timeouts.firstByte = nil
        request.timeouts.idle = nil
        return request
    }

    /// Whether a method only reads.
    static func isSafe(_ method: String) -> Bool { HTTPToolOptions.readingMethods.contains(method) }
}
