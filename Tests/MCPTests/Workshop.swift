import Core
import Glibc
import MCP
import Processes
import TestSupport
import Testing

/// The servers that are built with the official packages, and the ways to reach them: those of version 2 know all revisions
/// that we speak, those of version 1 (`earlier`) none without sessions, and the client finds out by itself.
enum Workshop: String, Sendable, CaseIterable, CustomTestStringConvertible {
    case stdio, stdioWithSessions, stream, json, streamWithSessions, jsonWithSessions, sessionsWithoutState
    case earlierStdio, earlierStream, earlierJSON, earlierWithoutState

    private var isEarlier: Bool { rawValue.hasPrefix("earlier") }
    private var python: String { Bench.root + (isEarlier ? "/.venv-mcp-1" : "/.venv-mcp") + "/bin/python3" }
    private var script: String { Bench.servers + (isEarlier ? "/earlier.py" : "/official.py") }

    var testDescription: String { rawValue }

    private var words: [String] {
        switch self {
        case .json, .jsonWithSessions, .earlierJSON: ["--json"]
        case .sessionsWithoutState, .earlierWithoutState: ["--stateless"]
        default: []
        }
    }

    var hasSessions: Bool {
        ![.stdio, .stream, .json].contains(self)
    }

    /// Whether notes can come before an answer.
    var hasNotes: Bool { ![.json, .jsonWithSessions, .earlierJSON].contains(self) }

    /// Whether it hears when lists change.
    var hearsChanges: Bool { canAsk }

    /// Whether the server can ask while it works.
    var canAsk: Bool { ![.jsonWithSessions, .sessionsWithoutState, .earlierJSON, .earlierWithoutState].contains(self) }

    /// Whether that is a setting; else the client has to find out.
    private var isSaidToHaveSessions: Bool { hasSessions && !isEarlier }

    /// Starts the server and gives the body connections with it as `it`.
    func with<Value: Sendable>(
        timeoutMilliseconds: Int64 = 60_000, logLevel: String? = nil,
        log: @escaping @Sendable (MCPLogEntry) -> Void = { _ in },
        _ body: (MCPConnections) async throws -> Value
    ) async throws -> Value {
        guard FileSystem.exists(python) else {
            throw SignalboxError(.notFound, "There is no \(python).", hint: "Run scripts/setup test.")
        }
        if self == .stdio || self == .stdioWithSessions || self == .earlierStdio {
            let settings = MCPServerSettings(
                transport: .stdio(command: [python, script, "stdio"]),
                timeoutMilliseconds: timeoutMilliseconds, hasSessions: isSaidToHaveSessions)
            return try await Bench.with(["it": settings], logLevel: logLevel, log: log) { connections, _ in
                try await body(connections)
            }
        }
        return try await LocalServer.with([python, script, "http"] + words) { port in
            let settings = MCPServerSettings(
                transport: .http(url: "http://127.0.0.1:\(port)/mcp"), timeoutMilliseconds: timeoutMilliseconds,
                hasSessions: isSaidToHaveSessions)
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
