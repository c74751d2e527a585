public import Core
public import Engine
internal import Store

extension Runtime {
    /// Returns when a task has ended, or stands still until somebody outside does something.
    /// - Throws: `SignalboxError` with code `not_found`, or `CancellationError`.
    @discardableResult
    public func waitForEnd(of number: TaskNumber) async throws -> TaskStatus {
        var position = Position.zero
        while true {
            for event in try await feed.events(after: position, of: number) {
                position = event.position
                switch EventKind(rawValue: event.kind) {
                case .taskCompleted: return .completed
                case .taskFailed: return .failed
                case .taskCancelled: return .cancelled
                default: break
                }
            }
        }
    }
}
