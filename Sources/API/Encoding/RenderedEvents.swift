internal import Core
internal import HTTPServer
internal import Store
internal import Synchronization

/// The newest events as messages of a stream: each is rendered once, however many watch. Ten thousand who watch everything
/// would else have each event rendered ten thousand times.
final class RenderedEvents: Sendable {
    private struct State: Sendable {
        var messages: [Position: [UInt8]] = [:]
        /// Those of `messages`, the oldest use first.
        var order = Queue<Position>()
        var bytes = 0
    }

    /// How many bytes of messages are kept.
    private static let bytesMaximum = 4 << 20
    /// A larger message is rendered again for each.
    private static let messageBytesMaximum = 64 << 10

    private let state = Mutex(State())

    /// The messages of the events, one behind the other.
    func messages(of events: [EventRow]) -> [UInt8] {
        let known = state.withLock { state in events.map { state.messages[$0.position] } }
        var result: [UInt8] = []
        result.reserveCapacity(known.reduce(0) { $0 + ($1?.count ?? 512) })
        for (event, message) in zip(events, known) {
            result += message ?? render(event)
        }
        return result
    }

    private func render(_ event: EventRow) -> [UInt8] {
        let message = ServerSentEvent(
            id: event.position.description, data: String(decoding: event.jsonBytes, as: UTF8.self)
        ).bytes
        guard message.count <= Self.messageBytesMaximum else { return message }
        state.withLock { state in
            guard state.messages.updateValue(message, forKey: event.position) == nil else { return }
            state.order.append(event.position)
            state.bytes += message.count
            while state.bytes > Self.bytesMaximum, let oldest = state.order.popFirst() {
                state.bytes -= state.messages.removeValue(forKey: oldest)?.count ?? 0
            }
        }
        return message
    }
}
