internal import Core
internal import Store

/// A stretch of the journal for one reader.
struct LivePortion: Sendable {
    /// Those that the reader wants; nil when there are none.
    var events: EventBatch?
    /// Up to here nothing was left out that the reader wants.
    var position: Position
    /// Whether nothing more has happened yet.
    var isLast: Bool
    /// Whether it was read from the store, from which others delete.
    var isStored: Bool
}
