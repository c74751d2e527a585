internal import Core

/// The frame of pages about the library and the settings, which do not change by themselves.
enum LibraryPage: Sendable {
    /// - Parameters:
    ///   - isInPlace: whether links and forms with `data-go` change it in place.
    ///   - styles: files that only this page needs.
    static func document(
        title: String, section: Layout.Section, approvals: Int, now: Timestamp, isInPlace: Bool = false,
        styles: [Asset] = [], scripts: [Asset] = [], keys: [KeyGroup] = [], content: HTML
    ) -> HTML {
        var page = Layout.Page(
            title: title, streamPath: nil, section: section, approvals: approvals,
            fragment: Layout.fragment(title: title, state: nil, now: now, approvals: approvals, content: content))
        page.isInPlace = isInPlace
        page.styles = styles
        page.scripts = scripts
        page.keys = keys
        return Layout.document(page)
    }

    /// The way back to the list above a page.
    static func back(to kind: DocumentKind, name: String? = nil) -> HTML {
        let own: HTML =
            name.map { "<a href=\"\(kind.path($0))\">\(NamedText.render($0))</a>" as HTML } ?? .empty
        return """
            <nav class="back" aria-label="Path"><span><a href="/\(kind.collection)"><span aria-hidden="true">←</span> \
            \(kind.plural)</a>\(" <span class=\"dim\" aria-hidden=\"true\">/</span> \(own)", if: name != nil)</span></nav>
            """
    }

    /// A form with one button that acts and lets the page be loaded again.
    static func action(
        _ path: String, _ word: String, style: StaticString = "", fields: [(String, String)] = [], label: String? = nil
    ) -> HTML {
        let hidden = fields.map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
        return """
            <form method="post" action="\(path)" hx-post="\(path)" hx-swap="none" hx-disable="find button">\(hidden)\
            <button class="\("\(style)")"\(attribute: "aria-label", label)>\(word)</button></form>
            """
    }

    /// The first digits of a version, all of them on hover.
    static func version(_ hash: ContentHash) -> HTML {
        "<code class=\"version\" title=\"\(hash.rawValue)\">\(hash.short)</code>"
    }

    /// The earlier times that a version was saved, a line each.
    static func earlier(_ version: PlanView.Version, now: Timestamp) -> HTML {
        guard !version.earlier.isEmpty else { return .empty }
        let lines = version.earlier.map { saving -> HTML in
            "<li>\(saved(by: saving.author, at: saving.savedAt, note: saving.note, now: now))</li>"
        }
        return "<ul class=\"earlier\" aria-label=\"Saved before\">\(lines)</ul>"
    }

    /// Who saved a version, when, and what they say about it.
    static func saved(by author: String?, at moment: Timestamp, note: String?, now: Timestamp) -> HTML {
        """
        <span class="saved">\(Parts.age(moment, now: now))\
        \(author.map { " <span class=\"dim\">by</span> <span class=\"name\">\(NamedText.render($0))</span>" as HTML })\
        \(note.map { "<span class=\"note-text\">\(NamedText.render($0))</span>" as HTML })</span>
        """
    }
}

extension DocumentKind {
    /// Where the page of one is, and what stands below it.
    func path(_ name: String, _ rest: String = "") -> String {
        "/\(collection)/\(Escape.part(name))\(rest.isEmpty ? "" : "/\(rest)")"
    }
}

extension KeyGroup {
    /// What works in lists of plans and agents.
    static let library = KeyGroup(
        name: "In the list",
        bindings: [
            KeyBinding("/", does: "Search", command: "search"),
            KeyBinding("j", "ArrowDown", does: "Next one", command: "next"),
            KeyBinding("k", "ArrowUp", does: "The one before", command: "previous"),
            KeyBinding("Enter", does: "Open it"),
        ])
}
