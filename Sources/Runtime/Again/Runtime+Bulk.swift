public import Core
public import Engine
public import Store

/// The same for many tasks.
extension Runtime {
    /// What is done to each of them.
    public enum BulkAction: String, Sendable, CaseIterable {
        case rerun, retry, cancel, kill, delete, tag
    }

    /// What became of one of them.
    public struct BulkResult: Sendable {
        public var task: TaskNumber
        /// The new task, of a rerun.
        public var created: TaskNumber?
        /// Why nothing was done.
        public var error: SignalboxError?
    }

    /// The tasks that a filter finds, oldest first.
    /// - Throws: `SignalboxError` with code `limit_exceeded` when there are more than one request may touch.
    public func tasks(matching filter: TaskFilter) async throws -> [TaskRow] {
        try await allTasks(filter, maximum: Limits.bulkTasksMaximum) { Self.tooManyForOneRequest }
    }

    /// Does something to tasks, one after the other; what cannot be done to one does not keep it from the others.
    /// - Parameters:
    ///   - request: how tasks are rerun.
    ///   - tags: what becomes of their tags, where that is what is done.
    public func bulk(
        _ action: BulkAction, _ tasks: [TaskRow], rerun request: AgainRequest = .rerun(),
        tags: TaskLabels.TagChange? = nil, by name: String
    ) async throws -> [BulkResult] {
        try requireBulkBound(tasks.count)
        var results: [BulkResult] = []
        for task in tasks {
            var result = BulkResult(task: task.number)
            do {
                switch action {
                case .rerun: result.created = try await rerun(task, request).number
                case .retry: try await retry(task.number, by: name)
                case .cancel: try await cancel(task.number, by: name)
                case .kill: try await kill(task.number, by: name)
                case .delete: try await delete(task.number, by: name)
                case .tag: try await label(task.number, tags: tags, by: name)
                }
            } catch let error as SignalboxError {
                result.error = error
            }
            results.append(result)
        }
        return results
    }

    /// A hash of tasks by which a client says which it has seen: of their numbers, in any order.
    public static func selection(of tasks: [TaskRow]) -> ContentHash {
        let numbers = tasks.map(\.number.rawValue).sorted()
        return ContentHash(of: JSON.array(numbers.map(JSON.int)).bytes)
    }

    private func requireBulkBound(_ count: Int) throws {
        guard count <= Limits.bulkTasksMaximum else { throw Self.tooManyForOneRequest }
    }

    private static var tooManyForOneRequest: SignalboxError {
        SignalboxError(
            .limit, "One request may touch at most \(Limits.bulkTasksMaximum) tasks, and these are more.",
            hint: "Narrow the filter, for example by time.")
    }
}
