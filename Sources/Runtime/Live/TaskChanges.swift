public import Core
internal import Store
internal import Synchronization

/// Whether what was read of tasks is what stands there still: for those who keep what they have made of it.
///
/// Every commit is counted before anybody is told of it. So what is found unchanged here holds all that anybody could
/// know of when they asked. Changes are kept by places that several tasks share: memory is bounded, and at worst something
/// counts as changed that is not.
public final class TaskChanges: Sendable {
    /// A moment between two commits.
    public struct Moment: Sendable, Hashable {
        fileprivate var commits: UInt64
    }

    /// What was read.
    public enum Scope: Sendable, Hashable {
        /// A task with its steps and requests, and the rows of the tasks that it made and of those that repeat it.
        case task(TaskNumber)
        /// Anything of any task.
        case all
    }

    fileprivate struct State: Sendable {
        var commits: UInt64 = 0
        /// The latest commit that may have changed any task.
        var latestOfAll: UInt64 = 0
        /// The latest commit that has changed one of the tasks that share the place.
        var latest = [UInt64](repeating: 0, count: TaskChanges.placeCount)
    }

    fileprivate static let placeCount = 4_096

    private let state = Mutex(State())

    /// The present. What is read from the store afterwards has all that was committed before.
    public var now: Moment { state.withLock { Moment(commits: $0.commits) } }

    /// Whether nothing of that has changed since a moment.
    public func isUnchanged(_ scope: Scope, since moment: Moment) -> Bool {
        state.withLock { state in
            switch scope {
            case .all: state.commits == moment.commits
            case .task(let task):
                max(state.latestOfAll, state.latest[Self.place(of: task)]) <= moment.commits
            }
        }
    }

    /// Counts a commit. Called by the commit thread when it is durable, before subscribers and callers are told.
    func note(_ rows: WriteBatch) {
        guard !rows.isEmpty else { return }
        state.withLock { state in
            state.commits += 1
            // What stood above a deleted task is not told with it.
            if !rows.deletions.isEmpty { state.latestOfAll = state.commits }
            for event in rows.events { state.note(event.task) }
            for row in rows.tasks {
                state.note(row.number)
                if let parent = row.parent { state.note(parent) }
                if let original = row.rerunOf { state.note(original) }
            }
            for row in rows.steps { state.note(row.task) }
            for row in rows.decisions { state.note(row.task) }
        }
    }

    fileprivate static func place(of task: TaskNumber) -> Int {
        Int(UInt64(bitPattern: task.rawValue) % UInt64(placeCount))
    }
}

extension TaskChanges.State {
    fileprivate mutating func note(_ task: TaskNumber) { latest[TaskChanges.place(of: task)] = commits }
}
