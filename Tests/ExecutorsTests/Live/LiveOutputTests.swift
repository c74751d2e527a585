import Core
import Processes
import Secrets
import Synchronization
import Testing

@testable import Executors

/// What programs write is heard as text, wherever it was cut, and without secrets.
@Suite(.timeLimit(.minutes(1)))
struct LiveOutputTests {
    /// Keeps what it hears.
    private final class Listener: LiveListener {
        private let texts = Mutex<[LiveStretch.Kind: String]>([:])

        func hear(_ stretch: LiveStretch, from source: LiveSource) {
            texts.withLock { $0[stretch.kind, default: ""] += stretch.text }
        }

        func end(_ source: LiveSource) {}

        func text(_ kind: LiveStretch.Kind) -> String { texts.withLock { $0[kind] ?? "" } }
    }

    private static let source = LiveSource(
        task: TaskNumber(rawValue: 1), step: StepPath(rawValue: "a"), run: RunNumber(rawValue: 1))

    @Test(arguments: [1, 2, 3, 5, 100]) func `bytes are text, wherever they are cut`(size: Int) {
        let listener = Listener()
        let output = LiveOutput(Self.source, listener: listener, redactor: Redactor(rules: .none))
        let bytes = Array("Grüße ✓ 漢字 👋\n".utf8)
        for start in stride(from: 0, to: bytes.count, by: size) {
            output.note(.stdout, Array(bytes[start..<min(start + size, bytes.count)]))
        }
        output.note(.stderr, [0x61, 0xFF, 0x62])
        #expect(listener.text(.stdout) == "Grüße ✓ 漢字 👋\n")
        #expect(listener.text(.stderr) == "a\u{FFFD}b")
    }

    @Test func `a secret that comes in two pieces is hidden, on each stream by itself`() {
        let listener = Listener()
        let redactor = Redactor(values: [("KEY", "hunter2hunter2")], rules: .none)
        let output = LiveOutput(Self.source, listener: listener, redactor: redactor)
        output.note(.stdout, Array("key: hunter2".utf8))
        output.note(.stderr, Array("hunter2 is its half".utf8))
        #expect(listener.text(.stdout) == "key: ")
        output.note(.stdout, Array("hunter2\n".utf8))
        #expect(listener.text(.stdout) == "key: [secret KEY]\n")
        #expect(listener.text(.stderr) == "hunter2 is its half")
        output.note(progress: "half of hunter2hunter2")
        #expect(listener.text(.progress) == "half of [secret KEY]\n")
    }
}
