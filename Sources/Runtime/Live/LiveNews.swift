public import Core
public import Store

/// What a reader gets next.
public enum LiveNews: Sendable {
    /// What the reader knows has a gap; told before what follows the gap.
    case resync(LiveResync)
    /// Events, oldest first.
    case events([EventRow])
    /// What is being said.
    case deltas([LiveDelta])
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
