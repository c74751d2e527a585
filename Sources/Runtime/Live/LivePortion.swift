public import Store
internal import Core
internal import Synchronization

/// Events that readers get together. Those who watch the same share it, however many they are.
public final class EventBatch: Sendable {
    /// Oldest first.
    public let rows: [EventRow]
    private let text = Mutex<[UInt8]?>(nil)

    init(_ rows: [EventRow]) {
        self.rows = rows
    }

    /// The events as clients get them: made for the first who asks, and kept for the others, who must want the same.
    public func rendered(_ make: ([EventRow]) -> [UInt8]) -> [UInt8] {
        text.withLock { text in
            let made = text ?? make(rows)
            text = made
            return made
        }
    }
}

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
