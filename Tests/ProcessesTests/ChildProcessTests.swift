import Core
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Processes

/// Runs real programs; each test waits for conditions, never for time.
@Suite(.timeLimit(.minutes(1)))
struct ChildProcessTests {
    let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        Signals.ignoreBrokenPipe()
    }

    private func shell(_ script: String) -> ProcessSpec {
        ProcessSpec(arguments: ["sh", "-c", script], directory: directory.path)
    }

    @Test func tellsExitCodeAndBothStreams() async throws {
        let outcome = try await ChildProcess.run(shell("echo out; echo err >&2; exit 3"))
        #expect(outcome.ending == .exited(code: 3))
        #expect(outcome.reason == .ended)
        #expect(outcome.stdout == Array("out\n".utf8))
        #expect(outcome.stderr == Array("err\n".utf8))
        #expect(!outcome.isSuccess)
        #expect(outcome.duration > .zero)
    }

    @Test func tellsTheSignalThatEndedIt() async throws {
        let outcome = try await ChildProcess.run(shell("kill -SEGV $$"))
        #expect(outcome.ending == .signalled(SIGSEGV))
        #expect(outcome.reason == .ended)
    }

    @Test func environmentIsExactlyTheAllowedOne() async throws {
        var spec = ProcessSpec(arguments: ["/usr/bin/env"], directory: directory.path)
        spec.environment = [("REGION", "eu"), ("LANG", "C")]
        let outcome = try await ChildProcess.run(spec)
        let lines = String(decoding: outcome.stdout, as: UTF8.self).split(separator: "\n").sorted()
        #expect(
            lines == [
                "HOME=\(directory.path)", "LANG=C", "PATH=/usr/local/bin:/usr/bin:/bin", "REGION=eu",
                "TMPDIR=\(directory.path)/.tmp",
            ])
    }

    @Test func startsInItsDirectoryAndHasATemporaryOne() async throws {
        let outcome = try await ChildProcess.run(shell("pwd; test -d \"$TMPDIR\" && mktemp"))
        let lines = String(decoding: outcome.stdout, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(lines.first == directory.path)
        #expect(lines.last?.hasPrefix(directory.path + "/.tmp/") == true)
    }

    @Test func inheritsNoDescriptorsAndLeadsASession() async throws {
        let outcome = try await ChildProcess.run(shell("ls /proc/$$/fd; cut -d' ' -f 1,5,6 /proc/$$/stat"))
        let lines = String(decoding: outcome.stdout, as: UTF8.self).split(separator: "\n")
        #expect(lines.dropLast() == ["0", "1", "2"])
        let numbers = Set(try #require(lines.last).split(separator: " "))
        #expect(numbers.count == 1, "process, group and session are one number: \(numbers)")
    }

    @Test func restoresTheDefaultOfIgnoredSignals() async throws {
        let outcome = try await ChildProcess.run(shell("grep -E 'SigIgn|SigBlk' /proc/self/status"))
        let lines = String(decoding: outcome.stdout, as: UTF8.self).split(separator: "\n")
        let masks = lines.compactMap { $0.split(separator: "\t").last }.compactMap { UInt64($0, radix: 16) }
        // Signals 32 and 33 are glibc's own; its posix_spawn ignores them by itself.
        #expect(masks.map { $0 & 0x7FFF_FFFF } == [0, 0])
    }

    @Test func fiveMegabytesThroughCat() async throws {
        let bytes = (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        var spec = ProcessSpec(arguments: ["cat"], directory: directory.path)
        spec.stdin = bytes
        let heard = Mutex<[UInt8]>([])
        let outcome = try await ChildProcess.run(spec) { stream, portion in
            if stream == .stdout { heard.withLock { $0 += portion } }
        }
        #expect(outcome.isSuccess)
        #expect(outcome.stdout == bytes)
        #expect(heard.withLock { $0 == bytes })
    }

    @Test func earlyExitWithMuchStdin() async throws {
        var spec = ProcessSpec(arguments: ["true"], directory: directory.path)
        spec.stdin = [UInt8](repeating: 65, count: 4_000_000)
        let outcome = try await ChildProcess.run(spec)
        #expect(outcome.isSuccess)
    }

    @Test func fiftyInParallel() async throws {
        let path = directory.path
        let texts = try await withThrowingTaskGroup(of: (Int, String).self) { group in
            for number in 0..<50 {
                group.addTask {
                    var spec = ProcessSpec(arguments: ["cat"], directory: path)
                    spec.stdin = Array("number \(number)".utf8)
                    return (number, String(decoding: try await ChildProcess.run(spec).stdout, as: UTF8.self))
                }
            }
            return try await group.reduce(into: [Int: String]()) { $0[$1.0] = $1.1 }
        }
        #expect(texts == Dictionary(uniqueKeysWithValues: (0..<50).map { ($0, "number \($0)") }))
        #expect(!texts.isEmpty)
    }
}
