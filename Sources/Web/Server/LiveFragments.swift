internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The live stream of a page: whenever something happens, the part that may have changed is made anew and sent whole. At
/// once when it was quiet before, then at most ten times a second.
struct LiveFragments: Sendable {
    /// No two fragments follow each other faster than this; what happens in between goes with the next.
    private static let interval = Duration.milliseconds(100)
    private static let beat = ServerSentEvent(event: "sb:beat", data: ".").bytes

    let runtime: Runtime
    /// Only events of this task matter; nil for all.
    let task: TaskNumber?

    /// - Parameter render: makes the fragment, and says up to which position it shows the journal.
    func response(
        after: Position, render: @escaping @Sendable () async throws -> (html: HTML, position: Position)
    ) -> Response {
        .events(heartbeat: Self.beat) { writer in
            var seen = try await runtime.positionWithin(after)
            let clock = ContinuousClock()
            while true {
                let events = try await runtime.feed.events(after: seen, of: task)
                // Of a task that was deleted nothing is left that could be shown: its page stays as it was.
                if task != nil, let last = events.last, last.kind == TombstoneRow.eventKind {
                    seen = last.position
                    continue
                }
                let started = clock.now
                let (html, position) = try await render()
                // Never back to what has been seen: a reader's view may be older than the events by a moment.
                seen = max(position, events.last?.position ?? seen)
                try await writer.write(
                    ServerSentEvent(
                        id: seen.description, data: String(decoding: html.bytes, as: UTF8.self),
                        retryMilliseconds: EventStream.retryMilliseconds
                    ).bytes)
                try await clock.sleep(until: started + Self.interval)
            }
        }
    }
}
