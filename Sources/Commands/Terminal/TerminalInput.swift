internal import Core
internal import Glibc
internal import Synchronization

/// Bytes that somebody types.
enum TerminalInput: Sendable {
    /// Whether they are still waited for.
    final class Waiting: Sendable {
        private let isOver = Atomic(false)

        fileprivate func end() { isOver.store(true, ordering: .releasing) }

        /// The next byte of stdin; nil at its end, when nothing came in time, or when nobody waits any more. Blocks; looks
        /// from time to time whether it is still wanted.
        func byte(withinMilliseconds: Int32? = nil) -> UInt8? {
            while !isOver.load(ordering: .acquiring) {
                var look = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
                if unsafe poll(&look, 1, withinMilliseconds ?? 50) <= 0 {
                    guard withinMilliseconds == nil else { return nil }
                    continue
                }
                var byte: UInt8 = 0
                let count = unsafe Glibc.read(STDIN_FILENO, &byte, 1)
                if count < 0, errno == EINTR { continue }
                return count == 1 ? byte : nil
            }
            return nil
        }
    }

    /// Reads on a thread of its own, until the task around it is cancelled.
    /// - Throws: `CancellationError`.
    static func read<Value: Sendable>(
        _ body: @escaping @Sendable (Waiting) -> Value
    ) async throws -> Value {
        let waiting = Waiting()
        return try await withTaskCancellationHandler {
            let value = try await onOwnThread("input") { body(waiting) }
            try Task.checkCancellation()
            return value
        } onCancel: {
            waiting.end()
        }
    }
}
