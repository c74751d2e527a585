public import Core

/// What a person sees instead of a page that cannot be shown: never an empty one.
public enum ErrorPage: Sendable {
    /// The page for an address or a task that does not exist.
    public static func notFound(_ what: String) -> HTML {
        render(title: "Not found", sentence: what, hint: "It may have been deleted, or the address is mistyped.")
    }

    /// The page for something that went wrong while a page was made.
    public static func failure(_ error: SignalboxError) -> HTML {
        render(title: "This page could not be loaded", sentence: error.message, hint: error.hint)
    }

    /// The page of a task that was deleted, with what is still known of it.
    public static func deleted(
        _ number: TaskNumber, name: String, plan: String, by: String, at: Timestamp
    ) -> HTML {
        let who = by == "retention" ? "by retention, when its time was over" : "by \(by)"
        return render(
            title: "Task \(number.description) was deleted", badge: Parts.badge(.cancelled, word: "Deleted"),
            sentence: """
                “\(NamedText.render(name))” of the plan <span class="name">\(NamedText.render(plan))</span> was deleted \
                \(NamedText.render(who)), \(Parts.exact(at)).
                """, hint: nil)
    }

    private static func render(title: String, sentence: String, hint: String?) -> HTML {
        render(title: title, badge: Parts.badge(.failed), sentence: NamedText.render(sentence), hint: hint)
    }

    private static func render(title: String, badge: HTML, sentence: HTML, hint: String?) -> HTML {
        Layout.document(
            Layout.Page(
                title: title, streamPath: nil,
                fragment: """
                    <section class="panel empty broken" role="alert">\(badge)
                    <h1>\(title)</h1>
                    <p>\(sentence)</p>
                    \(hintParagraph(hint))
                    <p><a class="button" href="/tasks">All tasks</a></p></section>
                    """))
    }

    private static func hintParagraph(_ hint: String?) -> HTML {
        guard let hint else { return .empty }
        return "<p class=\"dim\">\(NamedText.render(hint))</p>"
    }
}
