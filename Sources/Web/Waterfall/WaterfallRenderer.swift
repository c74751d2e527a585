internal import Core

/// Draws what took how long: on the left the tree, on the right a bar for each stretch of time.
enum WaterfallRenderer: Sendable {
    static func render(_ view: WaterfallView, now: Timestamp) -> HTML {
        let axis = TimeAxis(
            from: view.from, to: view.to, isOpen: view.isRunning, folds: view.isWallTime ? [] : view.idle)
        // Nothing is at work where the axis ends with a fold.
        let running = view.isRunning && axis.to > view.to ? "true" : nil
        // The script takes the axis for one without folds: it ends in the same way, and nothing before that grows.
        let start = axis.to.millisecondsSinceEpoch - axis.length
        return """
            <section class="panel waterfall" aria-labelledby="waterfall-heading" data-from="\(start)" \
            data-to="\(axis.to.millisecondsSinceEpoch)"\(attribute: "data-running", running)>
            <div class="panel-head"><h2 id="waterfall-heading">Waterfall\(focus(view))</h2>\(times(view), if: !view.idle.isEmpty)\(legend)</div>
            <svg class="patterns" width="0" height="0" aria-hidden="true"><defs>\(hatch("wait"))\(hatch("human"))</defs></svg>
            <div class="wf-axis" aria-hidden="true"><span></span><svg class="wf-marks" height="20">\(axis.marks.map { mark($0, axis) })\
            \(axis.folds.map { word(of: $0, axis) })</svg><span></span></div>
            <div class="wf-body"><div class="wf-grid" aria-hidden="true"><span></span><svg width="100%" height="100%">\
            \(axis.folds.map { band($0, axis) })\(axis.marks.map { line($0.offset, axis) })</svg><span></span></div>
            <ol class="wf-rows">\(view.rows.map { row($0, axis, now: now) })</ol></div>
            \(folded(axis), if: !axis.folds.isEmpty)\(view.notes.map { "<p class=\"dim wf-note\">\($0)</p>" as HTML })\(pages(view))
            </section>
            """
    }

    private static func focus(_ view: WaterfallView) -> HTML {
        guard let focus = view.focus else { return .empty }
        let up = WaterfallAddress(task: view.task, focus: focus.parent, isWallTime: view.isWallTime).path
        return """
             of <span class="name">\(NamedText.render(focus.rawValue))</span> <a class="button quiet" href="\(up)">\
            \(Icons.up)<span>\(focus.parent == nil ? "Whole task" : "One level up")</span></a>
            """
    }

    /// The way from one axis to the other.
    private static func times(_ view: WaterfallView) -> HTML {
        let links = [(false, "Active time"), (true, "Wall time")].map { isWall, word -> HTML in
            let current = isWall == view.isWallTime ? "true" : nil
            return """
                <a class="button" href="\(view.address(isWallTime: isWall).path)"\(attribute: "aria-current", current)>\(word)</a>
                """
        }
        return "<nav class=\"segments\" aria-label=\"How long waits are drawn\">\(links)</nav>"
    }

    /// What is drawn short, in words.
    private static func folded(_ axis: TimeAxis) -> HTML {
        let sum = axis.folds.reduce(0) { $0 + length($1) }
        let what = axis.folds.count == 1 ? "One wait is" : "\(axis.folds.count) waits are"
        return """
            <p class="dim wf-note">\(what) drawn short, \(Format.duration(milliseconds: sum)) in which no step worked. \
            The axis counts the rest.</p>
            """
    }

    private static func length(_ fold: ClosedRange<Timestamp>) -> Int64 {
        fold.upperBound.milliseconds(since: fold.lowerBound)
    }

    private static func band(_ fold: ClosedRange<Timestamp>, _ axis: TimeAxis) -> HTML {
        """
        <rect class="wf-fold" x="\(axis.share(of: fold.lowerBound))" y="0" \
        width="\(axis.share(from: fold.lowerBound, to: fold.upperBound))" height="100%"/>
        """
    }

    /// How long a fold was, in its middle.
    private static func word(of fold: ClosedRange<Timestamp>, _ axis: TimeAxis) -> HTML {
        let middle = (axis.offset(of: fold.lowerBound) + axis.offset(of: fold.upperBound)) / 2
        return """
            <text class="wf-fold-word" x="\(axis.share(ofMilliseconds: middle))" y="14" text-anchor="middle">\
            \(Format.duration(milliseconds: length(fold)))</text>
            """
    }

    private static let legend: HTML = """
        <p class="wf-legend dim"><span class="key key-work">Work</span><span class="key key-turn">Model</span>\
        <span class="key key-tool">Tool</span><span class="key key-wait">Waits</span><span class="key key-human">A person is asked</span></p>
        """

    /// Slanted lines: nothing is done in there.
    private static func hatch(_ name: StaticString) -> HTML {
        """
        <pattern id="wf-\("\(name)")" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">\
        <rect class="hatch-\("\(name)")" width="2.4" height="6"/></pattern>
        """
    }

    private static func mark(_ mark: (milliseconds: Int64, offset: Int64), _ axis: TimeAxis) -> HTML {
        """
        <text x="\(axis.share(ofMilliseconds: mark.offset))" y="14" dx="3">\
        \(mark.milliseconds == 0 ? "0" : Format.duration(milliseconds: mark.milliseconds))</text>
        """
    }

    private static func line(_ milliseconds: Int64, _ axis: TimeAxis) -> HTML {
        let place = axis.share(ofMilliseconds: milliseconds)
        return "<line x1=\"\(place)\" x2=\"\(place)\" y1=\"0\" y2=\"100%\"/>"
    }

    private static func row(_ row: WaterfallRow, _ axis: TimeAxis, now: Timestamp) -> HTML {
        let name: HTML = "<span class=\"name\">\(NamedText.render(FlowWords.short(row.name, 60)))</span>"
        let label: HTML =
            row.address.map { "<a class=\"wf-name\" href=\"\(Address.own($0))\">\(name)</a>" }
            ?? "<span class=\"wf-name\" tabindex=\"0\">\(name)</span>"
        let focus: HTML =
            row.focusAddress.map { address in
                """
                <a class="wf-focus" href="\(address)" aria-label="Show \(NamedText.plain(row.name)) by itself" \
                title="Show it by itself">\(Icons.search)</a>
                """
            } ?? .empty
        return """
            <li class="wf-row tone-\((row.state?.tone ?? .gray).rawValue)" id="\(row.id)">\
            <div class="wf-label depth-\(min(row.depth, 8))">\(row.state.map(Icons.lamp) ?? "<span class=\"wf-dot\"></span>")\
            \(label)<span class="kind">\(NamedText.render(row.kind))</span>\(focus)</div>\
            <svg class="wf-bars" height="18" aria-hidden="true">\(row.bars.map { bar($0, axis, now: now) })</svg>\
            <span class="wf-time">\(duration(of: row, now: now))</span>\(detail(of: row, axis, now: now))</li>

            """
    }

    private static func bar(_ bar: WaterfallBar, _ axis: TimeAxis, now: Timestamp) -> HTML {
        let end = max(bar.from, bar.to ?? now)
        let start = axis.to.millisecondsSinceEpoch - axis.length + axis.offset(of: bar.from)
        let grows = bar.to == nil ? String(start) : nil
        let (top, height) = bar.kind == .whole ? (6, 5) : (3, 11)
        return """
            <rect class="wf-bar \(bar.kind.rawValue) tone-\(bar.state.tone.rawValue)" x="\(axis.share(of: bar.from))" y="\(top)" \
            width="\(axis.share(from: bar.from, to: end))" height="\(height)" rx="2"\(attribute: "data-grows", grows)/>
            """
    }

    private static func duration(of row: WaterfallRow, now: Timestamp) -> HTML {
        guard let first = row.bars.map(\.from).min() else { return Parts.absent("not begun") }
        if row.bars.contains(where: { $0.to == nil }) { return Parts.duration(.counting(since: first), now: now) }
        let last = row.bars.compactMap(\.to).max() ?? first
        return Parts.duration(.fixed(milliseconds: max(0, last.milliseconds(since: first))), now: now)
    }

    /// The exact times, which are shown while the row is pointed at or has the focus.
    private static func detail(of row: WaterfallRow, _ axis: TimeAxis, now: Timestamp) -> HTML {
        guard !row.bars.isEmpty else { return .empty }
        let shown = row.bars.prefix(8).map { bar -> HTML in
            let length = (bar.to ?? now).milliseconds(since: bar.from)
            let end: HTML = bar.to.map { "\(Self.offset($0, axis))" } ?? "now"
            return """
                <li><b>\(NamedText.render(FlowWords.short(bar.words, 60)))</b> \(Parts.timeOfDay(bar.from)) \
                <span class="number">\(offset(bar.from, axis)) to \(end), \(Format.duration(milliseconds: length))</span> \
                <span class="dim">\(bar.state.word)</span></li>
                """
        }
        let rest = row.bars.count - shown.count
        return """
            <ul class="wf-detail">\(shown)\("<li class=\"dim\">\(rest) more</li>", if: rest > 0)</ul>
            """
    }

    /// `+12.345 s` from where the axis begins.
    private static func offset(_ moment: Timestamp, _ axis: TimeAxis) -> String {
        let milliseconds = moment.milliseconds(since: axis.from)
        let rest = String(1_000 + abs(milliseconds) % 1_000).dropFirst()
        return "\(milliseconds < 0 ? "−" : "+")\(Format.grouped(abs(milliseconds) / 1_000)).\(rest) s"
    }

    private static func pages(_ view: WaterfallView) -> HTML {
        guard view.previous != nil || view.next != nil else { return .empty }
        let link = { (address: String?, word: StaticString) -> HTML in
            address.map { "<a class=\"button\" href=\"\($0)\">\("\(word)")</a>" } ?? .empty
        }
        return """
            <nav class="wf-pages" aria-label="Iterations">\(link(view.previous, "Earlier iterations"))\
            \(link(view.next, "Later iterations"))</nav>
            """
    }
}
