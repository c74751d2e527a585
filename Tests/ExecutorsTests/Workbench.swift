import Core
import HTTPClient
import Plans
import Processes
import Providers
import Store
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// An executor on an empty directory, and work for it.
final class Workbench: Sendable {
    let directory: TemporaryDirectory
    let executor: StepExecutor
    let blobs: BlobStore

    /// - Parameters:
    ///   - sandbox: what commands are confined by.
    ///   - directory: what is the data directory.
    init(_ sandbox: Sandbox, in directory: TemporaryDirectory) throws {
        Signals.ignoreBrokenPipe()
        self.directory = directory
        blobs = BlobStore(directory: directory.path + "/blobs")
        let client = HTTPClient(userAgent: "Signalbox/test")
        executor = StepExecutor(
            directory: directory.path + "/tasks", blobs: blobs,
            models: try ProviderRegistry(settings: [:], client: client), client: client, sandbox: sandbox,
            servers: .none(client))
    }

    /// One that confines commands as the setting says.
    static func make(_ mode: SandboxMode) async throws -> Workbench {
        let directory = try TemporaryDirectory()
        return try Workbench(await Sandbox.prepare(mode, hiding: directory.path), in: directory)
    }

    /// The directory in which commands start.
    var taskDirectory: String { directory.path + "/tasks/7" }

    func work(_ call: StepWork.Call, step: String = "only", timeoutMilliseconds: Int64 = 50_000) throws -> StepWork {
        StepWork(
            task: TaskNumber(rawValue: 7), taskID: try #require(TaskID(rawValue: "01jd000000000000000000000a")),
            step: StepPath(rawValue: step), run: RunNumber(rawValue: 1), call: call,
            timeout: Timeout(milliseconds: timeoutMilliseconds, origin: "the step's timeout"), files: [],
            plan: PlanSource(path: "plan.yaml", text: "", files: ["tool.sh": "echo tool"]), idempotencyKey: "k/\(step)")
    }

    /// Runs a command to its end.
    func run(
        _ arguments: [String], environment: [(name: String, value: String)] = [], planFiles: [String] = [],
        outputFiles: [String] = [], hasNetwork: Bool = false, step: String = "only",
        timeoutMilliseconds: Int64 = 50_000, control: RunControl = RunControl()
    ) async throws -> StepOutcome {
        let command = StepWork.Command(
            arguments: arguments, stdin: nil, environment: environment, planFiles: planFiles,
            outputFiles: outputFiles, hasNetwork: hasNetwork)
        let work = try work(.command(command), step: step, timeoutMilliseconds: timeoutMilliseconds)
        return try await execute(work, control: control)
    }

    /// Does one run of a step that is no agent's.
    func execute(_ work: StepWork, control: RunControl = RunControl()) async throws -> StepOutcome {
        try #require(try await executor.execute(work, control: control, journal: NoAgents()))
    }

    /// Runs a script of the shell.
    func shell(_ script: String) async throws -> StepOutcome { try await run(["sh", "-c", script]) }
}

/// The journal of steps that are no agents: nothing is ever written in it.
struct NoAgents: AgentJournal {
    func record(
        _ turn: Turn, number: Int, outcome: StepOutcome?, correction: String?, looks: [String: ToolReturn]
    ) async throws -> AgentOrder {
        throw SignalboxError(.internal, "A step that is no agent has no turns.")
    }

    func size(bytes: Int) async throws -> AgentOrder {
        throw SignalboxError(.internal, "A step that is no agent sends no requests.")
    }

    func finish(_ call: String, _ result: ToolReturn) async throws -> AgentOrder {
        throw SignalboxError(.internal, "A step that is no agent calls no tools.")
    }

    func pause(_ call: String, _ question: ToolQuestion) async throws -> AgentOrder {
        throw SignalboxError(.internal, "A step that is no agent asks nobody.")
    }

    func recordLoopCheck(_ turn: Turn, reason: String?) async throws -> AgentOrder {
        throw SignalboxError(.internal, "A step that is no agent is not watched.")
    }
}

extension ToolServers {
    /// No servers.
    static func none(_ client: HTTPClient) -> ToolServers {
        ToolServers(names: [], client: client, directory: "", log: { _ in }) { name in
            throw SignalboxError(.notFound, "There is no server \(name).")
        }
    }
}

extension StepOutcome {
    /// What was handed over; nil unless it is completed.
    var result: StepResult? { if case .completed(let result) = self { result } else { nil } }

    /// The output as a text; nil unless it is completed with one.
    var text: String? { result?.output.stringValue ?? result?.output.text }

    /// Why it failed; nil unless it did.
    var failure: Failure? { if case .failed(let failure, _) = self { failure } else { nil } }

    var trace: JSON? {
        switch self {
        case .completed(let result): result.trace
        case .failed(_, let trace), .stopped(let trace), .question(_, _, let trace): trace
        }
    }
}

/// The kinds of confinement that work on this machine.
enum Confinement {
    /// Asked once: whether bubblewrap works here. Containers often forbid namespaces.
    static func hasBubblewrap() async -> Bool { await Sandbox.prepare(.auto).name == "bubblewrap" }

    static let reason: Comment =
        "bubblewrap does not work on this machine: it is not installed, or namespaces are forbidden"
}
