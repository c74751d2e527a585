internal import Core

/// The page of one task at `/tasks/{number}`.
public enum TaskPage: Sendable {
    /// The whole page.
    public static func document(_ view: TaskPageView) -> HTML {
        Layout.document(
            Layout.Page(
                title: title(of: view), streamPath: streamPath(of: view), approvals: view.approvals,
                fragment: fragment(view)))
    }

    /// What each message of the page's stream carries; it replaces the one before.
    public static func fragment(_ view: TaskPageView) -> HTML {
        Layout.fragment(
            title: title(of: view), state: view.row.state, now: view.now, approvals: view.approvals,
            content: """
                <nav class="back" aria-label="Path"><a href="/tasks"><span aria-hidden="true">←</span> Tasks</a>\(TaskHeader.id(view.id))</nav>
                \(TaskHeader.render(view))
                \(view.requests.filter { $0.outcome == nil }.map { RequestCard.render($0, origin: "task", now: view.now) })
                \(SituationCard.render(view))
                \(TaskHeader.facts(view))
                \(TaskTabs.render(view))
                \(part(of: view))
                """)
    }

    private static func part(of view: TaskPageView) -> HTML {
        switch view.part {
        case .steps:
            """
            <div class="columns">
            <div class="primary">\(ResultsPanel.render(view))\(StepTrack.render(view))\
            \(SettledRequests.render(view.requests, now: view.now))</div>
            <div class="secondary">\(InputPanel.render(view))</div>
            </div>
            """
        case .timeline: Timeline.render(view)
        }
    }

    /// Where the page's stream begins: after what it already shows.
    static func streamPath(of view: TaskPageView) -> String {
        let run = view.chosenRun.map { "&\($0.query)" } ?? ""
        let part = view.part == .steps ? "" : "&part=\(view.part.rawValue)"
        return "/tasks/\(view.row.number.rawValue)/live?after=\(view.position.rawValue)\(part)\(run)"
    }

    private static func title(of view: TaskPageView) -> String {
        "\(view.row.word): \(view.row.name) \(view.row.number)"
    }
}
