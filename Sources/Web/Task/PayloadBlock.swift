internal import Core

/// A value with its heading, a Copy button, and a word about what is not shown.
enum PayloadBlock: Sendable {
    /// Nothing for nil. A folded one opens on click.
    static func render(_ payload: PayloadView?, id: String, name: String, isFolded: Bool = false) -> HTML {
        guard let payload else { return .empty }
        let body = content(of: payload, id: id)
        let copy = copyButton(payload, id: id, name: name)
        if isFolded {
            return """
                <details class="payload folded"><summary><h3>\(name)</h3></summary>\
                <div class="payload-head">\(copy)</div>\(body)</details>
                """
        }
        return """
            <div class="payload"><div class="payload-head"><h3>\(name)</h3>\(copy)</div>\(body)</div>
            """
    }

    /// The value alone.
    static func content(of payload: PayloadView, id: String) -> HTML {
        switch payload.content {
        case .json(let value): json(value, id: id, payload)
        case .text(let text): excerpt(of: text, id: id, payload)
        case .markdown(let text): markdown(text, id: id, payload)
        case .table(let table, let source):
            "\(TableBlock.render(table, id: id))\(source.map { asJSON($0, id: id, payload) })"
        case .excerpt(let text, let totalBytes):
            "\(pre(text, id: id, payload))\(remainder(shown: text.utf8.count, of: totalBytes, payload))"
        }
    }

    /// The same as it is on record, for whoever looks for more than a table says.
    private static func asJSON(_ value: JSON, id: String, _ payload: PayloadView) -> HTML {
        """
        <details class="payload folded as-json"><summary><h3>As JSON</h3></summary>\(json(value, id: "\(id)-json", payload))</details>
        """
    }

    private static func json(_ value: JSON, id: String, _ payload: PayloadView) -> HTML {
        if let text = value.stringValue { return excerpt(of: text, id: id, payload) }
        if let tree = JSONTree.render(value, id: id, isForDecision: payload.isForDecision) { return tree }
        return excerpt(of: value.prettyText, id: id, payload)
    }

    /// Rendered; what is too large is cut, what nests too deep is shown as it is. Rendering leaves things out, such as
    /// where a link leads, so whoever decides by the text can also see it as it was written.
    private static func markdown(_ text: String, id: String, _ payload: PayloadView) -> HTML {
        let shown = payload.isForDecision ? decided(text) : text.beginning(bytes: Markdown.bytesMaximum)
        guard !text.isEmpty, let markup = Markdown.render(shown, headingLevel: 4) else {
            return excerpt(of: text, id: id, payload)
        }
        let prose: HTML = "<div class=\"prose\" id=\"\(id)\" tabindex=\"0\">\(markup)</div>"
        let rest = remainder(shown: shown.utf8.count, of: text.utf8.count, payload)
        guard payload.isForDecision else { return "\(prose)\(rest)" }
        return """
            \(rest)\(prose)<details class="payload folded as-written"><summary><h3>As it was written</h3></summary>\
            \(pre(shown, id: "\(id)-source", payload))</details>
            """
    }

    /// As much of a text as a person reads before they decide.
    private static func decided(_ text: String) -> String {
        text.beginning(bytes: PayloadView.textBytesMaximum).beginning(lines: PayloadView.decisionLinesMaximum)
    }

    private static func excerpt(of text: String, id: String, _ payload: PayloadView) -> HTML {
        let shown = payload.isForDecision ? decided(text) : text.beginning(bytes: PayloadView.textBytesMaximum)
        let rest = remainder(shown: shown.utf8.count, of: text.utf8.count, payload)
        let block = pre(shown, id: id, payload)
        // Whoever decides is told first.
        return payload.isForDecision ? "\(rest)\(block)" : "\(block)\(rest)"
    }

    private static func pre(_ text: String, id: String, _ payload: PayloadView) -> HTML {
        guard !text.isEmpty else { return "<p class=\"dim\" id=\"\(id)\">empty</p>" }
        // A parser drops one line break right after the tag; this one is for it, so that the text keeps its own.
        return "<pre class=\"text\" id=\"\(id)\" tabindex=\"0\">\n\(NamedText.render(text))</pre>"
    }

    private static func remainder(shown: Int, of total: Int, _ payload: PayloadView) -> HTML {
        guard shown < total else { return .empty }
        let sizes: HTML = "\(Format.size(bytes: shown)) of \(Format.size(bytes: total))"
        guard payload.isForDecision else {
            return "<p class=\"dim remainder\">The first \(sizes).\(all(payload.path))</p>"
        }
        let link: HTML = payload.path.map { " <a href=\"\(Address.own($0))\">Read all of it</a>" } ?? .empty
        return "<p class=\"problem remainder\">This is not all of it: the first \(sizes).\(link)</p>"
    }

    private static func all(_ path: String?) -> HTML {
        guard let path else { return .empty }
        return " <a href=\"\(Address.own(path))\" download>Download all of it</a>"
    }

    private static func copyButton(_ payload: PayloadView, id: String, name: String) -> HTML {
        let what = name.lowercased()
        if let path = payload.path, !payload.isForDecision { return Parts.copyButton(path: path, what: what) }
        switch payload.content {
        // What is cut on the page is copied whole.
        case .json(let value) where payload.isForDecision:
            return copyButton(text: value.stringValue ?? value.prettyText, id: id, what: what)
        case .text(let text) where payload.isForDecision: return copyButton(text: text, id: id, what: what)
        case .json, .text: return Parts.copyButton(element: id, what: what)
        // What is on the page has lost its signs.
        case .markdown(let text): return Parts.copyButton(text: text, what: what)
        case .table(_, let value?): return copyButton(text: value.prettyText, id: id, what: what)
        case .table, .excerpt: return .empty
        }
    }

    private static func copyButton(text: String, id: String, what: String) -> HTML {
        let isAsShown = decided(text).utf8.count == text.utf8.count
        return isAsShown ? Parts.copyButton(element: id, what: what) : Parts.copyButton(text: text, what: what)
    }
}

extension String {
    /// As much of its beginning as fits into that many bytes.
    func beginning(bytes maximum: Int) -> String {
        guard utf8.count > maximum else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: maximum)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }

    /// Its first lines.
    fileprivate func beginning(lines maximum: Int) -> String {
        var lines = 0
        for place in utf8.indices where utf8[place] == UInt8(ascii: "\n") {
            lines += 1
            if lines == maximum { return String(self[...place]) }
        }
        return self
    }
}
