/// Writes the nodes of a document as markup: what is entered opens an element, what is left closes it.
struct MarkdownRenderer {
    private(set) var markup = HTML.empty
    private let headingLevel: Int
    /// Links around the present node: one cannot stand in another.
    private var openLinks: [Bool] = []
    /// The column of the next cell.
    private var column = 0

    init(headingLevel: Int) {
        self.headingLevel = headingLevel
    }

    mutating func enter(_ node: MarkdownNode) {
        switch node.kind {
        case .document, .other: break
        case .paragraph: if !node.isTight { markup += "<p>" }
        case .quote: markup += "<blockquote>\n"
        case .list: markup += listStart(node)
        case .item: markup += itemStart(node)
        case .code: markup += "<pre tabindex=\"0\"><code>\(NamedText.render(node.literal))</code></pre>\n"
        case .html: markup += "<pre tabindex=\"0\">\(NamedText.render(node.literal))</pre>\n"
        case .heading: markup += "<h\(level(node))>"
        case .rule: markup += "<hr>\n"
        case .text: markup += NamedText.render(node.literal)
        case .softBreak: markup += "\n"
        case .hardBreak: markup += "<br>\n"
        case .inlineCode: markup += "<code>\(NamedText.render(node.literal))</code>"
        case .inlineHTML: markup += inlineHTML(node.literal)
        case .emphasis: markup += "<em>"
        case .strong: markup += "<strong>"
        case .strikethrough: markup += "<s>"
        case .link, .image: openLink(node)
        case .table: markup += "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table\"><table>\n"
        case .row:
            column = 0
            markup += node.isHeader ? "<thead><tr>" : "<tr>"
        case .cell:
            let alignment: HTML = "\(attribute: "class", node.alignment(ofColumn: column))"
            markup += node.isHeader ? "<th scope=\"col\"\(alignment)>" : "<td\(alignment)>"
            column += 1
        }
    }

    mutating func leave(_ node: MarkdownNode) {
        switch node.kind {
        case .paragraph: if !node.isTight { markup += "</p>\n" }
        case .quote: markup += "</blockquote>\n"
        case .list: markup += node.listStart == nil ? "</ul>\n" : "</ol>\n"
        case .item: markup += "</li>\n"
        case .heading: markup += "</h\(level(node))>\n"
        case .emphasis: markup += "</em>"
        case .strong: markup += "</strong>"
        case .strikethrough: markup += "</s>"
        case .link, .image: if openLinks.popLast() == true { markup += "</a>" }
        case .table: markup += "</table></div>\n"
        case .row: markup += node.isHeader ? "</tr></thead>\n" : "</tr>\n"
        case .cell: markup += node.isHeader ? "</th>" : "</td>"
        case .document, .code, .html, .rule, .text, .softBreak, .hardBreak, .inlineCode, .inlineHTML, .other: break
        }
    }

    private func level(_ node: MarkdownNode) -> Int { min(6, headingLevel + node.headingLevel - 1) }

    private func listStart(_ node: MarkdownNode) -> HTML {
        guard let start = node.listStart else { return "<ul>\n" }
        return "<ol\(attribute: "start", start == 1 ? nil : String(start))>\n"
    }

    private func itemStart(_ node: MarkdownNode) -> HTML {
        guard let isDone = node.isDone else { return "<li>" }
        return """
            <li class="check"><span role="img" aria-label="\(isDone ? "done" : "to do")">\(isDone ? "☑" : "☐")</span> \("")
            """
    }

    /// HTML is not taken over but shown as the text it is; only a line break, which has no other way into a table, is one.
    private func inlineHTML(_ text: String) -> HTML {
        ["<br>", "<br/>", "<br />"].contains(text.lowercased()) ? "<br>" : NamedText.render(text)
    }

    /// An image would be fetched from elsewhere as soon as it is seen, so it becomes a link named by its description.
    private mutating func openLink(_ node: MarkdownNode) {
        let isLink = !openLinks.contains(true) && Self.isAllowed(node.address)
        openLinks.append(isLink)
        if isLink { markup += "<a href=\"\(node.address)\" rel=\"noopener noreferrer nofollow\">" }
        if node.kind == .image { markup += "<span class=\"label\">image</span> " }
    }

    /// Addresses of the web and of mail; all others run programs, read files, or lead into our own pages by mistake.
    static func isAllowed(_ address: String) -> Bool {
        let lowercased = address.prefix(8).lowercased()
        return ["https://", "http://", "mailto:"].contains { lowercased.hasPrefix($0) }
    }
}
