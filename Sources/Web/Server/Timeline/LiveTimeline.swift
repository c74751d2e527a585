internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// The live stream of the timeline: like that of the other parts, and between two events what is being said, as it is
/// said. Who connects in the middle of an answer gets what there is of it first.
struct LiveTimeline: Sendable {
    /// How many portions of news go into one fragment at most.
    private static let portionsMaximum = 20

    let runtime: Runtime
    let task: WatchedTask
    /// The steps whose words are shown; nil for all.
    var step: StepPath?

    /// - Parameters:
    ///   - showsSaid: whether the page is the newest one, at whose end stands what is being said.
    ///   - render: makes the page's fragment, and says up to which position it shows the journal.
    func response(
        after: Position, showsSaid: Bool,
        render: @escaping @Sendable ([SaidView]) async throws -> (html: HTML, position: Position)
    ) -> Response {
        .events(heartbeat: LiveFragments.beat) { writer in
            var watch = try await task.watch(runtime, shown: try await runtime.positionWithin(after))
            var isDue = watch.isOutdated
            var reader = runtime.reader(
                of: watch.filter(hearsDeltas: showsSaid), after: watch.start, countAtOnce: 256)
            var said = SaidSoFar()
            let clock = ContinuousClock()
            while true {
                var news: LiveNews? = isDue ? try await reader.lookUp() : try await reader.next()
                let started = clock.now
                var (hasSaid, portions) = (false, 0)
                while let portion = news {
                    switch portion {
                    case .deltas(let deltas):
                        said.hear(deltas)
                        hasSaid = true
                    case .events(let events):
                        for event in events where event.task == task.number { try said.note(event) }
                        if try await watch.isOutdated(by: Array(events)) { isDue = true }
                    case .resync, .ended: isDue = true
                    }
                    portions += 1
                    news = portions < Self.portionsMaximum ? try await reader.lookUp() : nil
                }
                let shown = said.parts.filter(isMeant)
                var interval = LiveFragments.interval
                if isDue {
                    isDue = false
                    let (html, position) = try await render(shown)
                    try await writer.write(
                        ServerSentEvent(
                            id: max(position, reader.position).description,
                            data: String(decoding: html.bytes, as: UTF8.self),
                            retryMilliseconds: EventStream.retryMilliseconds
                        ).bytes)
                    interval = LiveFragments.interval(afterBytes: html.bytes.count)
                } else if hasSaid {
                    let html = TimelinePanel.said(shown)
                    try await writer.write(
                        ServerSentEvent(event: "sb:said", data: String(decoding: html.bytes, as: UTF8.self)).bytes)
                }
                try await clock.sleep(until: started + interval)
            }
        }
    }

    private func isMeant(_ said: SaidView) -> Bool {
        guard let step else { return true }
        return said.step == step || step.contains(said.step)
    }
}
