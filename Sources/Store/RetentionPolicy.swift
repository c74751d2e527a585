public import Core

/// How long finished tasks are kept.
public struct RetentionPolicy: Sendable, Hashable {
    /// In days, counted from the end of the task; nil keeps tasks for ever.
    public var days: Int?
    /// For tasks of plans of these names, in the place of `days`.
    public var daysByPlan: [String: Int?]

    /// How the tombstones of its deletions name it.
    public static let name = "retention"

    public init(days: Int? = nil, daysByPlan: [String: Int?] = [:]) {
        self.days = days
        self.daysByPlan = daysByPlan
    }

    /// Tasks that have been kept long enough, those of one plan after those of another.
    /// - Parameter limit: at most so many; fewer than these are all.
    public func expired(in store: any ReadStore, at now: Timestamp, limit: Int) async throws -> [TaskNumber] {
        var tasks: [TaskNumber] = []
        for plan in try await store.plansOfFinishedTasks() where tasks.count < limit {
            guard let days = daysByPlan[plan] ?? days else { continue }
            let time = Timestamp(millisecondsSinceEpoch: now.millisecondsSinceEpoch - Int64(days) * 86_400_000)
            tasks += try await store.finishedTasks(before: time, plan: plan, limit: limit - tasks.count)
        }
        return tasks
    }
}
