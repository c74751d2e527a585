internal import Core
internal import Engine
internal import HTTPClient
internal import Plans
internal import Providers

/// Sends requests for a model: to the hosts and by the methods that the plan names, and to no address that only this
/// machine or its network can reach.
struct HTTPTool: Tool {
    private let client: HTTPClient
    private let directories: TaskDirectories
    private let rules: HTTPToolRules

    let declaration: ToolDeclaration

    /// - Throws: `SignalboxError` with code `invalid_input` for hosts that cannot be read.
    init(_ options: HTTPToolOptions, client: HTTPClient, directories: TaskDirectories) throws {
        self.client = client
        self.directories = directories
        rules = try HTTPToolRules(options)
        declaration = ToolDeclaration(name: "http", summary: rules.summary, parameters: ToolParameters.http(options))
    }

    /// For its reading methods alone; see `isRepeatable(_:)`.
    var isRepeatable: Bool { rules.methods.allSatisfy(HTTPToolRequest.isSafe) }

    func isRepeatable(_ arguments: JSONObject) -> Bool {
        let method = arguments["method"]?.stringValue?.uppercased()
        return HTTPToolRequest.isSafe(method ?? (arguments["body"].map { !$0.isNull } ?? false ? "POST" : "GET"))
    }

    func call(_ arguments: JSONObject, in context: ToolContext) async throws -> ToolOutput {
        let given = try HTTPToolRequest(ToolArguments(arguments), rules: rules)
        let bound = Timeout(
            milliseconds: Limits.httpTimeoutMillisecondsDefault, origin: "the bound of the tool http")
        do {
            let answer: Answer
            do {
                answer = try await bound.limit { try await exchange(given, context) }
            } catch let failure as Failure where failure.cause == .timeout {
                // The time of this call, and not that of the run.
                throw Failure(.toolError, failure.message)
            }
            return try await output(of: answer, for: given, context)
        } catch let error as SignalboxError where error.code == .addressRefused {
            var told = error
            told.hint = "Only the plan can allow it, with the host or address under \"private\" of this tool."
            throw told
        } catch let error as SignalboxError where error.code == .upstream {
            throw Failure(.toolError, upstream: error)
        }
    }

    /// An answer with all of its body, and where it came from in the end.
    private struct Answer: Sendable {
        var response: ClientResponse
        var body: [UInt8]
        var address: WebAddress
    }

    /// Sends the request, and again where it is redirected to. This is not left to libcurl, which would look up a host
    /// before anybody can say that the tool must not ask it.
    private func exchange(_ given: HTTPToolRequest, _ context: ToolContext) async throws -> Answer {
        var address = given.address
        var isElsewhere = false
        for _ in 0...Limits.toolRedirectsMaximum {
            try rules.requireAllowed(address)
            let request = given.request(to: address, isElsewhere: isElsewhere, context, policy: rules.policy)
            let response = try await client.send(request)
            guard HTTPToolRequest.isSafe(given.method), [301, 302, 303, 307, 308].contains(response.status),
                let location = response.headers["Location"]
            else {
                let body = try await response.collect(bytesMaximum: Limits.toolResponseBytesMaximum)
                return Answer(response: response, body: body, address: address)
            }
            let next = try address.redirected(to: location)
            isElsewhere = isElsewhere || !next.hasSameOrigin(as: address)
            address = next
        }
        throw SignalboxError(
            .upstream, "\(given.address.host) redirects more than \(Limits.toolRedirectsMaximum) times.",
            cause: TransferFailure.redirected)
    }

    private func output(
        of answer: Answer, for given: HTTPToolRequest, _ context: ToolContext
    ) async throws -> ToolOutput {
        let response = answer.response
        var lines = ["\(given.method) \(answer.address.text) was answered with status \(response.status)."]
        for name in ["Content-Type", "Location", "Retry-After", "Link", "ETag", "Last-Modified"] {
            if let value = response.headers[name] { lines.append("\(name): \(value.prefix(500))") }
        }
        var output = ToolOutput(
            [], isError: response.status >= 400, isFromNetwork: true, source: answer.address.text)
        if let path = given.savePath, response.status < 400 {
            let directories = self.directories
            let file = try await onOwnThread("http-tool") {
                try directories.write(answer.body, to: path, for: context.work)
            }
            output.files = [file]
            lines.append("The body of \(answer.body.count) bytes was saved to \(path.text).")
            output.value = response.output(body: [])
        } else if String(validating: answer.body, as: UTF8.self) == nil {
            let type = response.mediaType ?? "no stated type"
            lines.append("The body has \(answer.body.count) bytes of \(type) that are not text in UTF-8.")
            lines.append("Ask again with \"save_to\" to put it into a file of the task.")
            output.isError = true
            output.value = response.output(body: [])
        } else {
            output.value = response.output(body: answer.body)
            let text = ToolText.beginning(
                of: answer.body, hint: "Ask again with \"save_to\" to have all of it in a file.")
            lines += ["", text]
        }
        output.parts = [.text(lines.joined(separator: "\n"))]
        var trace: JSONObject = ["url": .string(answer.address.text), "status": .int(Int64(response.status))]
        trace["bytes"] = .int(Int64(answer.body.count))
        output.trace = .object(trace)
        return output
    }
}
