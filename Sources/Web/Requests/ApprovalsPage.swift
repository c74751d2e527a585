internal import Core

/// The inbox at `/approvals`: everything that waits for a person, oldest first; and what was settled, newest first.
public enum ApprovalsPage: Sendable {
    /// The whole page.
    public static func document(_ view: ApprovalsView) -> HTML {
        Layout.document(
            Layout.Page(
                title: title(of: view), streamPath: streamPath(of: view), section: .approvals, approvals: view.open,
                fragment: fragment(view), below: DecideTogether.bar(view), keys: [.requests]))
    }

    /// What each message of the page's stream carries; it replaces the one before.
    public static func fragment(_ view: ApprovalsView) -> HTML {
        Layout.fragment(
            title: title(of: view), state: nil, now: view.now, approvals: view.open,
            content: """
                \(InboxBar.render(view))\
                \(view.requests.isEmpty ? nothing(view) : requests(view))
                """)
    }

    private static func title(of view: ApprovalsView) -> String {
        view.open == 0 ? "Approvals" : "Approvals (\(view.open))"
    }

    private static func streamPath(of view: ApprovalsView) -> String {
        let query = view.address.query
        return "/approvals/live?\(query.isEmpty ? "" : query + "&")after=\(view.position.rawValue)"
    }

    private static func requests(_ view: ApprovalsView) -> HTML {
        let list: HTML =
            view.address.isSettled
            ? "<div class=\"inbox\">\(SettledRequests.list(view.requests))</div>"
            : """
            <div class="inbox">\(view.requests.map { RequestCard.render($0, origin: "inbox", now: view.now) })</div>
            """
        return "\(list)\(pager(view), if: view.pageCount > 1)"
    }

    private static func pager(_ view: ApprovalsView) -> HTML {
        Pager(page: view.address.page, pageCount: view.pageCount, pageSize: ApprovalsView.pageSize, total: view.total)
            .render { page in
                var address = view.address
                address.page = page
                return address.path
            }
    }

    private static func nothing(_ view: ApprovalsView) -> HTML {
        let address = view.address
        if view.total > 0 {
            return """
                <section class="panel empty"><h2>Nothing on page \(address.page)</h2>
                <p><a class="button" href="\(address.changing { _ in }.path)">Go to the first page</a></p></section>
                """
        }
        if address.isFiltered {
            let all = address.changing { ($0.kind, $0.plan) = (nil, nil) }
            let words = address.isSettled ? "Nothing settled fits" : "0 of \(Format.count(view.open, "request")) fit"
            return """
                <section class="panel empty"><h2>\(words)</h2>
                <p><a class="button" href="\(all.path)">Show all kinds and plans</a></p></section>
                """
        }
        if address.isSettled {
            return """
                <section class="panel empty"><h2>Nothing was settled yet</h2>
                <p class="dim">What people decide is kept here: who, when, how long it took, and what they said.</p></section>
                """
        }
        return """
            <section class="panel empty">\(Parts.badge(.completed, word: "Nothing waits for you"))
            <p class="dim">When a task needs a person — an approval, a review, an answer, a larger budget — it appears here, \
            the oldest first.</p></section>
            """
    }
}

/// The page of one request at `/approvals/{id}`, which shows at once what becomes of it: where links lead, and where a
/// browser without scripts is told what is wrong with a form.
enum ApprovalPage: Sendable {
    /// - Parameter position: up to which the journal is shown.
    static func document(
        _ request: RequestView, state: FormStateView, approvals: Int, position: Position = .zero, now: Timestamp
    ) -> HTML {
        Layout.document(
            Layout.Page(
                title: request.title, streamPath: "/approvals/\(request.id)/live?after=\(position.rawValue)",
                section: .approvals, approvals: approvals,
                fragment: fragment(request, state: state, approvals: approvals, now: now), keys: [.requests]))
    }

    /// What each message of the page's stream carries; the form that is being filled in stays as it is.
    static func fragment(
        _ request: RequestView, state: FormStateView = FormStateView(), approvals: Int, now: Timestamp
    ) -> HTML {
        Layout.fragment(
            title: request.title, state: nil, now: now, approvals: approvals,
            content: """
                <nav class="back" aria-label="Path"><a href="/approvals"><span aria-hidden="true">←</span> Approvals</a>\
                <a href="/tasks/\(request.task.rawValue)">Task \(request.task.description)</a></nav>
                <div class="inbox">\(card(request, state: state, now: now))</div>
                """)
    }

    private static func card(_ request: RequestView, state: FormStateView, now: Timestamp) -> HTML {
        guard request.outcome != nil else { return RequestCard.render(request, state: state, origin: "task", now: now) }
        let message = state.message ?? "It is settled: nothing more can be decided about it."
        return """
            <h1>\(NamedText.render(request.title))</h1><p class="\(state.message == nil ? "dim" : "problem")">\(message)</p>
            \(SettledRequests.list([request], isOpen: true))
            """
    }
}
