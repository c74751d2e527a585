import Core
import Glibc
import MCP
import Processes
import TestSupport
import Testing

/// The server that is built with the official package, and the ways to reach it.
enum Workshop: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case stdio, stdioWithSessions, stream, json, streamWithSessions, jsonWithSessions, sessionsWithoutState

    static let python = Bench.root + "/.venv-mcp/bin/python3"
    private static let script = Bench.servers + "/official.py"

    var testDescription: String { rawValue }

    private var words: [String] {
        switch self {
        case .json, .jsonWithSessions: ["--json"]
        case .sessionsWithoutState: ["--stateless"]
        default: []
        }
    }

    var hasSessions: Bool {
        ![.stdio, .stream, .json].contains(self)
    }

    /// Whether notes can come before an answer.
    var hasNotes: Bool { ![.json, .jsonWithSessions].contains(self) }

    /// Whether it hears when lists change.
    var hearsChanges: Bool { ![.jsonWithSessions, .sessionsWithoutState].contains(self) }

    /// Whether the server can ask while it works.
    var canAsk: Bool { ![.jsonWithSessions, .sessionsWithoutState].contains(self) }

    /// Starts the server and gives the body connections with it as `it`.
    func with<Value: Sendable>(
        timeoutMilliseconds: Int64 = 60_000, logLevel: String? = nil,
        log: @escaping @Sendable (MCPLogEntry) -> Void = { _ in },
        _ body: (MCPConnections) async throws -> Value
    ) async throws -> Value {
        guard FileSystem.exists(Self.python) else {
            throw SignalboxError(.notFound, "There is no \(Self.python).", hint: "Run scripts/setup test.")
        }
        if self == .stdio || self == .stdioWithSessions {
            let settings = MCPServerSettings(
                transport: .stdio(command: [Self.python, Self.script, "stdio"]),
                timeoutMilliseconds: timeoutMilliseconds, hasSessions: hasSessions)
            return try await Bench.with(["it": settings], logLevel: logLevel, log: log) { connections, _ in
                try await body(connections)
            }
        }
        return try await LocalServer.with([Self.python, Self.script, "http"] + words) { port in
            let settings = MCPServerSettings(
                transport: .http(url: "http://127.0.0.1:\(port)/mcp"), timeoutMilliseconds: timeoutMilliseconds,
                hasSessions: hasSessions)
            return try await Bench.with(["it": settings], logLevel: logLevel, log: log) { connections, _ in
                try await body(connections)
            }
        }
    }
}

/// A program that listens on a port, which it prints on its first line.
enum LocalServer {
    static func with<Value: Sendable>(
        _ command: [String], _ body: (String) async throws -> Value
    ) async throws -> Value {
        let directory = try TemporaryDirectory()
        let lines = Gathered<String>()
        let endings = Gathered<ProcessOutcome.Ending>()
        let process = try await PipedProcess.start(
            ProcessSpec(
                arguments: command, directory: directory.path,
                environment: [("PYTHONDONTWRITEBYTECODE", "1"), ("PYTHONUNBUFFERED", "1")]),
            inputBytesMaximum: 0,
            onOutput: { stream, bytes in
                if stream == .stdout { lines.append(String(decoding: bytes, as: UTF8.self)) }
            },
            onEnd: { ending in
                endings.append(ending)
                lines.append("ended: \(ending)\n")
            })
        await lines.wait(for: 1)
        let port = String(lines.values[0].prefix { $0 != "\n" })
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(port))
        } catch {
            result = .failure(error)
        }
        // The tests may end with this one, and nothing that it started is to outlive them.
        process.kill()
        await endings.wait(for: 1)
        return try result.get()
    }
}
