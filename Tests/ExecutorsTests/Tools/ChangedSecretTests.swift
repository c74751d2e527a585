import Core
import Glibc
import HTTPClient
import MCP
import Synchronization
import TestSupport
import Testing

@testable import Executors

/// Servers whose secrets are changed while Signalbox runs.
@Suite(.timeLimit(.minutes(1)))
struct ChangedSecretTests {
    /// A server with one tool, named after its secret and its process. A call waits for a file.
    private static let program = """
        started = True; import json, os, sys, time
        tool = {"name": f"{os.environ['KEY']}-{os.getpid()}", "inputSchema": {"type": "object"}}
        for line in sys.stdin:
            message = json.loads(line)
            method = message["method"]
            if "id" not in message:
                continue
            answer = {"jsonrpc": "2.0", "id": message["id"]}
            if method == "initialize":
                answer["result"] = {"protocolVersion": "2025-11-25", "capabilities": {"tools": {}},
                                    "serverInfo": {"name": "it", "version": "1"}}
            elif method == "tools/list":
                answer["result"] = {"tools": [tool]}
            elif method == "tools/call":
                open("called", "w").close()
                while not os.path.exists("open"):
                    time.sleep(0.01)
                answer["result"] = {"content": [{"type": "text", "text": os.environ["KEY"]}]}
            else:
                answer["error"] = {"code": -32601, "message": "There is no such method."}
            print(json.dumps(answer), flush=True)
        """

    private let directory: TemporaryDirectory
    /// The secret; nil when it was removed.
    private let secret = SecretBox()

    private final class SecretBox: Sendable {
        let value = Mutex<String?>("first")
    }

    init() throws {
        directory = try TemporaryDirectory()
        try directory.write("server.py", Self.program)
    }

    /// - Parameter transport: how the server is reached with a secret; nil for the program.
    private func with(
        _ transport: (@Sendable (String) -> MCPServerSettings.Transport)? = nil,
        _ body: (ToolServers) async throws -> Void
    ) async throws {
        let script = directory.path + "/server.py"
        let transport = transport ?? { .stdio(command: ["python3", script], environment: ["KEY": $0]) }
        let servers = ToolServers(
            names: ["it"], client: HTTPClient(userAgent: "Signalbox/test"), directory: directory.path + "/mcp",
            log: { _ in }
        ) { [secret] _ in
            guard let value = secret.value.withLock({ $0 }) else {
                throw SignalboxError(.notFound, "There is no secret \"KEY\".")
            }
            return MCPServerSettings(transport: transport(value), hasSessions: true)
        }
        do {
            try await body(servers)
        } catch {
            await servers.close()
            throw error
        }
        await servers.close()
    }

    /// The secret with which the server was started, and its process.
    private func tool(of servers: ToolServers) async throws -> (name: String, secret: String, process: pid_t) {
        let name = try #require(try await servers.tools(of: "it").first?.name)
        let parts = name.split(separator: "-")
        return (name, String(parts[0]), try #require(pid_t(parts[1])))
    }

    @Test func `a server is started anew with another secret, and not without need`() async throws {
        try await with { servers in
            let first = try await tool(of: servers)
            #expect(first.secret == "first")
            #expect(try await tool(of: servers).process == first.process)
            secret.value.withLock { $0 = "second" }
            let second = try await tool(of: servers)
            #expect(second.secret == "second")
            #expect(kill(first.process, 0) == -1, "the first has ended")
            #expect(try await tool(of: servers).process == second.process)
        }
    }

    @Test func `a server is ended when its secret is gone, and comes back with it`() async throws {
        try await with { servers in
            let first = try await tool(of: servers)
            secret.value.withLock { $0 = nil }
            let error = await #expect(throws: SignalboxError.self) { try await servers.tools(of: "it") }
            #expect(error?.code == .notFound && error?.message == "There is no secret \"KEY\".")
            #expect(kill(first.process, 0) == -1)
            #expect(await servers.state(of: "it") == .idle)
            secret.value.withLock { $0 = "third" }
            #expect(try await tool(of: servers).secret == "third")
        }
    }

    @Test func `header fields have the secret there is when they are sent`() async throws {
        try await RecordedModelServer.serving([.json("{}", status: 401), .json("{}", status: 401)]) { server in
            let url = server.baseURL
            try await with({ .http(url: url, headers: ["Authorization": "Bearer \($0)"]) }) { servers in
                await #expect(throws: SignalboxError.self) { try await servers.tools(of: "it") }
                secret.value.withLock { $0 = "second" }
                await #expect(throws: SignalboxError.self) { try await servers.tools(of: "it") }
            }
            #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer first", "Bearer second"])
        }
    }

    @Test func `a call that is under way ends with the secret it has begun with`() async throws {
        try await with { servers in
            let first = try await tool(of: servers)
            let connections = try await servers.connections(to: "it")
            async let call = connections.call(server: "it", tool: first.name, arguments: [:], idempotencyKey: "k")
            while !FileSystem.exists(directory.path + "/mcp/it/called") { await Task.yield() }
            secret.value.withLock { $0 = "second" }
            #expect(try await tool(of: servers).secret == "second")
            #expect(kill(first.process, 0) == 0)
            try FileSystem.writeAtomically([], to: directory.path + "/mcp/it/open")
            guard case .complete(let result) = try await call else {
                Issue.record("The server has asked something.")
                return
            }
            #expect(result.content == [.text("first")])
            while kill(first.process, 0) == 0 { await Task.yield() }
        }
    }
}
