internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The stream of pages of which nothing else changes by itself: how many requests wait for a person. It also lets such a page
/// know whether the server is there.
struct LiveFacts: Sendable {
    let runtime: Runtime

    /// Says the number at once, so that nothing is missed by a cut, and whenever it is another one.
    func response() -> Response {
        .events(heartbeat: LiveFragments.beat) { writer in
            // Before the number is looked up, so that what happens meanwhile is heard.
            var seen = runtime.feed.newest
            var told: Int?
            let filter = LiveFilter(kinds: TaskSurroundings.kinds)
            let clock = ContinuousClock()
            while true {
                let started = clock.now
                let approvals = try await runtime.openRequestCount()
                if approvals != told {
                    try await writer.write(Self.event(approvals).bytes)
                    told = approvals
                }
                try await clock.sleep(until: started + LiveFragments.interval)
                seen = try await runtime.feed.events(after: seen, of: filter).last?.position ?? seen
            }
        }
    }

    /// Without a position: whoever connects again is told anew.
    static func event(_ approvals: Int) -> ServerSentEvent {
        ServerSentEvent(
            event: "sb:facts", data: String(approvals), retryMilliseconds: EventStream.retryMilliseconds)
    }
}
