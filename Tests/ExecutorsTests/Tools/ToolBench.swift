import Core
import HTTPClient
import HTTPServer
import Plans
import Processes
import Providers
import Store
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// Tools on an empty directory, and calls of them.
final class ToolBench: Sendable {
    let bench: Workbench
    let tools: BuiltInTools

    init(_ mode: SandboxMode = .none) async throws {
        bench = try await Workbench.make(mode)
        tools = BuiltInTools(
            directory: bench.directory.path + "/tasks", blobs: bench.blobs,
            client: HTTPClient(userAgent: "Signalbox/test"),
            sandbox: await Sandbox.prepare(mode, hiding: bench.directory.path))
    }

    func context(
        _ callID: String = "call_1", files: [TaskFile] = [], control: RunControl = RunControl()
    ) throws -> ToolContext {
        let command = StepWork.Command(arguments: ["true"], environment: [], planFiles: [], outputFiles: [])
        var work = try bench.work(.command(command))
        work.files = files
        return ToolContext(work: work, callID: callID, idempotencyKey: "key/\(callID)", control: control)
    }

    /// A file that the task is given.
    func file(_ name: String, _ bytes: some Collection<UInt8>) throws -> TaskFile {
        let bytes = Array(bytes)
        return TaskFile(
            name: name, hash: try bench.blobs.write(bytes), size: Int64(bytes.count),
            mediaType: MediaType.ofFile(named: name))
    }

    @discardableResult
    func call(_ tool: any Tool, _ arguments: JSONObject, files: [TaskFile] = []) async throws -> ToolOutput {
        try await tool.call(arguments, in: try context(files: files))
    }

    /// Has a script of the shell arrange the directory.
    func arrange(_ script: String) async throws {
        #expect(try await bench.shell(script).result != nil)
    }
}

extension ToolOutput {
    /// All text that a model is given.
    var text: String { parts.compactMap(\.text).joined(separator: "\n") }
}

/// Runs a server on any free port for the time of the body, then stops it.
func withServer<Result: Sendable>(
    _ router: Router, _ body: (HTTPServer) async throws -> Result
) async throws -> Result {
    var configuration = ServerConfiguration(port: 0)
    configuration.graceTimeout = .milliseconds(100)
    let server = try HTTPServer(configuration: configuration)
    try server.start(router)
    do {
        let result = try await body(server)
        await server.stop()
        return result
    } catch {
        await server.stop()
        throw error
    }
}
