import Core
import Glibc
import Processes
import TestSupport
import Testing

@testable import Engine
@testable import Executors

/// What holds for commands with and without bubblewrap.
@Suite(.timeLimit(.minutes(1)))
struct CommandExecutorTests {
    /// The kinds of confinement that work here: the one without bubblewrap always does.
    static func modes() async -> [SandboxMode] {
        await Confinement.hasBubblewrap() ? [.none, .bubblewrap] : [.none]
    }

    /// The suite's time limit bounds it.
    private func waitUntilGone(_ mark: String) async throws {
        while try FileSystem.names(in: "/proc").compactMap({ pid_t($0) }).contains(where: { isRunning($0, mark) }) {
            await Task.yield()
        }
    }

    /// Whether a process runs with this argument.
    private func isRunning(_ process: pid_t, _ mark: String) -> Bool {
        do {
            let line = try FileSystem.readToEnd("/proc/\(process)/cmdline")
            return line.split(separator: 0).contains { $0.elementsEqual(mark.utf8) }
        } catch {
            // It has ended in the meantime.
            return false
        }
    }

    /// A number of seconds that no other program sleeps.
    private let seconds = String(UInt32.random(in: 1_000_000...9_999_999))

    @Test func saysWhatConfinedIt() async throws {
        let open = try await Workbench.make(.none).shell("echo x")
        #expect(open.trace?["sandbox"]?.stringValue == "process group")
        #expect(open.trace?["sandbox_note"]?.stringValue?.contains("because the settings say sandbox: none.") == true)
        for mode in await Self.modes() {
            let sentence = await Sandbox.describe(mode)
            #expect(sentence.contains(mode == .none ? "process group" : "bubblewrap"))
        }
    }

    @Test("A gigabyte of output stops at the limit, and not in memory", arguments: await modes())
    func endlessOutput(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let before = try peakMemory()
        let outcome = try await bench.run(["head", "-c", "1073741824", "/dev/zero"])
        #expect(outcome.failure?.cause == .validation)
        #expect(outcome.failure?.message == "The command wrote more than 8 MiB to stdout.")
        #expect(try peakMemory() - before < 64 << 10, "in KiB")
        #expect(outcome.trace?["stdout"]?.stringValue?.utf8.count == Limits.commandExcerptBytesMaximum)
    }

    private func peakMemory() throws -> Int {
        let status = String(decoding: try FileSystem.readToEnd("/proc/self/status"), as: UTF8.self)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
        return try #require(line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) })
    }

    @Test("A file of more than a gigabyte cannot be written", arguments: await modes())
    func largeFile(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let script = "truncate -s 1073741824 file && truncate -s 1073741825 file"
        let outcome = try await bench.shell(script)
        #expect(outcome.failure != nil)
        #expect(FileSystem.size(bench.taskDirectory + "/file") == 1 << 30)
    }

    @Test(arguments: await modes())
    func limits(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let outcome = try await bench.shell("ulimit -c; ulimit -H -n; ulimit -f")
        // The shell counts blocks of 512 bytes.
        #expect(outcome.text == "0\n1024\n2097152")
    }

    @Test("A grandchild in a session of its own ends with the run", arguments: await modes())
    func daemons(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let outcome = try await bench.shell("setsid sleep \(seconds) >/dev/null 2>&1 & setsid true; echo done")
        #expect(outcome.text == "done")
        try await waitUntilGone(seconds)
    }

    @Test("Another step of the task in the same directory is left alone")
    func marksAreTheRunsOwn() async throws {
        let bench = try await Workbench.make(.none)
        async let slow = bench.run(
            ["sh", "-c", "touch begun; until [ -e gate ]; do sleep 0.01; done; echo whole"], step: "slow")
        while !FileSystem.exists(bench.taskDirectory + "/begun") { await Task.yield() }
        #expect(try await bench.run(["true"], step: "quick").result != nil)
        try bench.directory.write("tasks/7/gate", "")
        #expect(try await slow.text == "whole")
    }

    @Test("A stop lets the program clean up", arguments: await modes(), [true, false])
    func stop(mode: SandboxMode, byTask: Bool) async throws {
        let bench = try await Workbench.make(mode)
        let control = RunControl()
        let script = "trap 'echo bye > bye; exit 7' TERM; touch ready; while :; do sleep 1000 & wait; done"
        let run = Task { try await bench.run(["sh", "-c", script], control: control) }
        while !FileSystem.exists(bench.taskDirectory + "/ready") { await Task.yield() }
        if byTask { run.cancel() } else { control.stop() }
        let outcome = try await run.value
        guard case .stopped(let trace) = outcome else {
            Issue.record("It ended with \(outcome).")
            return
        }
        #expect(trace?["exit_code"]?.intValue == 7)
        #expect(FileSystem.exists(bench.taskDirectory + "/bye"))
    }

    @Test("What does not stop in time is killed with all it has started", arguments: await modes())
    func graceTime(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let control = RunControl()
        let script = "trap '' TERM; setsid sleep \(seconds) & touch ready; while :; do sleep 1000; done"
        let run = Task { try await bench.run(["sh", "-c", script], control: control) }
        while !FileSystem.exists(bench.taskDirectory + "/ready") { await Task.yield() }
        control.stop(grace: .milliseconds(50))
        guard case .stopped = try await run.value else {
            Issue.record("It was not stopped.")
            return
        }
        try await waitUntilGone(seconds)
    }

    @Test("A kill asks nobody", arguments: await modes())
    func kill(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let control = RunControl()
        let script =
            "trap 'echo bye > bye' TERM; setsid sleep \(seconds) & touch ready; while :; do sleep 1000 & wait; done"
        let run = Task { try await bench.run(["sh", "-c", script], control: control) }
        while !FileSystem.exists(bench.taskDirectory + "/ready") { await Task.yield() }
        control.kill()
        guard case .stopped(let trace) = try await run.value else {
            Issue.record("It was not stopped.")
            return
        }
        #expect(trace?["signal"]?.intValue == Int64(SIGKILL))
        #expect(!FileSystem.exists(bench.taskDirectory + "/bye"))
        try await waitUntilGone(seconds)
    }

    @Test func aRunThatIsKilledBeforehandStartsNothing() async throws {
        let bench = try await Workbench.make(.none)
        let control = RunControl()
        control.kill()
        guard case .stopped = try await bench.run(["touch", "started"], control: control) else {
            Issue.record("It was not stopped.")
            return
        }
        #expect(!FileSystem.exists(bench.taskDirectory + "/started"))
    }

    @Test("The time limit takes everything along", arguments: await modes())
    func timeLimit(mode: SandboxMode) async throws {
        let bench = try await Workbench.make(mode)
        let outcome = try await bench.run(
            ["sh", "-c", "setsid sleep \(seconds) & sleep 1000"], timeoutMilliseconds: 300)
        #expect(outcome.failure?.cause == .timeout)
        try await waitUntilGone(seconds)
    }
}
