import Core
import Glibc
import TestSupport
import Testing

@testable import Client
@testable import Commands

/// Whole commands in this process: what they write and how they end.
@Suite(.timeLimit(.minutes(1)))
final class CommandTests {
    private let directory: TemporaryDirectory
    private let streams = Streams()

    init() throws {
        directory = try TemporaryDirectory()
    }

    deinit {
        // The engine has made files that the directory does not know of.
        CommandTests.remove(directory.path + "/data")
    }

    private func signalbox(_ arguments: String..., interrupts: Interrupts = Interrupts()) async -> (
        code: ExitCode, output: String, errors: String
    ) {
        let streams = Streams()
        let environment = ["SIGNALBOX_DATA": directory.path + "/data"]
        let code = await SignalboxCommand.run(
            arguments, streams.context(environment: environment, interrupts: interrupts))
        return (code, streams.output, streams.errors)
    }

    private func plan(_ text: String) throws -> String {
        try directory.write("plan.yaml", text)
        return directory.path + "/plan.yaml"
    }

    @Test func `a plan runs without a server, and can be looked at afterwards`() async throws {
        let path = try plan(
            """
            name: greet
            inputs: { who: { type: string, default: you } }
            steps: { greet: { set: { text: "Hello, ${{ inputs.who }}!" } } }
            outputs: { text: "${{ steps.greet.output.text }}" }
            """)
        let run = await signalbox("run", path, "--input", "who=Zoë", "--tag", "t", "--name", "mine")
        #expect(run.code == .completed)
        #expect(run.output == "Hello, Zoë!\n")
        #expect(run.errors.contains("greet: completed") && run.errors.contains("Task #1 completed in"))

        let json = await signalbox("run", directory.path, "--json")
        #expect(json.code == .completed)
        let document = try JSON(parsing: json.output)
        #expect(document["outputs"] == ["text": "Hello, you!"] && document["number"] == 2)

        let list = await signalbox("tasks", "list")
        #expect(list.output.split(separator: "\n").count == 3)
        #expect(list.output.contains("mine"))
        let show = await signalbox("tasks", "show", "#1")
        #expect(show.code == .completed && show.output.contains("✓ greet") && show.output.contains("Hello, Zoë!"))
        let watch = await signalbox("tasks", "watch", "1", "--json")
        #expect(watch.code == .completed)
        let events = try watch.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
        #expect(events.first?["type"] == "task_created" && events.last?["type"] == "task_completed")
        #expect(await signalbox("tasks", "cancel", "1").code == .badUse)
        #expect(await signalbox("tasks", "show", "3").code == .badUse)
    }

    @Test func `the steps of a loop are shown page by page`() async throws {
        let path = try plan(
            """
            name: many
            steps:
              each:
                for_each: \(Array(0..<120))
                on_item_error: continue
                steps: { divide: { set: { n: "${{ 1 / (item % 5) }}" } } }
            """)
        #expect(await signalbox("run", path, "--detach").code == .badUse)
        #expect(await signalbox("run", path).code == .completed)
        let root = await signalbox("tasks", "steps", "1")
        #expect(root.code == .completed)
        #expect(root.output.split(separator: "\n").map { $0.prefix(14) } == ["Step  Kind    ", "each  for_each"])
        let page = await signalbox("tasks", "steps", "1", "--in", "each", "--after", "each/58", "--size", "2")
        let lines = page.output.split(separator: "\n")
        #expect(lines.dropFirst().prefix(2).map { $0.prefix(7) } == ["each/59", "each/60"])
        #expect(lines.count == 4 && lines[2].contains("failed") && lines[2].contains("zero"))
        let command = "signalbox tasks steps 1 --in each --after each/60 --size 2"
        #expect(lines.last == "2 of 120. The next: \(command)")
        let failed = await signalbox("tasks", "steps", "1", "--in", "each", "--status", "failed", "--json")
        let document = try JSON(parsing: failed.output)
        #expect(document["total"] == 24 && document["steps"]?[1]?["path"] == "each/5")
        let last = await signalbox("tasks", "steps", "1", "--in", "each", "--after", "each/119")
        #expect(last.output == "Nothing stands behind each/119.\n")
        #expect(await signalbox("tasks", "steps", "1", "--status", "done").code == .badUse)
        let none = await signalbox("tasks", "steps", "1", "--in", "eech")
        #expect(none.code == .badUse && none.errors.contains("did you mean \"each\"?"))
    }

    @Test func `a task that fails ends with 1`() async throws {
        let path = try plan(
            """
            name: fails
            steps: { divide: { set: { a: "${{ 1 / inputs.zero }}" } } }
            inputs: { zero: 0 }
            """)
        let run = await signalbox("run", path)
        #expect(run.code == .failed)
        #expect(run.output == "")
        #expect(run.errors.contains("divide: failed"))
    }

    @Test func `a plan with mistakes stores nothing and ends with 2`() async throws {
        let path = try plan(
            """
            name: wrong
            stpes: {}
            steps:
              one: { set: { a: "${{ inputs.a }}" } }
              two: { command: 3 }
              three: { needs: [four], set: { b: 1 } }
            """)
        let run = await signalbox("run", path)
        #expect(run.code == .badUse)
        #expect(run.output == "")
        for start in ["\(path):2:1: error: ", "\(path):4:", "\(path):5:", "\(path):6:"] {
            #expect(run.errors.contains(start))
        }
        #expect(run.errors.contains("hint: did you mean \"steps\"?"))
        #expect(!FileSystem.exists(directory.path + "/data"))
        let validate = await signalbox("plans", "validate", path, "--json")
        #expect(validate.code == .badUse)
        #expect(try JSON(parsing: validate.output)["plans"]?[0]?["errors"]?.arrayValue?.count ?? 0 >= 4)
    }

    @Test(arguments: [
        ["run", "PLAN", "--input", "who"], ["run", "PLAN", "--input", "whom=x"], ["run", "PLAN", "--input", "n=x"],
        ["run", "PLAN", "--input", "n=1", "--input", "n=2"], ["run", "PLAN", "--file", "/nonexistent"],
        ["run", "PLAN", "--file", "/dev/null"], ["run", "PLAN", "--detach"], ["run", "./missing.yaml"],
        ["run", "PLAN", "--config", "/nonexistent"], ["plans", "validate", "/nonexistent"], ["serve", "--port", "x"],
        ["serve", "--demo", "/nonexistent"], ["nonsense"], ["tasks", "show"],
        ["tasks", "show", ""], ["tasks", "list"], ["tasks", "show", "1"], ["tasks", "watch", "1"],
        ["tasks", "cancel", "1"], ["plans", "list"],
    ])
    func `bad use ends with 2 and leaves no trace`(_ arguments: [String]) async throws {
        let path = try plan("{ name: p, inputs: { n: 1 }, steps: { a: { set: { b: 1 } } } }")
        let context = streams.context(environment: ["SIGNALBOX_DATA": directory.path + "/data"])
        let code = await SignalboxCommand.run(arguments.map { $0 == "PLAN" ? path : $0 }, context)
        #expect(code == .badUse)
        #expect(streams.output == "")
        #expect(streams.errors.contains("error: "))
        #expect(!FileSystem.exists(directory.path + "/data"))
    }

    @Test func `all mistakes of inputs are told at once`() async throws {
        let path = try plan("{ name: p, inputs: { n: { type: integer } }, steps: { a: { set: { b: 1 } } } }")
        let run = await signalbox("run", path, "--input", "zz=1", "--input", "n=999999999999999999999999")
        #expect(run.code == .badUse)
        #expect(run.errors.contains("has no input \"zz\""))
        #expect(run.errors.contains("\"n\" must be"))
        #expect(run.errors.contains("2 mistakes"))
        let one = await signalbox("run", path, "--input", "n=x")
        #expect(one.errors.split(separator: "\n").count { $0.contains("error: ") } == 1)
    }

    @Test func `an output that cannot be written fails`() async throws {
        let full = unsafe open("/dev/full", O_WRONLY | O_CLOEXEC)
        try #require(full >= 0)
        defer { close(full) }
        var context = streams.context()
        context.output = Output(descriptor: full, name: "stdout")
        #expect(await SignalboxCommand.run(["version"], context) == .failed)
        #expect(streams.errors.contains("error: Not everything could be written to stdout: No space left on device."))
    }

    @Test func `a reader that has gone is no failure`() async throws {
        var ends: [Int32] = [0, 0]
        try #require(unsafe pipe(&ends) == 0)
        close(ends[0])
        defer { close(ends[1]) }
        _ = signal(SIGPIPE, SIG_IGN)
        var context = streams.context()
        context.output = Output(descriptor: ends[1], name: "stdout")
        #expect(await SignalboxCommand.run(["version"], context) == .completed)
        #expect(streams.errors == "")
    }

    @Test func `an interrupted run leaves its task for the next start`() async throws {
        let path = try plan(
            """
            name: slow
            steps: { sleep: { command: [sleep, "60"], repeatable: true } }
            """)
        let interrupts = Interrupts()
        interrupts.receive(SIGINT)
        let run = await signalbox("run", path, interrupts: interrupts)
        #expect(run.code == .interrupted)
        #expect(run.errors.contains("Stopping; a running program gets up to 13 s. Ctrl-C again ends at once.\n"))
        #expect(run.errors.contains("Left task #1 unfinished"))
        let cancel = await signalbox("tasks", "cancel", "1")
        #expect(cancel.code == .completed)
        let watch = await signalbox("tasks", "watch", "1")
        #expect(watch.code == .cancelled)
    }

    private static func remove(_ path: String) {
        if FileSystem.kind(path) == .directory {
            do {
                for name in try FileSystem.names(in: path) { remove(path + "/" + name) }
            } catch {
                Issue.record(error)
            }
        }
        _ = unsafe Glibc.remove(path)
    }
}
