public import Core

/// Two versions of a document beside each other.
public struct VersionDifferenceView: Sendable {
    public var kind: DocumentKind
    public var name: String
    public var from: PlanView.Version
    public var to: PlanView.Version
    /// In the unified format; nil when both are the same.
    public var text: String?
    public var approvals: Int
    public var now: Timestamp
}

/// What two versions differ in, at `/plans/NAME/diff`.
enum VersionDifferencePage: Sendable {
    static func document(_ view: VersionDifferenceView) -> HTML {
        let path = view.kind.path(view.name)
        return LibraryPage.document(
            title: "Changes of \(view.name)", section: view.kind.section, approvals: view.approvals, now: view.now,
            content: """
                \(LibraryPage.back(to: view.kind, name: view.name))
                <div class="headline"><h1>What changed</h1>\
                <span class="headline-actions"><a class="button" href="\(path)/diff?from=\(view.to.hash.rawValue)&amp;to=\(view.from.hash.rawValue)">\
                The other way round</a></span></div>
                <dl class="facts">\(side("From", view.from, path, view.now))\(side("To", view.to, path, view.now))</dl>
                \(content(view))
                """)
    }

    private static func side(_ word: HTML, _ version: PlanView.Version, _ path: String, _ now: Timestamp) -> HTML {
        """
        <div><dt>\(word)</dt><dd><a href="\(path)?version=\(version.hash.rawValue)">\(LibraryPage.version(version.hash))</a> \
        \(LibraryPage.saved(by: version.author, at: version.savedAt, note: version.note, now: now))</dd></div>
        """
    }

    private static func content(_ view: VersionDifferenceView) -> HTML {
        guard let text = view.text else {
            return """
                <section class="panel empty"><h2>They are the same</h2><p>Both versions have the same text and files.</p></section>
                """
        }
        return HTML(UnifiedDifference(text).files.map(file))
    }

    private static func file(_ file: UnifiedDifference.File) -> HTML {
        """
        <section class="panel difference"><h2>\(NamedText.render(file.name))</h2><table>\
        <tbody>\(file.lines.map(line))</tbody></table></section>
        """
    }

    private static func line(_ line: UnifiedDifference.Line) -> HTML {
        switch line {
        case .skip(let start):
            return "<tr class=\"skip-line\"><td colspan=\"4\">from line \(start)</td></tr>\n"
        case .both(let old, let new, let text):
            return row("", old, new, " ", "\(NamedText.render(text))")
        case .removed(let old, let words):
            return row(
                "removed", old, nil, "−",
                HTML(words.map { $0.isMarked ? "<del>\(NamedText.render($0.text))</del>" : NamedText.render($0.text) }))
        case .added(let new, let words):
            return row(
                "added", nil, new, "+",
                HTML(words.map { $0.isMarked ? "<ins>\(NamedText.render($0.text))</ins>" : NamedText.render($0.text) }))
        }
    }

    private static func row(_ style: StaticString, _ old: Int?, _ new: Int?, _ sign: StaticString, _ text: HTML) -> HTML
    {
        """
        <tr class="\("\(style)")"><td class="line-number">\(old.map(String.init))</td>\
        <td class="line-number">\(new.map(String.init))</td><td class="sign">\("\(sign)")</td><td>\(text)</td></tr>

        """
    }
}
