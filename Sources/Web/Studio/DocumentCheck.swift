internal import Core

/// What stands beside the editor: mistakes with their places, or that there are none. The script marks the places in the
/// text; every answer of the server replaces it.
enum DocumentCheck: Sendable {
    static func render(_ check: DocumentCheckView?, kind: DocumentKind) -> HTML {
        guard let check else {
            return """
                <section id="verdict" class="panel verdict" role="status"><div class="panel-head"><h2>Not checked yet</h2></div>\
                </section>
                """
        }
        let isFine = check.findings.isEmpty && check.refusal == nil
        return """
            <section id="verdict" class="panel verdict tone-\(isFine ? "green" : "red")" role="status"\
            \(attribute: "data-saved", check.saved?.version.rawValue)\
            \(attribute: "data-address", check.saved.map { kind.path($0.name, "edit") })\
            \(attribute: "data-check", check.saved.map { kind.path($0.name, "check") })>
            <div class="panel-head"><h2>\(heading(check, isFine: isFine))</h2>\
            \(check.summary.map { "<span class=\"dim\">\($0)</span>" as HTML })</div>
            \(check.refusal.map { refusal($0) })
            \("<ol class=\"findings\">\(check.findings.map(finding))</ol>", if: !check.findings.isEmpty)</section>
            """
    }

    private static func heading(_ check: DocumentCheckView, isFine: Bool) -> HTML {
        if isFine { return "\(Icons.lamp(.completed)) No mistakes" }
        let words = check.findings.isEmpty ? "Not saved" : Format.count(check.findings.count, "mistake")
        return "\(Icons.lamp(.failed)) \(words)"
    }

    private static func refusal(_ refusal: DocumentCheckView.Refusal) -> HTML {
        let force: HTML = """
            <button class="quiet" form="document" name="over" value="\(refusal.newer?.rawValue)">Save mine as the latest</button>
            """
        return """
            <div class="refusal"><p class="problem" role="alert">\(NamedText.render(refusal.message))</p>\
            \(refusal.hint.map { "<p class=\"dim\">\(NamedText.render($0))</p>" as HTML })\
            <div class="row-actions">\
            \(refusal.differencePath.map { "<a class=\"button quiet\" target=\"_blank\" href=\"\(Address.own($0))\">See what changed</a>" as HTML })\
            \(force, if: refusal.newer != nil)</div></div>
            """
    }

    private static func finding(_ finding: Diagnostic) -> HTML {
        """
        <li>\(place(finding.place)) <span class="message">\(NamedText.render(finding.message))</span>\
        \(finding.hint.map { "<p class=\"dim\">\(NamedText.render($0))</p>" as HTML })</li>
        """
    }

    private static func place(_ place: Place) -> HTML {
        guard case .source(let file, let line, let column) = place else {
            return "<code class=\"place\">\(NamedText.render(place.description))</code>"
        }
        return """
            <a class="place" href="#document-text" data-line="\(line)" data-column="\(column)"\
            \(attribute: "data-file", file)>\(NamedText.render(place.description))</a>
            """
    }
}
