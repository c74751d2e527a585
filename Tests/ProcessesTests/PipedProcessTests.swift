import Core
import Glibc
import TestSupport
import Testing

@testable import Processes

/// Runs real programs; each test waits for conditions, never for time.
@Suite(.timeLimit(.minutes(1)))
struct PipedProcessTests {
    private let directory: TemporaryDirectory
    private let output = AsyncStream.makeStream(of: [UInt8].self, bufferingPolicy: .unbounded)
    private let ending = AsyncStream.makeStream(of: ProcessOutcome.Ending.self, bufferingPolicy: .unbounded)

    init() throws {
        directory = try TemporaryDirectory()
        Signals.ignoreBrokenPipe()
    }

    private func start(_ script: String, inputBytesMaximum: Int = 1 << 20) async throws -> PipedProcess {
        try await PipedProcess.start(
            ProcessSpec(arguments: ["sh", "-c", script], directory: directory.path),
            inputBytesMaximum: inputBytesMaximum,
            onOutput: { [output] in if $0 == .stdout { output.continuation.yield($1) } },
            onEnd: { [output, ending] in
                output.continuation.finish()
                ending.continuation.yield($0)
            })
    }

    private func end() async -> ProcessOutcome.Ending? { await ending.stream.first { _ in true } }

    @Test func talksBothWays() async throws {
        let process = try await start("while read -r line; do echo \"got $line\"; done; echo over; exit 4")
        try process.write(Array("one\n".utf8))
        try process.write(Array("two\n".utf8))
        var text = ""
        for await portion in output.stream {
            text += String(decoding: portion, as: UTF8.self)
            if text == "got one\ngot two\n" { process.end(grace: .seconds(30)) }
        }
        #expect(text == "got one\ngot two\nover\n")
        #expect(await end() == .exited(code: 4))
    }

    @Test func longInputArrivesWhole() async throws {
        let process = try await start("head -c 3000000 | cksum; exec cat", inputBytesMaximum: 4 << 20)
        let bytes = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try process.write(bytes)
        var text = ""
        for await portion in output.stream {
            text += String(decoding: portion, as: UTF8.self)
            if text.hasSuffix("\n") { break }
        }
        #expect(text.hasSuffix(" 3000000\n"))
        process.kill()
        #expect(await end() == .signalled(SIGKILL))
    }

    @Test func tooMuchInputIsRefused() async throws {
        let process = try await start("exec sleep 3000", inputBytesMaximum: 1 << 20)
        let portion = [UInt8](repeating: 0x61, count: 512 << 10)
        let error = #expect(throws: SignalboxError.self) { while true { try process.write(portion) } }
        #expect(error?.code == .limit)
    }

    @Test(
        "It is asked in three steps",
        arguments: [
            ("exec cat", ProcessOutcome.Ending.exited(code: 0)), ("exec sleep 3000", .signalled(SIGTERM)),
            ("trap '' TERM; echo ready; while :; do sleep 3000; done", .signalled(SIGKILL)),
        ])
    func ends(script: String, expected: ProcessOutcome.Ending) async throws {
        let process = try await start(script)
        if script.contains("ready") { _ = await output.stream.first { _ in true } }
        process.end(grace: .milliseconds(script.contains("cat") ? 30_000 : 50))
        #expect(await end() == expected)
    }

    @Test func lettingGoOfItEndsIt() async throws {
        var process: PipedProcess? = try await start("exec cat")
        #expect(process != nil)
        process = nil
        #expect(await end() == .signalled(SIGKILL))
    }

    @Test func oneThatClosesItsOutputIsEnded() async throws {
        let process = try await start("exec >&-; exec cat >/dev/null")
        #expect(await end() == .exited(code: 0))
        process.kill()
    }

    @Test func theHomeCanLieElsewhere() async throws {
        try directory.makeDirectory("home")
        var spec = ProcessSpec(arguments: ["sh", "-c", "pwd; echo $HOME $TMPDIR"], directory: directory.path)
        spec.home = directory.path + "/home"
        let outcome = try await ChildProcess.run(spec)
        let home = directory.path + "/home"
        #expect(String(decoding: outcome.stdout, as: UTF8.self) == "\(directory.path)\n\(home) \(home)/.tmp\n")
    }
}
