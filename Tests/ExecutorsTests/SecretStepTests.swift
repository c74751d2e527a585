import Core
import HTTPClient
import Plans
import Processes
import Providers
import Secrets
import Store
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// Steps get their secrets at the last moment, and what comes back does not tell them.
@Suite(.timeLimit(.minutes(1)))
struct SecretStepTests {
    private static let value = "hunter2-\"hunter2\""
    private let directory: TemporaryDirectory
    private let store: SecretStore
    private let marks = SecretMarks(["TOKEN"], seeing: ["what the step can see"])
    private let mark: String

    init() throws {
        Signals.ignoreBrokenPipe()
        directory = try TemporaryDirectory()
        store = SecretStore(directory: directory.path)
        try store.set("TOKEN", to: Self.value, at: .now)
        mark = try #require(marks.json["TOKEN"]?.stringValue)
    }

    private func run(_ call: StepWork.Call) async throws -> StepOutcome {
        let blobs = BlobStore(directory: directory.path + "/blobs")
        let client = HTTPClient(userAgent: "Signalbox/test")
        let secrets = SecretSource(store: store)
        let executor = StepExecutor(
            directory: directory.path + "/tasks", blobs: blobs,
            models: try ProviderRegistry(client: client, secrets: secrets), client: client,
            sandbox: await Sandbox.prepare(.none), servers: .none(client), secrets: secrets)
        var work = StepWork(
            task: TaskNumber(rawValue: 7), taskID: try #require(TaskID(rawValue: "01jd000000000000000000000a")),
            step: StepPath(rawValue: "only"), run: RunNumber(rawValue: 1), call: call,
            timeout: Timeout(milliseconds: 50_000, origin: "the step's timeout"), files: [],
            plan: PlanSource(path: "plan.yaml", text: ""), idempotencyKey: "k")
        work.secrets = marks
        return try #require(try await executor.execute(work, journal: NoAgents()))
    }

    private func shell(_ script: String, _ arguments: String..., stdin: JSON? = nil) async throws -> StepOutcome {
        try await run(
            .command(
                StepWork.Command(
                    arguments: ["sh", "-c", script, "sh"] + arguments, stdin: stdin,
                    environment: [("TOKEN", "Bearer \(mark)")], planFiles: [], outputFiles: [])))
    }

    @Test func `a command has them, and its output and stderr do not tell them`() async throws {
        let outcome = try await shell(
            #"[ "$TOKEN" = 'Bearer hunter2-"hunter2"' ] && echo "same $1"; echo "said $TOKEN" >&2; cat"#, mark,
            stdin: ["token": .string(mark)])
        #expect(outcome.text == "same [secret TOKEN]\n{\"token\":\"[secret TOKEN]\"}")
        #expect(outcome.trace?["stderr"] == "said Bearer [secret TOKEN]\n")
    }

    @Test func `a failure does not tell them`() async throws {
        let outcome = try await shell(#"echo "cannot log in with $TOKEN" >&2; exit 3"#)
        #expect(outcome.failure?.message == "sh ended with exit code 3: cannot log in with Bearer [secret TOKEN]")
        #expect("\(outcome)".contains("hunter2") == false)
        let missing = try await run(
            .command(
                StepWork.Command(
                    arguments: ["/none/\(mark)"], stdin: nil, environment: [], planFiles: [], outputFiles: [])))
        #expect(missing.failure?.message.contains("/none/[secret TOKEN]") == true)
    }

    @Test func `a mark that a program writes stays what it is`() async throws {
        let outcome = try await shell("echo '[secret TOKEN] [secret TOKEN 0123456789abcdef01234567]'", mark)
        #expect(outcome.text == "[secret TOKEN] [secret TOKEN 0123456789abcdef01234567]")
    }

    @Test func `a secret that is not there fails the step`() async throws {
        try store.remove("TOKEN")
        let outcome = try await shell("echo started")
        #expect(outcome.failure?.cause == .missingData)
        #expect(outcome.failure?.message.contains("signalbox secrets set TOKEN") == true)
    }

    @Test func `a server has them, and its answer does not tell them`() async throws {
        let said = "you sent \(Self.value)"
        try await RecordedModelServer.serving([.json(JSON.object(["said": .string(said)]).text, status: 401)]) {
            server in
            let sent = try await run(
                .http(
                    StepWork.Request(
                        method: "POST", url: server.baseURL + "/x", headers: [("X-Token", mark)],
                        body: ["k": .string(mark)])))
            #expect(server.requests.last?.headers["x-token"] == Self.value)
            #expect(try JSON(parsing: server.requests.last?.body ?? []) == ["k": .string(Self.value)])
            #expect(sent.trace?["body"] == ["said": "you sent [secret TOKEN]"])
            #expect("\(sent)".contains("hunter2") == false)
        }
    }

    @Test func `an address that is wrong is not told`() async throws {
        let outcome = try await run(
            .http(StepWork.Request(method: "GET", url: "http://\(mark)@127.0.0.1/", headers: [], body: nil)))
        #expect(outcome.failure != nil)
        #expect("\(outcome)".contains("hunter2") == false)
    }
}
