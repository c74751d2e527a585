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

    private static func render(title: String, sentence: String, hint: String?) -> HTML {
        Layout.document(
            Layout.Page(
                title: title, streamPath: nil,
                fragment: """
                    <section class="panel empty broken" role="alert">\(Parts.badge(.failed))
                    <h1>\(title)</h1>
                    <p>\(NamedText.render(sentence))</p>
                    \(hintParagraph(hint))
                    <p><a class="button" href="/tasks">All tasks</a></p></section>
                    """))
    }

    private static func hintParagraph(_ hint: String?) -> HTML {
        guard let hint else { return .empty }
        return "<p class=\"dim\">\(NamedText.render(hint))</p>"
    }
}
