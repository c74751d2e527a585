internal import Core

/// Programs as child processes, each in a session and group of its own that ends as a whole.
///
/// This alone is no sandbox: `ProcessSpec.bubblewrap` makes it one, and `ProcessSpec.marks` finds what left the group.
public enum ChildProcess: Sendable {
    /// Runs a program to its end.
    ///
    /// Cancelling the Swift task is the same as `control.stop()`: the outcome then tells `cancelled` and holds what was
    /// written so far.
    /// - Parameters:
    ///   - control: Stops this run from elsewhere.
    ///   - onOutput: Called with each portion as it arrives, cut anywhere, in order, on a thread that belongs to this
    ///     process: while it blocks, the program is held back.
    /// - Throws: `SignalboxError` when the program cannot be started; `CancellationError` when it was stopped before.
    public static func run(
        _ spec: ProcessSpec, control: ProcessControl = ProcessControl(),
        onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void = { _, _ in }
    ) async throws -> ProcessOutcome {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                do {
                    try startThread(name: "command") {
                        continuation.resume(with: Result { try watch(spec, control, onOutput) })
                    }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        } onCancel: {
            control.stop()
        }
    }

    private static func watch(
        _ spec: ProcessSpec, _ control: ProcessControl, _ onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void
    ) throws -> ProcessOutcome {
        guard control.currentDemand == nil else { throw CancellationError() }
        return try ProcessMonitor.start(spec, control: control, onOutput: onOutput).run()
    }
}
