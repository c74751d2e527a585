/// First, previous, next and last page of the list, as plain links.
enum Pager: Sendable {
    static func render(page: Int, pageCount: Int, total: Int) -> HTML {
        let first = (page - 1) * TaskListView.pageSize + 1
        let last = min(total, page * TaskListView.pageSize)
        return """
            <nav class="pager" aria-label="Pages">
            <span class="dim number">\(Format.grouped(Int64(first)))–\(Format.grouped(Int64(last))) of \
            \(Format.grouped(Int64(total)))</span>
            <span class="links">\
            \(link("First", to: 1, if: page > 1))\
            \(link("Previous", to: page - 1, if: page > 1, relation: "prev"))\
            <span class="number">Page \(page) of \(pageCount)</span>\
            \(link("Next", to: page + 1, if: page < pageCount, relation: "next"))\
            \(link("Last", to: pageCount, if: page < pageCount))</span>
            </nav>
            """
    }

    private static func link(_ word: String, to page: Int, if isPossible: Bool, relation: String? = nil) -> HTML {
        guard isPossible else { return "<span class=\"button off\" aria-disabled=\"true\">\(word)</span>" }
        return "<a class=\"button\" href=\"/tasks?page=\(page)\"\(attribute: "rel", relation)>\(word)</a>"
    }
}
