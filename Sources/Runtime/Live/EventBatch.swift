public import Store
internal import Synchronization

/// Events that readers get together, oldest first. Those who watch the same share it, however many they are.
public final class EventBatch: Sendable, RandomAccessCollection {
    private let rows: [EventRow]
    private let text = Mutex<[UInt8]?>(nil)

    init(_ rows: [EventRow]) {
        self.rows = rows
    }

    /// How many bytes their payloads have together.
    var payloadBytes: Int { rows.reduce(0) { $0 + $1.payload.count } }

    public var startIndex: Int { rows.startIndex }
    public var endIndex: Int { rows.endIndex }
    public subscript(place: Int) -> EventRow { rows[place] }

    /// The events as clients get them: made for the first who asks, and kept for the others, who must want the same.
    public func rendered(_ make: ([EventRow]) -> [UInt8]) -> [UInt8] {
        text.withLock { text in
            let made = text ?? make(rows)
            text = made
            return made
        }
    }
}
