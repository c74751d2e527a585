internal import Core
internal import Glibc
internal import Synchronization

/// Reads the answer to a question from the terminal.
enum Question: Sendable {
    /// Whether somebody can answer.
    static var canBeAsked: Bool { isatty(STDIN_FILENO) == 1 }

    /// The next line of stdin, without its line break; nil at its end.
    /// - Throws: `CancellationError`.
    static func answer() async throws -> String? {
        let cancellation = Cancellation()
        return try await withTaskCancellationHandler {
            let line = try await onOwnThread("question") { readLine(cancellation) }
            try Task.checkCancellation()
            return line
        } onCancel: {
            cancellation.cancel()
        }
    }

    /// Blocks; looks from time to time whether it is still wanted.
    private static func readLine(_ cancellation: Cancellation) -> String? {
        var line: [UInt8] = []
        while !cancellation.isCancelled {
            var wait = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
            guard unsafe poll(&wait, 1, 50) > 0 else { continue }
            var byte: UInt8 = 0
            let count = unsafe read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            guard count == 1 else { return line.isEmpty ? nil : String(decoding: line, as: UTF8.self) }
            if byte == UInt8(ascii: "\n") { return String(decoding: line, as: UTF8.self) }
            line.append(byte)
        }
        return nil
    }

    private final class Cancellation: Sendable {
        private let flag = Atomic(false)

        var isCancelled: Bool { flag.load(ordering: .acquiring) }

        func cancel() { flag.store(true, ordering: .releasing) }
    }
}
