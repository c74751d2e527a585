public import Core
public import Engine
internal import Store

extension Runtime {
    /// Returns when a task has ended.
    /// - Parameter after: a position before its end, such as its receipt's.
    @discardableResult
    public func waitForEnd(of number: TaskNumber, after: Position = .zero) async throws -> TaskStatus {
        var position = after
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
