internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The live stream of a page: whenever something happens, what the page shows is looked up anew, and what has changed of it
/// is sent. At once when it was quiet before, then at most ten times a second; what is large, less often.
struct LiveFragments: Sendable {
    /// No two messages follow each other faster than this; what happens in between goes with the next.
    static let interval = Duration.milliseconds(100)

    /// What follows a message. A browser needs its time for a large one: to parse it, and to hold it against what stands
    /// there. If it got ten of those a second it would fall behind, and show what was so seconds ago.
    static func interval(afterBytes count: Int) -> Duration {
        .milliseconds(min(500, max(100, count / 300)))
    }

    static let beat = ServerSentEvent(event: "sb:beat", data: ".").bytes

    let runtime: Runtime

    /// Sends the whole fragment when it is another one than before, and only what the scripts are told where nothing else
    /// has changed.
    /// - Parameters:
    ///   - task: whose page it is; nil for a page about all tasks.
    ///   - render: makes the fragment, and says up to which position it shows the journal.
    func response(
        after: Position, of task: WatchedTask? = nil,
        render: @escaping @Sendable () async throws -> (html: HTML, position: Position)
    ) -> Response {
        response(after: after, of: task) {
            let (html, position) = try await render()
            return (html, position)
        } message: {
            Self.news($0, $1)
        }
    }

    /// What brings a page from one fragment to another: nil for nothing.
    static func news(_ shown: HTML?, _ html: HTML) -> HTML? {
        guard let shown, shown.withoutFacts == html.withoutFacts else { return html }
        return shown.factsWithoutMoment == html.factsWithoutMoment
            ? nil : TaskListNews.partial("page-facts", html.facts)
    }

    /// - Parameters:
    ///   - load: looks up what the page shows, and says up to which position of the journal.
    ///   - message: what brings the page from what it shows, which nobody may know, to what there is now; nil for nothing.
    func response<View: Sendable>(
        after: Position, of task: WatchedTask? = nil,
        load: @escaping @Sendable () async throws -> (view: View, position: Position),
        message: @escaping @Sendable (_ shown: View?, _ view: View) -> HTML?
    ) -> Response {
        .events(heartbeat: Self.beat) { writer in
            var seen = try await runtime.positionWithin(after)
            var watch = try await task?.watch(runtime, shown: seen)
            if let watch { seen = watch.start }
            var isDue = watch?.isOutdated ?? false
            let filter = watch?.filter() ?? LiveFilter()
            var shown: View?
            let clock = ContinuousClock()
            while true {
                if !isDue {
                    let events = try await runtime.feed.events(after: seen, of: filter)
                    seen = events.last?.position ?? seen
                    isDue = try await watch?.isOutdated(by: events) ?? true
                }
                let started = clock.now
                var interval = Self.interval
                if isDue {
                    isDue = false
                    let (view, position) = try await load()
                    // Never back to what has been seen: a reader's view may be older than the events by a moment.
                    seen = max(position, seen)
                    if let news = message(shown, view) {
                        try await writer.write(
                            ServerSentEvent(
                                id: seen.description, data: String(decoding: news.bytes, as: UTF8.self),
                                retryMilliseconds: EventStream.retryMilliseconds
                            ).bytes)
                        shown = view
                        interval = Self.interval(afterBytes: news.bytes.count)
                    }
                }
                try await clock.sleep(until: started + interval)
            }
        }
    }
}

/// The task whose page it is, and what is known of the page.
struct WatchedTask: Sendable {
    let number: TaskNumber
    /// How many open requests the page counts.
    let openRequests: Int?

    func watch(_ runtime: Runtime, shown: Position) async throws -> TaskPageWatch {
        try await TaskPageWatch(runtime, number, shown: shown, openRequests: openRequests)
    }
}

extension HTML {
    /// Where it holds what the scripts of the page are told.
    private var factsRange: Range<Int>? {
        guard let start = bytes.firstRange(of: Array("<i id=\"page-facts\"".utf8))?.lowerBound,
            let end = bytes[start...].firstRange(of: Array("</i>".utf8))?.upperBound
        else { return nil }
        return start..<end
    }

    fileprivate var withoutFacts: [UInt8] {
        factsRange.map { Array(bytes[..<$0.lowerBound] + bytes[$0.upperBound...]) } ?? bytes
    }

    fileprivate var facts: HTML {
        factsRange.map { HTML(kept: bytes[$0]) } ?? .empty
    }

    /// What the scripts are told, without the moment that it was said in, which makes no difference to anybody.
    fileprivate var factsWithoutMoment: [UInt8] {
        let facts = facts.bytes
        guard let found = facts.firstRange(of: Array("data-now=\"".utf8)) else { return facts }
        let end = facts[found.upperBound...].firstIndex(of: UInt8(ascii: "\"")) ?? found.upperBound
        return Array(facts[..<found.upperBound] + facts[end...])
    }
}
