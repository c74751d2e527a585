internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The stream of pages of which nothing else changes by itself: how many requests wait for a person. It also lets such a page
/// know whether the server is there.
struct LiveFacts: Sendable {
    private let count: SharedCount

    init(runtime: Runtime) {
        let filter = LiveFilter(kinds: TaskSurroundings.kinds)
        count = SharedCount(newest: { runtime.feed.newest }, look: runtime.openRequestCount) { seen in
            try await Task.sleep(for: LiveFragments.interval)
            return try await runtime.feed.events(after: seen, of: filter).last?.position ?? seen
        }
    }

    /// Says the number at once, so that nothing is missed by a cut, and whenever it is another one.
    func response() -> Response {
        .events(heartbeat: LiveFragments.beat) { writer in
            for try await approvals in count.numbers() { try await writer.write(Self.event(approvals).bytes) }
        }
    }

    /// Without a position: whoever connects again is told anew.
    static func event(_ approvals: Int) -> ServerSentEvent {
        ServerSentEvent(
            event: "sb:facts", data: String(approvals), retryMilliseconds: EventStream.retryMilliseconds)
    }
}
