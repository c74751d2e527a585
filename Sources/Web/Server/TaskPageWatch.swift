internal import Core
internal import Runtime
internal import Store

/// Knows when the page of a task shows something that is over: after events of the task, and when what the page says of
/// others has changed, such as the queue that the task stands in and how many requests are open.
struct TaskPageWatch: Sendable {
    private let runtime: Runtime
    private let task: TaskNumber
    private var surroundings: TaskSurroundings?
    /// Whether what the page shows is over already.
    private(set) var isOutdated: Bool
    /// All after this is still to be looked at.
    let start: Position

    /// - Parameters:
    ///   - shown: up to where the page shows the journal.
    ///   - openRequests: how many open requests the page counts; nil when nobody knows.
    init(_ runtime: Runtime, _ task: TaskNumber, shown: Position, openRequests: Int?) async throws {
        (self.runtime, self.task) = (runtime, task)
        start = max(shown, runtime.feed.newest)
        surroundings = try await runtime.surroundings(of: task)
        guard let surroundings else {
            isOutdated = false
            return
        }
        // How the queue was when the page was made is not known.
        isOutdated = surroundings.queue != nil || surroundings.openRequests != openRequests
        if !isOutdated { isOutdated = !(try await runtime.store.events(after: shown, of: task, limit: 1)).isEmpty }
    }

    /// What there is to be heard.
    func filter(hearsDeltas: Bool = false) -> LiveFilter {
        LiveFilter(task: task, kindsOfOthers: TaskSurroundings.kinds, hearsDeltas: hearsDeltas)
    }

    /// Whether the page must be made anew after these events. Of a task that was deleted nothing is left that could be
    /// shown: its page stays as it was.
    mutating func isOutdated(by events: [EventRow]) async throws -> Bool {
        let isOwn = events.contains { $0.task == task }
        guard let present = try await runtime.surroundings(of: task) else { return false }
        defer { surroundings = present }
        return isOwn || present != surroundings
    }
}
