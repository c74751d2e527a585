import Synchronization

@testable import Commands

/// Keeps what a command writes.
final class Streams: Sendable {
    private let written = Mutex((output: "", errors: ""))

    var output: String { written.withLock { $0.output } }
    var errors: String { written.withLock { $0.errors } }

    func context(
        isTerminal: Bool = false, environment: [String: String] = [:], interrupts: Interrupts = Interrupts()
    ) -> CommandContext {
        CommandContext(
            output: Output(isTerminal: isTerminal) { bytes in
                self.written.withLock { $0.output += String(decoding: bytes, as: UTF8.self) }
            },
            errors: Output(isTerminal: isTerminal) { bytes in
                self.written.withLock { $0.errors += String(decoding: bytes, as: UTF8.self) }
            }, environment: environment, interrupts: interrupts)
    }
}
