import Core
import HTTPClient
import MCP
import TestSupport
import Testing

/// Connections to servers that a test starts, in a directory of their own.
final class Bench: Sendable {
    static let root = #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" }
    static let servers = root + "/Tests/MCPTests/Servers"

    let directory: TemporaryDirectory
    let connections: MCPConnections

    init(
        _ settings: [String: MCPServerSettings], restarts: MCPRestartPolicy = Bench.hasty, logLevel: String? = nil,
        log: @escaping @Sendable (MCPLogEntry) -> Void = { _ in }
    ) throws {
        Signals.ignoreBrokenPipe()
        directory = try TemporaryDirectory()
        connections = MCPConnections(
            settings: settings, client: HTTPClient(userAgent: "Signalbox/test"), directory: directory.path + "/mcp",
            restarts: restarts, logLevel: logLevel, log: log)
    }

    /// Gives the body the connections, and closes them afterwards.
    static func with<Value: Sendable>(
        _ settings: [String: MCPServerSettings], restarts: MCPRestartPolicy = Bench.hasty, logLevel: String? = nil,
        log: @escaping @Sendable (MCPLogEntry) -> Void = { _ in },
        _ body: (MCPConnections, Bench) async throws -> Value
    ) async throws -> Value {
        let bench = try Bench(settings, restarts: restarts, logLevel: logLevel, log: log)
        do {
            let value = try await body(bench.connections, bench)
            await bench.connections.close()
            return value
        } catch {
            await bench.connections.close()
            throw error
        }
    }

    /// Starts again at once.
    static var hasty: MCPRestartPolicy {
        var policy = MCPRestartPolicy()
        policy.pauseMilliseconds = 1
        return policy
    }

    /// A server of ours, which needs nothing but Python.
    static func script(
        _ words: String..., environment: [String: String] = [:], timeoutMilliseconds: Int64 = 40_000
    ) -> MCPServerSettings {
        MCPServerSettings(
            transport: .stdio(
                command: ["/usr/bin/env", "python3", "\(servers)/\(words[0])"] + words.dropFirst(),
                environment: ["PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"].merging(environment) { $1 }),
            timeoutMilliseconds: timeoutMilliseconds)
    }
}

extension MCPConnections {
    /// Calls a tool of the server `it`.
    func call(
        _ tool: String, _ arguments: JSONObject = [:], answers: MCPAnswers? = nil,
        onProgress: @escaping @Sendable (MCPProgress) -> Void = { _ in }
    ) async throws -> MCPCallResult {
        try await call(
            server: "it", tool: tool, arguments: arguments, idempotencyKey: "key", answers: answers,
            onProgress: onProgress)
    }
}
