internal import Core
public import Store

extension Runtime {
    /// An export of a task as it is now.
    /// - Throws: `SignalboxError` with code `storage_error` when its plan is not in the database.
    public func export(of task: TaskRow) async throws -> TaskExport {
        guard let plan = try await store.plan(task.planHash) else {
            throw SignalboxError(.storage, "The plan of task \(task.number) is not in the database.")
        }
        return TaskExport(of: task, plan: plan, at: .now, in: self)
    }
}
