internal import Core

/// The inbox at `/approvals`: everything that waits for a person, oldest first.
public enum ApprovalsPage: Sendable {
    /// The whole page.
    public static func document(_ view: ApprovalsView) -> HTML {
        Layout.document(
            Layout.Page(
                title: title(of: view), streamPath: streamPath(of: view), section: .approvals, approvals: view.total,
                fragment: fragment(view)))
    }

    /// What each message of the page's stream carries; it replaces the one before.
    public static func fragment(_ view: ApprovalsView) -> HTML {
        Layout.fragment(
            title: title(of: view), state: nil, now: view.now, approvals: view.total,
            content: """
                <div class="headline"><h1>Approvals</h1>\
                <span class="dim number">\(Format.grouped(Int64(view.total)))</span></div>
                \(view.requests.isEmpty ? nothing(view) : cards(view))
                """)
    }

    private static func title(of view: ApprovalsView) -> String {
        view.total == 0 ? "Approvals" : "Approvals (\(view.total))"
    }

    private static func streamPath(of view: ApprovalsView) -> String {
        "/approvals/live?page=\(view.page)&after=\(view.position.rawValue)"
    }

    private static func cards(_ view: ApprovalsView) -> HTML {
        """
        <div class="inbox">\(view.requests.map { RequestCard.render($0, origin: "inbox", now: view.now) })</div>
        \(pager(view), if: view.pageCount > 1)
        """
    }

    private static func pager(_ view: ApprovalsView) -> HTML {
        Pager(page: view.page, pageCount: view.pageCount, pageSize: ApprovalsView.pageSize, total: view.total)
            .render { "/approvals?page=\($0)" }
    }

    private static func nothing(_ view: ApprovalsView) -> HTML {
        guard view.total == 0 else {
            return """
                <section class="panel empty"><h2>Nothing on page \(view.page)</h2>
                <p><a class="button" href="/approvals">Go to the first page</a></p></section>
                """
        }
        return """
            <section class="panel empty">\(Parts.badge(.completed, word: "Nothing waits for you"))
            <p class="dim">When a task needs a person — an approval, a review, an answer, a larger budget — it appears here, \
            the oldest first.</p></section>
            """
    }
}

/// The page of one request at `/approvals/{id}`, which does not change by itself: where links lead, and where a browser
/// without scripts is told what is wrong with a form.
enum ApprovalPage: Sendable {
    static func document(_ request: RequestView, state: FormStateView, approvals: Int, now: Timestamp) -> HTML {
        Layout.document(
            Layout.Page(
                title: request.title, streamPath: nil, section: .approvals, approvals: approvals,
                fragment: Layout.fragment(
                    title: request.title, state: nil, now: now, approvals: approvals,
                    content: """
                        <nav class="back" aria-label="Path"><a href="/approvals"><span aria-hidden="true">←</span> Approvals</a>\
                        <a href="/tasks/\(request.task.rawValue)">Task \(request.task.description)</a></nav>
                        <div class="inbox">\(card(request, state: state, now: now))</div>
                        """)))
    }

    private static func card(_ request: RequestView, state: FormStateView, now: Timestamp) -> HTML {
        guard request.outcome != nil else { return RequestCard.render(request, state: state, origin: "task", now: now) }
        return """
            <section class="panel empty">\(Parts.badge(.completed, word: "Decided"))<h1>\(NamedText.render(request.title))</h1>
            <p>\(state.message ?? "Somebody has decided this already, or its step has ended.")</p>
            <p><a class="button" href="/tasks/\(request.task.rawValue)">Show the task</a></p></section>
            """
    }
}
