internal import Core

/// The timeline of a task: a stretch of what happened, newest last, and what is being said just now.
enum TimelinePanel: Sendable {
    /// The element that what is being said is put into.
    static let saidID = "timeline-said"

    static func render(_ view: TimelineView) -> HTML {
        """
        <section class="panel timeline-part" aria-labelledby="timeline-heading">
        <div class="panel-head"><h2 id="timeline-heading">Timeline</h2>\(extent(view))</div>
        \(TimelineFilterForm.render(view))
        \(body(view))
        \(pager(view))
        </section>
        """
    }

    private static func extent(_ view: TimelineView) -> HTML {
        let all = Format.count(Int(view.total), "event")
        return "<span class=\"dim number\">\(all)\(view.filter.isEmpty ? "" : " in all")</span>"
    }

    private static func body(_ view: TimelineView) -> HTML {
        guard !view.entries.isEmpty || !view.said.isEmpty || view.isNewest && view.filter.isEmpty else {
            return nothing(view)
        }
        return """
            <div id="timeline-scroll" class="timeline-scroll" tabindex="0" role="region" aria-label="What happened, newest last"\
            \(attribute: "data-newest", if: view.isNewest)>\
            \(earlier(view))<ol class="entries">\(entries(view.entries, of: view.task))</ol>\
            <ol id="\(saidID)" class="entries">\(said(view.said))</ol></div>\
            \(newest, if: view.isNewest)
            """
    }

    /// The script says in it how many events have come while somebody reads further up, and goes there.
    private static let newest: HTML = """
        <div class="newest-place"><button type="button" id="timeline-new" class="newest" hidden>New events</button></div>
        """

    private static func nothing(_ view: TimelineView) -> HTML {
        let whole = "/tasks/\(view.task.rawValue)\(TaskPart.timeline.query)"
        return """
            <div class="nothing"><p>None of \(Format.count(Int(view.total), "event")) is shown by this filter.</p>\
            <p><a class="button" href="\(whole)" data-go="keep">Show all events</a></p></div>
            """
    }

    private static func earlier(_ view: TimelineView) -> HTML {
        guard let earlier = view.earlier else { return .empty }
        return """
            <p class="earlier"><a class="button" href="\(view.address(before: earlier))" data-go="keep">\
            \(Icons.up)Earlier events</a></p>
            """
    }

    private static func pager(_ view: TimelineView) -> HTML {
        guard !view.isNewest else { return .empty }
        return """
            <nav class="timeline-pager" aria-label="Pages of the timeline"><a class="button" \
            href="\(view.address(before: nil))" data-go="keep">\(Icons.down)Newest events</a></nav>
            """
    }

    private static func entries(_ entries: [TimelineEntryView], of task: TaskNumber) -> [HTML] {
        var before: Timestamp?
        return entries.map { entry in
            defer { before = entry.at }
            return TimelineEntry.render(entry, of: task, after: before)
        }
    }

    /// What is being said, a block for each that speaks.
    static func said(_ said: [SaidView]) -> HTML {
        var groups: [(first: SaidView, parts: [SaidView])] = []
        for piece in said {
            if let last = groups.last, last.first.isSameSource(as: piece) {
                groups[groups.count - 1].parts.append(piece)
            } else {
                groups.append((piece, [piece]))
            }
        }
        return HTML(groups.map { SaidBlock.render($0.parts, of: $0.first) })
    }
}

extension TimelineView {
    /// The page of the timeline that ends before that event; nil for the newest.
    func address(before: Int64?) -> String {
        "/tasks/\(task.rawValue)\(TaskPart.timeline.query)\(filter.query)" + (before.map { "&before=\($0)" } ?? "")
    }

    /// What its stream's address says behind the name of the part: the stream goes on showing what the page shows.
    var streamQuery: String {
        let place = before.map { "&before=\($0)" } ?? "&from=\(first)"
        return filter.query + place
    }
}

/// What somebody says just now, as far as it has come.
enum SaidBlock: Sendable {
    static func render(_ parts: [SaidView], of source: SaidView) -> HTML {
        """
        <li class="entry saying tone-blue" id="\(id(source))"><span class="now">now</span>\
        <div class="what"><p class="sentence">\(Icons.lamp(.running))\(step(source)) \(words(source))</p>\
        \(parts.map { part($0, id: "\(id(source))-\($0.part)") })</div></li>
        """
    }

    private static func id(_ said: SaidView) -> String {
        let place = said.call.map { "call-" + ElementID.word($0) } ?? said.turn.map { "turn-\($0)" } ?? "program"
        return "said-\(ElementID.step(said.step))-\(said.run.rawValue)-\(place)"
    }

    private static func step(_ said: SaidView) -> HTML {
        "<span class=\"name\">\(NamedText.render(said.step.rawValue))</span>"
    }

    private static func words(_ said: SaidView) -> HTML {
        if said.call != nil { return "runs a tool" }
        guard let turn = said.turn else { return "writes" }
        return "answers <span class=\"dim\">turn \(turn)</span>"
    }

    private static func part(_ said: SaidView, id: String) -> HTML {
        let cut: HTML = "<p class=\"dim\">… its beginning is not shown.</p>"
        return "\(cut, if: said.isCut)\(content(said, id: id))"
    }

    private static func content(_ said: SaidView, id: String) -> HTML {
        switch said.kind {
        case "text": SaidText.render(said.text, id: id)
        case "thinking":
            """
            <div class="thought"><p class="dim">Thinking</p>\(PayloadBlock.content(of: .text(said.text), id: id))</div>
            """
        case "stderr":
            "<p class=\"dim\">stderr</p>\(PayloadBlock.content(of: .text(said.text), id: id))"
        default: PayloadBlock.content(of: .text(said.text), id: id)
        }
    }
}

extension SaidView {
    fileprivate func isSameSource(as other: SaidView) -> Bool {
        step == other.step && run == other.run && turn == other.turn && call == other.call
    }
}
