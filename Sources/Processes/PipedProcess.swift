internal import Core

/// A program that runs on and is talked to through its pipes, as a child process in a session and group of its own. It
/// ends when this object does, when it is asked to, or by itself; then everything of it is gone.
public final class PipedProcess: Sendable {
    private let mailbox: PipeMailbox

    private init(_ mailbox: PipeMailbox) {
        self.mailbox = mailbox
    }

    deinit { mailbox.demand(.kill) }

    /// Starts a program; what `spec` says of its stdin, time and output does not count here.
    /// - Parameters:
    ///   - inputBytesMaximum: what may wait for a program that does not read.
    ///   - onOutput: Called with each portion as it arrives, cut anywhere, in order, on a thread that belongs to this
    ///     process: while it blocks, the program is held back.
    ///   - onEnd: Called once, after the last output, on the same thread.
    /// - Throws: `SignalboxError` when the program cannot be started.
    public static func start(
        _ spec: ProcessSpec, inputBytesMaximum: Int,
        onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void,
        onEnd: @escaping @Sendable (ProcessOutcome.Ending) -> Void
    ) async throws -> PipedProcess {
        let mailbox = PipeMailbox(bytesMaximum: inputBytesMaximum)
        return try await withCheckedThrowingContinuation { continuation in
            do {
                try startThread(name: "piped") {
                    do {
                        let monitor = try PipeMonitor.start(spec, mailbox, onOutput: onOutput)
                        continuation.resume(returning: PipedProcess(mailbox))
                        onEnd(monitor.run())
                    } catch {
                        continuation.resume(throwing: error)
                    }
                }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }

    /// Hands over what it is to read from stdin. Of a program that has ended nobody reads it; `onEnd` tells that.
    /// - Throws: `SignalboxError` with code `limit_exceeded` when too much waits already.
    public func write(_ bytes: [UInt8]) throws { try mailbox.post(bytes) }

    /// Ends the program in three steps, each a grace time after the one before: the end of its stdin, SIGTERM, SIGKILL.
    public func end(grace: Duration) { mailbox.demand(.end(grace: grace)) }

    /// Kills the program with its group.
    public func kill() { mailbox.demand(.kill) }
}
