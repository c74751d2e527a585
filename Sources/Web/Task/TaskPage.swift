internal import Core

/// The page of one task at `/tasks/{number}`.
public enum TaskPage: Sendable {
    /// The whole page.
    public static func document(_ view: TaskPageView) -> HTML {
        let drawn = view.content.part.isDrawn
        return Layout.document(
            Layout.Page(
                title: title(of: view), streamPath: streamPath(of: view), approvals: view.approvals,
                fragment: fragment(view), keys: view.requests.contains { $0.outcome == nil } ? [.requests] : [],
                styles: drawn ? [Assets.chartStyles] : [], scripts: drawn ? [Assets.chartScript] : []))
    }

    /// What each message of the page's stream carries; it replaces the one before.
    public static func fragment(_ view: TaskPageView) -> HTML {
        Layout.fragment(
            title: title(of: view), state: view.row.state, now: view.now, approvals: view.approvals,
            content: """
                <nav class="back" aria-label="Path"><a href="/tasks"><span aria-hidden="true">←</span> Tasks</a>\(TaskHeader.id(view.id))</nav>
                \(TaskHeader.render(view))
                \(SituationCard.place(view))
                \(TaskHeader.facts(view))
                \(TaskTabs.render(view))
                \(part(of: view))
                \(RunAgain.render(view))
                """)
    }

    private static func part(of view: TaskPageView) -> HTML {
        switch view.content {
        case .steps(let part):
            """
            \(StoryPanel.render(part.story, of: view.row.number, isGrowing: !view.actions.hasEnded))
            <div class="columns">
            <div class="primary">\(ResultsPanel.render(part))\(StepTrack.render(part, now: view.now))\
            \(SettledRequests.render(part.settled))</div>
            <div class="secondary">\(InputPanel.render(part.input, givenAt: view.row.createdAt, now: view.now))</div>
            </div>
            """
        case .flow(let part): FlowPartRenderer.render(part)
        case .waterfall(let part): WaterfallRenderer.render(part, now: view.now)
        case .costs(let part): CostsRenderer.render(part)
        case .timeline(let part): TimelinePanel.render(part)
        }
    }

    /// Where the page's stream begins: after what it already shows, with the count of requests that it shows.
    static func streamPath(of view: TaskPageView) -> String {
        let part = view.content.part
        let named = part == .steps ? "" : "&part=\(part.rawValue)"
        let shown = "after=\(view.position.rawValue)\(named)\(chosen(view))&approvals=\(view.approvals)"
        return "/tasks/\(view.row.number.rawValue)/live?\(shown)"
    }

    /// What the address says beside the part.
    private static func chosen(_ view: TaskPageView) -> String {
        switch view.content {
        case .steps(let part): part.query.isEmpty ? "" : "&\(part.query)"
        case .flow(let part): part.query
        case .waterfall(let part): part.query
        case .costs(let part): part.query
        case .timeline(let part): part.streamQuery
        }
    }

    private static func title(of view: TaskPageView) -> String {
        "\(view.row.word): \(view.row.name) \(view.row.number)"
    }
}
