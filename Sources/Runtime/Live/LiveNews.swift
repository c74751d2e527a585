public import Core

/// What a reader gets next.
public enum LiveNews: Sendable {
    /// What the reader knows has a gap; told before what follows the gap.
    case resync(LiveResync)
    /// Events, oldest first.
    case events(EventBatch)
    /// What is being said.
    case deltas([LiveDelta])
    /// The task is over, and all that has happened to it has been told. Only for readers of one task and of all kinds of
    /// events. When the task is taken up again, its events follow, and its next end is told again.
    case ended(LiveEnd)
}

/// A task that is over.
public struct LiveEnd: Sendable, Hashable {
    /// The status of the task.
    public var status: String
    /// The position of its newest event.
    public var position: Position
}

/// Not all that happened after a position can be told.
public struct LiveResync: Sendable, Hashable {
    public var reason: Reason
    /// The position in question.
    public var after: Position
    /// After which position it goes on.
    public var position: Position

    public enum Reason: String, Sendable, CaseIterable {
        /// Tasks were deleted, with events that the reader has not seen. It goes on with those that are left.
        case deleted
        /// The journal has never come so far: it is another one than the position is from. It goes on from the beginning.
        case unknownPosition = "unknown_position"
    }
}
