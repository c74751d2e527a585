/// First, previous, next and last page of the list, as plain links.
enum Pager: Sendable {
    static func render(page: Int, pageCount: Int, pageSize: Int, total: Int, path: String) -> HTML {
        let first = (page - 1) * pageSize + 1
        let last = min(total, page * pageSize)
        return """
            <nav class="pager" aria-label="Pages">
            <span class="dim number">\(Format.grouped(Int64(first)))–\(Format.grouped(Int64(last))) of \
            \(Format.grouped(Int64(total)))</span>
            <span class="links">\
            \(link("First", at: path, to: 1, if: page > 1))\
            \(link("Previous", at: path, to: page - 1, if: page > 1, relation: "prev"))\
            <span class="number">Page \(page) of \(pageCount)</span>\
            \(link("Next", at: path, to: page + 1, if: page < pageCount, relation: "next"))\
            \(link("Last", at: path, to: pageCount, if: page < pageCount))</span>
            </nav>
            """
    }

    private static func link(
        _ word: String, at path: String, to page: Int, if isPossible: Bool, relation: String? = nil
    ) -> HTML {
        guard isPossible else { return "<span class=\"button off\" aria-disabled=\"true\">\(word)</span>" }
        return "<a class=\"button\" href=\"\(path)?page=\(page)\"\(attribute: "rel", relation)>\(word)</a>"
    }
}
