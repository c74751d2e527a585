internal import Core

/// The ways through the iterations of a long loop: links to the page's own address, which the script follows in place.
enum LoopPager: Sendable {
    static func render(_ page: LoopPageView) -> HTML {
        """
        <nav class="loop-pages" aria-label="Iterations of \(NamedText.plain(page.loop.rawValue))">\
        <span class="number">\(range(page))</span>\(ways(page))\(filter(page))\(jump(page))</nav>
        """
    }

    private static func range(_ page: LoopPageView) -> HTML {
        let total = Format.grouped(Int64(page.total))
        guard let bounds = page.bounds else {
            return page.isFailedOnly ? "No iteration has failed" : "No iteration has begun"
        }
        guard !page.isFailedOnly else { return "\(total) failed, \(marks(bounds)) here" }
        return "\(marks(bounds)) of \(total)"
    }

    /// `#50–#99`
    private static func marks(_ bounds: ClosedRange<Int>) -> HTML {
        bounds.count == 1 ? "#\(bounds.lowerBound)" : "#\(bounds.lowerBound)–#\(bounds.upperBound)"
    }

    private static func ways(_ page: LoopPageView) -> HTML {
        var ways: [HTML] = []
        if page.after != nil { ways.append(way("First", page, after: nil)) }
        if let previous = page.previous { ways.append(way("Previous", page, after: previous)) }
        if let next = page.next { ways.append(way("Next", page, after: next)) }
        if let last = page.last { ways.append(way("Latest", page, after: last)) }
        return ways.isEmpty ? .empty : "<span class=\"ways\">\(ways)</span>"
    }

    private static func way(_ word: StaticString, _ page: LoopPageView, after: Int?) -> HTML {
        link("\("\(word)")", page.address(after: after, isFailedOnly: page.isFailedOnly))
    }

    private static func filter(_ page: LoopPageView) -> HTML {
        if page.isFailedOnly { return link("Show all", page.address(after: nil, isFailedOnly: false)) }
        guard page.failed > 0 else { return .empty }
        return link(
            "Only the \(Format.grouped(Int64(page.failed))) failed", page.address(after: nil, isFailedOnly: true))
    }

    private static func link(_ word: HTML, _ address: LoopPageAddress) -> HTML {
        "<a href=\"\(address.onTaskPage)\" data-parts=\"\(address.fragment)\">\(word)</a>"
    }

    private static func jump(_ page: LoopPageView) -> HTML {
        let id = "\(ElementID.step(page.loop))-jump"
        let address = StepAddress(task: page.task, step: page.loop)
        return """
            <form action="/tasks/\(page.task.rawValue)" data-parts="\(address.fragment("parts"))">\
            <input type="hidden" name="step" value="\(page.loop.rawValue)">\
            <label for="\(id)">Go to #</label><input id="\(id)" name="iteration" type="text" inputmode="numeric" \
            pattern="[0-9]+" maxlength="9" required autocomplete="off"><button class="quiet">Go</button></form>
            """
    }
}
