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
        case .json(let value): json(value, id: id, path: payload.path)
        case .text(let text): excerpt(of: text, id: id, kind: "text", path: payload.path)
        case .markdown(let text): markdown(text, id: id, path: payload.path)
        case .excerpt(let text, let totalBytes):
            "\(pre(text, id: id, kind: "text"))\(remainder(shown: text.utf8.count, of: totalBytes, path: payload.path))"
        case .hidden:
            "<p class=\"dim\" id=\"\(id)\">Kept out of this page, because the step is marked as sensitive.</p>"
        }
    }

    private static func json(_ value: JSON, id: String, path: String?) -> HTML {
        if let text = value.stringValue { return excerpt(of: text, id: id, kind: "text", path: path) }
        if let tree = JSONTree.render(value, id: id) { return tree }
        return excerpt(of: value.prettyText, id: id, kind: "text", path: path)
    }

    /// Rendered; what is too large is cut, what nests too deep is shown as it is.
    private static func markdown(_ text: String, id: String, path: String?) -> HTML {
        let shown = text.utf8.count > Markdown.bytesMaximum ? text.beginning(bytes: Markdown.bytesMaximum) : text
        guard !text.isEmpty, let markup = Markdown.render(shown, headingLevel: 4) else {
            return excerpt(of: text, id: id, kind: "text", path: path)
        }
        return """
            <div class="prose" id="\(id)" tabindex="0">\(markup)</div>\(remainder(shown: shown, of: text, path: path))
            """
    }

    private static func excerpt(of text: String, id: String, kind: StaticString, path: String?) -> HTML {
        let shown = text.beginning(bytes: PayloadView.textBytesMaximum)
        return "\(pre(shown, id: id, kind: kind))\(remainder(shown: shown, of: text, path: path))"
    }

    private static func pre(_ text: String, id: String, kind: StaticString) -> HTML {
        guard !text.isEmpty else { return "<p class=\"dim\" id=\"\(id)\">empty</p>" }
        // A parser drops one line break right after the tag; this one is for it, so that the text keeps its own.
        return "<pre class=\"\("\(kind)")\" id=\"\(id)\" tabindex=\"0\">\n\(text)</pre>"
    }

    private static func remainder(shown: String, of text: String, path: String?) -> HTML {
        guard shown.utf8.count < text.utf8.count else { return .empty }
        return remainder(shown: shown.utf8.count, of: text.utf8.count, path: path)
    }

    private static func remainder(shown: Int, of total: Int, path: String?) -> HTML {
        """
        <p class="dim remainder">The first \(Format.size(bytes: shown)) of \(Format.size(bytes: total)).\(all(path))</p>
        """
    }

    private static func all(_ path: String?) -> HTML {
        guard let path else { return .empty }
        return " <a href=\"\(Address.own(path))\" download>Download all of it</a>"
    }

    private static func copyButton(_ payload: PayloadView, id: String, name: String) -> HTML {
        let what = name.lowercased()
        if let path = payload.path { return Parts.copyButton(path: path, what: what) }
        switch payload.content {
        case .json, .text: return Parts.copyButton(element: id, what: what)
        // What is on the page has lost its signs.
        case .markdown(let text): return Parts.copyButton(text: text, what: what)
        case .excerpt, .hidden: return .empty
        }
    }
}

extension String {
    /// As much of its beginning as fits into that many bytes.
    fileprivate func beginning(bytes maximum: Int) -> String {
        guard utf8.count > maximum else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: maximum)
        while end > startIndex, end.samePosition(in: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}
