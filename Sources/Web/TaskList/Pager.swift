/// First, previous, next and last page of a list, as plain links.
struct Pager: Sendable {
    /// From 1.
    var page: Int
    var pageCount: Int
    var pageSize: Int
    var total: Int
    /// False when there are more than `total`; then nobody knows the last page.
    var isTotalExact = true
    /// Where the next page is, if its number does not say it.
    var next: String?
    /// Whether the page begins where another one has ended, and has no number.
    var isUnnumbered = false
    /// Whether links change the page in place.
    var isInPlace = false
    /// What is said to screen readers.
    var label = "Pages"

    /// - Parameter address: where a page is.
    func render(_ address: (Int) -> String) -> HTML {
        let isFirst = page <= 1 && !isUnnumbered
        let hasNext = next != nil || (page < pageCount && !isUnnumbered)
        return """
            <nav class="pager" aria-label="\(label)">
            <span class="dim number">\(range)</span>
            <span class="links">\
            \(link("First", isFirst ? nil : address(1)))\
            \(link("Previous", isFirst || isUnnumbered ? nil : address(page - 1), relation: "prev"))\
            \("<span class=\"number\">\(place)</span>", if: !isUnnumbered)\
            \(link("Next", hasNext ? next ?? address(page + 1) : nil, relation: "next"))\
            \(link("Last", isTotalExact && page < pageCount ? address(pageCount) : nil), if: isTotalExact)</span>
            </nav>
            """
    }

    private var place: String {
        isTotalExact ? "Page \(Format.grouped(Int64(page))) of \(Format.grouped(Int64(pageCount)))" : "Page \(page)"
    }

    private var range: String {
        let total = Format.grouped(Int64(total)) + (isTotalExact ? "" : "+")
        guard !isUnnumbered else { return "of \(total)" }
        let first = min(self.total, (page - 1) * pageSize + 1)
        let last = isTotalExact ? min(self.total, page * pageSize) : page * pageSize
        return "\(Format.grouped(Int64(first)))–\(Format.grouped(Int64(last))) of \(total)"
    }

    private func link(_ word: String, _ path: String?, relation: String? = nil) -> HTML {
        guard let path else { return "<span class=\"button off\" aria-disabled=\"true\">\(word)</span>" }
        return """
            <a class="button" href="\(path)"\(attribute: "rel", relation)\(attribute: "data-go", isInPlace ? "top" : nil)>\
            \(word)</a>
            """
    }
}
