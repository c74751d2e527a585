import Core
import HTTPClient
import MCP
import TestSupport
import Testing

/// Servers on HTTP that do wrong, and those that only do what HTTP allows.
@Suite(.timeLimit(.minutes(2)))
struct HostileHTTPTests {
    private func with<Value: Sendable>(
        _ words: String..., timeoutMilliseconds: Int64 = 40_000, headers: [String: String] = [:],
        log: @escaping @Sendable (MCPLogEntry) -> Void = { _ in },
        _ body: (MCPConnections) async throws -> Value
    ) async throws -> Value {
        let command = ["/usr/bin/env", "python3", "\(Bench.servers)/hostile_http.py"] + words
        return try await LocalServer.with(command) { port in
            let settings = MCPServerSettings(
                transport: .http(url: "http://127.0.0.1:\(port)/mcp", headers: headers),
                timeoutMilliseconds: timeoutMilliseconds)
            return try await Bench.with(["it": settings], log: log) { connections, _ in try await body(connections) }
        }
    }

    /// What is done wrong, and what the error says of it.
    static let faults: [(String, String)] = [
        ("wrong-id", "it answered a request that was never made (id 1"),
        ("wrong-id-in-stream", "it answered a request that was never made (id 1"),
        ("cut-json", "it sent what is not valid JSON"),
        ("not-utf8", "it sent what is not valid JSON"),
        ("not-json-in-stream", "it sent what is not valid JSON"),
        ("page", "it answered with text/html (status 200) where JSON should stand"),
        ("status-500", "it answered with status 500"),
        ("status-503", "it answered with status 503"),
        ("taken", "it took the request, but gave no answer (status 202)"),
        ("redirect", "it sends on to another address (status 307)"),
        ("error-in-body", "it answered with the error -32602: Unknown tool"),
        ("closes", "127.0.0.1:"),
        ("stream-without-answer", "its stream ended before the answer"),
        ("request-in-stream", "it sent the request \"roots/list\", which this revision forbids"),
        ("too-large", "it sent a message of more than 16 MiB"),
        ("endless-notes", "it sent more than 10000 messages without answering"),
    ]

    @Test("One wrong answer fails one call", arguments: faults)
    func oneCallFails(fault: String, reason: String) async throws {
        try await with(fault) { connections in
            let error = try #require(await #expect(throws: SignalboxError.self) { try await connections.call("go") })
            #expect(error.code == .upstream)
            #expect(error.message.hasPrefix("The tool \"go\" of the MCP server \"it\" failed: \(reason)"), "\(error)")
            let good = try await connections.call("good").value?.text
            #expect(good == "good")
        }
    }

    @Test func aBusyServerSaysWhenToComeBack() async throws {
        try await with("status-503") { connections in
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.cause as? TemporaryRefusal == TemporaryRefusal(retryAfterMilliseconds: 7_000))
        }
    }

    @Test("A call ends when its time is over", arguments: ["hang", "hang-in-stream"])
    func timeout(fault: String) async throws {
        try await with(fault, timeoutMilliseconds: 1_000) { connections in
            let good = try await connections.call("good").value?.text
            #expect(good == "good")
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.cause is MCPTimeout)
            let again = try await connections.call("good").value?.text
            #expect(again == "good")
        }
    }

    @Test("Refusals say what to do, and no secret", arguments: [("unauthorized", "401"), ("forbidden", "403")])
    func authorization(fault: String, status: String) async throws {
        try await with(fault, headers: ["Authorization": "Bearer sesame-open"]) { connections in
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.code == .upstream)
            #expect(error?.message.contains("(status \(status))") == true)
            #expect(error?.hint?.contains("token") == true)
            #expect(error?.description.contains("sesame") == false)
        }
    }

    @Test func nobodyListens() async throws {
        let settings = MCPServerSettings(transport: .http(url: "http://127.0.0.1:1/mcp"))
        try await Bench.with(["it": settings]) { connections, _ in
            let error = await #expect(throws: SignalboxError.self) { try await connections.tools(of: "it") }
            #expect(error?.code == .upstream)
            #expect(error?.message.contains("\"it\" cannot be listed: Could not connect to 127.0.0.1:1") == true)
            #expect(error?.cause as? TransferFailure == .notConnected)
        }
    }

    @Test func anAddressThatIsNoneIsToldWithItsServer() async throws {
        let settings = MCPServerSettings(transport: .http(url: "ftp://example.com/mcp"))
        try await Bench.with(["it": settings]) { connections, _ in
            let error = await #expect(throws: SignalboxError.self) { try await connections.tools(of: "it") }
            #expect(error?.code == .invalidInput)
            #expect(
                error?.message.hasPrefix("The tools of the MCP server \"it\" cannot be listed: Addresses must") == true)
        }
    }

    @Test func sessionsAreEndedWithTheirConnections() async throws {
        let command = ["/usr/bin/env", "python3", "\(Bench.servers)/hostile_http.py", "none", "session"]
        try await LocalServer.with(command) { port in
            let settings = MCPServerSettings(transport: .http(url: "http://127.0.0.1:\(port)/mcp"))
            try await Bench.with(["it": settings]) { connections, _ in _ = try await connections.call("good") }
            let seen = try await Bench.with(["it": settings]) { connections, _ in
                try await connections.call("seen").value?.structuredContent?.arrayValue ?? []
            }
            #expect(seen.filter { $0["method"] == "DELETE" }.map { $0["session"] } == ["session-1"])
        }
    }

    @Test func theOldestRevisionIsSpoken() async throws {
        try await with("none", "older") { connections in
            let revision = try await connections.description(of: "it").revision
            #expect(revision == "2025-06-18")
            let text = try await connections.call("go").value?.text
            #expect(text == "gone")
            let seen = try await connections.call("seen").value?.structuredContent?.arrayValue ?? []
            let call = try #require(seen.first { $0["method"] == "tools/call" })
            #expect(call["headers"]?["mcp-protocol-version"] == "2025-06-18")
            #expect(call["headers"]?["mcp-session-id"] == "session-1")
            let methods = seen.compactMap { $0["method"]?.stringValue }
            #expect(methods.contains("notifications/initialized"))
        }
    }

    @Test func aBrokenStreamGoesOnWhereItBroke() async throws {
        try await with("resumable", "session") { connections in
            let text = try await connections.call("go").value?.text
            #expect(text == "resumed after e1")
        }
    }

    @Test func aStreamThatNeverGoesOnIsGivenUp() async throws {
        try await with("cut-for-ever", "session") { connections in
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.message.contains("its stream ended before the answer") == true)
            let seen = try await connections.call("seen").value?.structuredContent?.arrayValue ?? []
            #expect(seen.filter { $0["after"] == "e1" }.count == Limits.mcpResumptionsMaximum)
        }
    }

    @Test func aForgottenSessionIsBegunAnew() async throws {
        try await with("forgets-session", "session") { connections in
            let text = try await connections.call("go").value?.text
            #expect(text == "gone")
            let seen = try await connections.call("seen").value?.structuredContent?.arrayValue ?? []
            #expect(seen.filter { $0["method"] == "initialize" }.count == 2)
            let sessions = seen.filter { $0["method"] == "tools/call" }.map { $0["headers"]?["mcp-session-id"] }
            #expect(sessions == ["session-1", "session-3", "session-3"])
        }
    }

    @Test func sessionsThatNeverLastAreTold() async throws {
        try await with("forgets-every-session", "session") { connections in
            let error = await #expect(throws: SignalboxError.self) { try await connections.call("go") }
            #expect(error?.message.contains("it ends each session as soon as it has begun") == true)
        }
    }

    @Test func requestsCarryWhatTheRevisionAsksFor() async throws {
        let log = Gathered<MCPLogEntry>()
        try await with("none", headers: ["X-Team": "blue"], log: { log.append($0) }) { connections in
            let arguments: JSONObject = ["place": "Zürich", "deep": ["n": 7]]
            let text = try await connections.call("go", arguments).value?.text
            #expect(text == "gone")
            let seen = try await connections.call("seen").value?.structuredContent?.arrayValue ?? []
            let call = try #require(seen.first { $0["params"]?["name"] == "go" })
            let headers = call["headers"]
            #expect(headers?["mcp-protocol-version"] == "2026-07-28")
            #expect(headers?["mcp-method"] == "tools/call")
            #expect(headers?["mcp-name"] == "go")
            #expect(headers?["mcp-param-place"] == "=?base64?WsO8cmljaA==?=")
            #expect(headers?["mcp-param-n"] == "7")
            #expect(headers?["x-team"] == "blue")
            #expect(headers?["idempotency-key"] == "key")
            #expect(headers?["accept"] == "application/json, text/event-stream")
            #expect(headers?["mcp-session-id"] == nil)
            let meta = call["params"]?["_meta"]
            #expect(meta?["io.modelcontextprotocol/protocolVersion"] == "2026-07-28")
            #expect(meta?["io.modelcontextprotocol/clientInfo"]?["name"] == "signalbox")
            #expect(meta?["io.modelcontextprotocol/clientCapabilities"]?["elicitation"] != nil)
            #expect(meta?["signalbox/idempotencyKey"] == "key")
            #expect(meta?["progressToken"] == call["id"])
            let tools = try await connections.tools(of: "it").map(\.name)
            #expect(tools == ["go", "good", "seen"])
        }
        #expect(log.values.first?.data.stringValue?.contains("no string, integer or boolean") == true)
    }

    @Test func aChangedToolIsLookedUpAndCalledAgain() async throws {
        try await with("new-headers") { connections in
            let text = try await connections.call("go", ["place": "home"]).value?.text
            #expect(text == "gone")
        }
    }
}
