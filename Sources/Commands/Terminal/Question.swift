internal import Core
internal import Glibc

/// Reads the answer to a question from the terminal.
enum Question: Sendable {
    /// Whether somebody can answer.
    static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 }

    /// The next line of stdin, without its line break; nil at its end.
    /// - Throws: `CancellationError`.
    static func answer() async throws -> String? {
        try await TerminalInput.read { waiting in
            var line: [UInt8] = []
            while let byte = waiting.byte() {
                if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
                line.append(byte)
            }
            return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
        }
    }
}
