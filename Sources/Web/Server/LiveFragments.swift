internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The live stream of a page: whenever something happens, what the page shows is looked up anew, and what has changed of it
/// is sent. At once when it was quiet before, then at most ten times a second.
struct LiveFragments: Sendable {
    /// No two messages follow each other faster than this; what happens in between goes with the next.
    private static let interval = Duration.milliseconds(100)
    private static let beat = ServerSentEvent(event: "sb:beat", data: ".").bytes

    let runtime: Runtime
    /// Only events of this task matter; nil for all.
    let task: TaskNumber?

    /// Sends the whole fragment when it is another one than before.
    /// - Parameter render: makes the fragment, and says up to which position it shows the journal.
    func response(
        after: Position, render: @escaping @Sendable () async throws -> (html: HTML, position: Position)
    ) -> Response {
        response(after: after) {
            let (html, position) = try await render()
            return (html, position)
        } message: { shown, html in
            shown.map { $0.withoutMoment == html.withoutMoment } ?? false ? nil : html
        }
    }

    /// - Parameters:
    ///   - load: looks up what the page shows, and says up to which position of the journal.
    ///   - message: what brings the page from what it shows, which nobody may know, to what there is now; nil for nothing.
    func response<View: Sendable>(
        after: Position, load: @escaping @Sendable () async throws -> (view: View, position: Position),
        message: @escaping @Sendable (_ shown: View?, _ view: View) -> HTML?
    ) -> Response {
        .events(heartbeat: Self.beat) { writer in
            var seen = try await runtime.positionWithin(after)
            var shown: View?
            let clock = ContinuousClock()
            while true {
                let events = try await runtime.feed.events(after: seen, of: task)
                // Of a task that was deleted nothing is left that could be shown: its page stays as it was.
                if task != nil, let last = events.last, last.kind == TombstoneRow.eventKind {
                    seen = last.position
                    continue
                }
                let started = clock.now
                let (view, position) = try await load()
                // Never back to what has been seen: a reader's view may be older than the events by a moment.
                seen = max(position, events.last?.position ?? seen)
                if let news = message(shown, view) {
                    try await writer.write(
                        ServerSentEvent(
                            id: seen.description, data: String(decoding: news.bytes, as: UTF8.self),
                            retryMilliseconds: EventStream.retryMilliseconds
                        ).bytes)
                    shown = view
                }
                try await clock.sleep(until: started + Self.interval)
            }
        }
    }
}

extension HTML {
    /// The fragment without the moment that it was made in, which makes no difference to anybody.
    fileprivate var withoutMoment: [UInt8] {
        let mark = Array("data-now=\"".utf8)
        guard let found = bytes.firstRange(of: mark) else { return bytes }
        let end = bytes[found.upperBound...].firstIndex(of: UInt8(ascii: "\"")) ?? found.upperBound
        return Array(bytes[..<found.upperBound] + bytes[end...])
    }
}
