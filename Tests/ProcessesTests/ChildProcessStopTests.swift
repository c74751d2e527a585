import Core
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Processes

/// How processes are stopped, and that nothing of them stays.
@Suite(.timeLimit(.minutes(1)))
struct ChildProcessStopTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    private func shell(_ script: String) -> ProcessSpec {
        ProcessSpec(arguments: ["sh", "-c", script], directory: directory.path)
    }

    /// Waits until the process is gone (or a zombie that its parent has yet to collect). The suite's time limit bounds it.
    private func waitUntilGone(_ processID: pid_t) async throws {
        while kill(processID, 0) == 0 {
            let status = try await ChildProcess.run(shell("cat /proc/\(processID)/stat")).stdout
            if status.isEmpty || String(decoding: status, as: UTF8.self).contains(") Z ") { return }
            await Task.yield()
        }
    }

    private func processIDs(in output: [UInt8]) -> [pid_t] {
        String(decoding: output, as: UTF8.self).split(whereSeparator: \.isWhitespace).compactMap { pid_t($0) }
    }

    @Test func timeLimitKillsGrandchildren() async throws {
        var spec = shell("sleep 3000 & echo $!; sh -c 'sleep 3000 & echo $!; wait' & wait")
        spec.timeLimit = .milliseconds(300)
        let outcome = try await ChildProcess.run(spec)
        #expect(outcome.reason == .timeLimit)
        #expect(outcome.ending == .signalled(SIGKILL))
        #expect(outcome.duration >= .milliseconds(300))
        let grandchildren = processIDs(in: outcome.stdout)
        #expect(grandchildren.count == 2)
        for processID in grandchildren { try await waitUntilGone(processID) }
    }

    @Test(arguments: ProcessStream.allCases)
    func outputLimit(of stream: ProcessStream) async throws {
        var spec = shell(stream == .stdout ? "yes" : "yes >&2")
        spec.stdoutBytesMaximum = 100_001
        spec.stderrBytesMaximum = 100_001
        let outcome = try await ChildProcess.run(spec)
        #expect(outcome.reason == .outputLimit(stream))
        #expect((stream == .stdout ? outcome.stdout : outcome.stderr).count == 100_001)
        #expect((stream == .stdout ? outcome.stderr : outcome.stdout).isEmpty)
    }

    @Test func outputOfExactlyTheLimitIsAllowed() async throws {
        var spec = shell("head -c 70000 /dev/zero")
        spec.stdoutBytesMaximum = 70_000
        let outcome = try await ChildProcess.run(spec)
        #expect(outcome.isSuccess)
        #expect(outcome.stdout.count == 70_000)
    }

    @Test func aGrandchildThatHoldsThePipeDelaysNothing() async throws {
        let outcome = try await ChildProcess.run(shell("sleep 3000 & echo $!; exit 4"))
        #expect(outcome.ending == .exited(code: 4))
        #expect(outcome.reason == .ended)
        let grandchild = try #require(processIDs(in: outcome.stdout).first)
        try await waitUntilGone(grandchild)
    }

    @Test func aGrandchildThatClosedThePipesIsKilledToo() async throws {
        let outcome = try await ChildProcess.run(shell("sleep 3000 >/dev/null 2>&1 & echo $!"))
        #expect(outcome.isSuccess)
        let grandchild = try #require(processIDs(in: outcome.stdout).first)
        try await waitUntilGone(grandchild)
    }

    @Test func outputIsWholeThoughTheListenerIsSlow() async throws {
        let spec = shell("head -c 60000 /dev/zero; head -c 60000 /dev/zero >&2")
        let outcome = try await ChildProcess.run(spec) { _, _ in
            // Longer than what is waited after the end of the program.
            var time = timespec(tv_sec: 0, tv_nsec: 80_000_000)
            _ = unsafe nanosleep(&time, nil)
        }
        #expect(outcome.stdout.count == 60_000)
        #expect(outcome.stderr.count == 60_000)
    }

    /// Runs the script and calls the action once it has written something.
    private func run(
        _ spec: ProcessSpec, control: ProcessControl, onceItWrites action: @escaping @Sendable () -> Void
    ) async throws -> ProcessOutcome {
        let isFirst = Mutex(true)
        return try await ChildProcess.run(spec, control: control) { _, _ in
            let wasFirst = isFirst.withLock { value in
                defer { value = false }
                return value
            }
            if wasFirst { action() }
        }
    }

    @Test func stopLetsItCleanUp() async throws {
        let control = ProcessControl()
        let script = "trap 'echo bye; exit 7' TERM; echo ready; while :; do sleep 3000 & wait; done"
        let outcome = try await run(shell(script), control: control) { control.stop() }
        #expect(outcome.reason == .cancelled)
        #expect(outcome.ending == .exited(code: 7))
        #expect(String(decoding: outcome.stdout, as: UTF8.self) == "ready\nbye\n")
    }

    @Test func whatDoesNotStopIsKilledAfterTheGraceTime() async throws {
        let control = ProcessControl()
        var spec = shell("trap '' TERM; echo ready; while :; do sleep 3000; done")
        spec.stopGrace = .milliseconds(200)
        let outcome = try await run(spec, control: control) { control.stop() }
        #expect(outcome.reason == .cancelled)
        #expect(outcome.ending == .signalled(SIGKILL))
        #expect(outcome.duration >= .milliseconds(200))
    }

    @Test func killAsksNobody() async throws {
        let control = ProcessControl()
        let script = "trap '' TERM; echo ready; while :; do sleep 3000; done"
        let outcome = try await run(shell(script), control: control) {
            control.stop()
            control.kill()
        }
        #expect(outcome.reason == .killed)
        #expect(outcome.ending == .signalled(SIGKILL))
    }

    @Test func cancellingTheTaskStopsTheProcess() async throws {
        let path = directory.path
        let (started, continuation) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            let spec = ProcessSpec(arguments: ["sh", "-c", "echo ready; sleep 3000"], directory: path)
            return try await ChildProcess.run(spec) { _, _ in continuation.yield() }
        }
        for await _ in started { break }
        task.cancel()
        let outcome = try await task.value
        #expect(outcome.reason == .cancelled)
        #expect(outcome.ending == .signalled(SIGTERM))
        #expect(outcome.stdout == Array("ready\n".utf8))
    }

    @Test func aRunCancelledBeforehandStartsNothing() async throws {
        let control = ProcessControl()
        control.stop()
        let spec = shell("touch started")
        await #expect(throws: CancellationError.self) { try await ChildProcess.run(spec, control: control) }
        #expect(unsafe access(directory.path + "/started", F_OK) != 0)
    }
}
