internal import Core
internal import Engine

/// One thing that happened, with the time beside it.
enum TimelineEntry: Sendable {
    /// - Parameter before: when the entry before it was; nil for the first of a page.
    static func render(_ entry: TimelineEntryView, of task: TaskNumber, after before: Timestamp?) -> HTML {
        let id = "event-\(entry.position.rawValue)"
        return """
            <li class="entry \(kind(entry.body)) tone-\((entry.state?.tone ?? .gray).rawValue)" id="\(id)">\
            \(day(entry.at, after: before))\(Parts.timeOfDay(entry.at))<div class="what">\(what(Shown(entry: entry, task: task), id: id))</div></li>

            """
    }

    /// An entry with the task that its links lead to.
    private struct Shown {
        var entry: TimelineEntryView
        var task: TaskNumber

        /// Where the step stands that it is about.
        var step: HTML {
            guard let path = entry.step else { return .empty }
            let address = StepAddress(task: task, step: path).onTaskPage
            return "<a class=\"name\" href=\"\(address)\">\(NamedText.render(path.rawValue))</a> "
        }

        var lamp: HTML { entry.state.map(Icons.lamp) ?? "<span class=\"lamp\"></span>" }
    }

    private static func kind(_ body: TimelineEntryView.Body) -> HTML {
        switch body {
        case .status, .waited: "info"
        case .ended: "ended"
        case .turn: "turned"
        case .tool: "called"
        case .asked: "asked"
        case .result: "result"
        }
    }

    /// The day where it may be another one than before. Only the viewer's zone tells: the script empties what is none.
    private static func day(_ moment: Timestamp, after before: Timestamp?) -> HTML {
        let quarter: Int64 = 900_000
        if let before, before.millisecondsSinceEpoch / quarter == moment.millisecondsSinceEpoch / quarter {
            return .empty
        }
        let isSame = before.map { $0.rfc3339.prefix(10) == moment.rfc3339.prefix(10) } ?? false
        let text = isSame ? "" : String(moment.rfc3339.prefix(10))
        return """
            <time class="day" datetime="\(moment.rfc3339)" data-show="day"\
            \(attribute: "data-after", before?.rfc3339)>\(text)</time>
            """
    }

    private static func what(_ shown: Shown, id: String) -> HTML {
        switch shown.entry.body {
        case .status(let sentence): line(shown, NamedText.render(sentence))
        case .ended(let end): ended(shown, end, id: id)
        case .turn(let turn): self.turn(shown, turn, id: id)
        case .tool(let call):
            "\(head(shown))\(ToolCallBlock.render(call, id: "\(id)-call", foldsWhy: true))"
        case .asked(let asked): self.asked(shown, asked)
        case .waited(let waited): self.waited(shown, waited)
        case .result(let result): self.result(shown, result)
        }
    }

    private static func line(_ shown: Shown, _ words: HTML) -> HTML {
        "<p class=\"sentence\">\(shown.lamp)\(shown.step)\(words)</p>"
    }

    /// Whose call or answer it is, above what stands in a box of its own.
    private static func head(_ shown: Shown, _ more: HTML = .empty) -> HTML {
        guard shown.entry.step != nil else { return more }
        return "<p class=\"by\">\(shown.step)\(run(shown))\(more)</p>"
    }

    private static func run(_ shown: Shown) -> HTML {
        guard let run = shown.entry.run, run.rawValue > 1 else { return .empty }
        return "<span class=\"dim\">run \(run.rawValue)</span> "
    }

    private static func ended(_ shown: Shown, _ end: StepEndView, id: String) -> HTML {
        let code: HTML =
            end.exitCode.map { code in
                " <span class=\"label\(code == 0 ? "" : " bad")\">exit code \(code)</span>"
            } ?? .empty
        let problem: HTML = end.problem.map { "<p class=\"bad\">\(NamedText.render($0))</p>" } ?? .empty
        let isBad = end.problem != nil
        return """
            \(line(shown, "\(NamedText.render(end.sentence))\(code)"))\(problem)\
            \(PayloadBlock.render(end.stderr, id: "\(id)-stderr", name: "stderr", isFolded: !isBad))\
            \(PayloadBlock.render(end.stdout, id: "\(id)-stdout", name: "stdout", isFolded: true))\
            \(PayloadBlock.render(end.output, id: "\(id)-output", name: "Output", isFolded: true))
            """
    }

    private static func turn(_ shown: Shown, _ turn: TurnView, id: String) -> HTML {
        let trace: HTML =
            turn.path.map { path -> HTML in
                "<a class=\"trace-link\" href=\"\(Address.own(path))\" data-trace>Trace</a>"
            } ?? .empty
        let calls: HTML =
            turn.calls.isEmpty
            ? .empty
            : "<p class=\"dim\">Wants \(Format.count(turn.calls.count, "tool call")).</p>"
        return """
            \(head(shown, "\(TurnList.facts(turn))\(trace)"))<div class="turn">\(TurnList.spoken(turn, id: id))</div>\(calls)
            """
    }

    private static func asked(_ shown: Shown, _ asked: AskedView) -> HTML {
        let asks: HTML = """
            \(asked.kind == .question ? "asks a question" : "asks a person"): <b>\(NamedText.render(asked.title))</b>
            """
        guard let words = asked.words, let at = asked.decidedAt else {
            let decide: HTML = asked.id.map { " <a href=\"#\(ElementID.request($0))\">Decide</a>" } ?? .empty
            return """
                \(line(shown, asks))<p class="dim">Nobody has decided yet; asked \(Parts.exact(asked.since)).\(decide)</p>
                """
        }
        let said: HTML = asked.said.map { ": <q>\(NamedText.render($0))</q>" } ?? .empty
        let took = Format.duration(milliseconds: at.milliseconds(since: asked.since))
        return """
            \(line(shown, asks))<p><b>\(NamedText.render(words))</b>\(said) \
            <span class="dim">\(Parts.exact(at, after: asked.since)), after \(took)</span></p>
            """
    }

    private static func waited(_ shown: Shown, _ waited: WaitedView) -> HTML {
        let took: HTML =
            waited.endedAt.map { end -> HTML in
                " <span class=\"dim\">for \(Format.duration(milliseconds: end.milliseconds(since: shown.entry.at)))</span>"
            } ?? .empty
        let words = Parts.sentence(waited.sentence, until: waited.moment)
        return line(shown, "\(waited.endedAt == nil ? "waits" : "waited")\(took): \(words)")
    }

    private static func result(_ shown: Shown, _ result: TaskResultView) -> HTML {
        let problem: HTML = result.problem.map { "<p class=\"bad\">\(NamedText.render($0))</p>" } ?? .empty
        let summary: HTML = result.summary.map { "<p>\(NamedText.render($0))</p>" } ?? .empty
        let names = result.outputs.prefix(8).map { "<code>\(NamedText.render($0))</code> " as HTML }
        let outputs: HTML = "<p class=\"dim\">Hands out \(names)</p>"
        return """
            <p class="sentence">\(shown.lamp)<b>\(result.sentence)</b></p>\(problem)\(summary)\
            \(outputs, if: !names.isEmpty)
            """
    }
}
