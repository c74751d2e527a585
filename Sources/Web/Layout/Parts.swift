internal import Core

/// Small pieces that several pages share.
enum Parts: Sendable {
    /// Lamp and word.
    /// - Parameters:
    ///   - word: what is said instead of the state's own word.
    ///   - count: how many things it is about, when there are several.
    static func badge(_ state: DisplayState, word: String? = nil, count: Int = 0) -> HTML {
        """
        <span class="badge tone-\(state.tone.rawValue)">\(Icons.lamp(state))<span class="word">\(word ?? state.word)</span>\
        \("<span class=\"count\">\(count)</span>", if: count > 1)</span>
        """
    }

    /// Where the script says in a dialog why something was not done.
    static let problem: HTML = "<p class=\"problem\" role=\"alert\" hidden></p>"

    /// What is wrong with a single control, below it. The script takes it away when the control is changed.
    static func mistake(_ text: String?, id: String) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"problem\" id=\"\(id)-problem\" role=\"alert\">\(text)</p>"
    }

    /// The attributes of the control that `mistake` is about.
    static func mistaken(_ text: String?, id: String) -> HTML {
        guard text != nil else { return .empty }
        return " aria-invalid=\"true\" aria-describedby=\"\(id)-problem\""
    }

    /// How long it is until that moment, which the script counts down; exact on hover.
    /// - Parameter verb: what happens then: `expires`.
    static func countdown(to moment: Timestamp, verb: StaticString, now: Timestamp) -> HTML {
        let left = moment.milliseconds(since: now)
        let text = left > 0 ? "in \(Format.duration(milliseconds: left / 1000 * 1000))" : "now"
        return """
            \("\(verb)") <time class="number" datetime="\(moment.rfc3339)" title="\(Format.exact(moment))" \
            data-show="until">\(text)</time>
            """
    }

    /// A sentence in which that moment, if it stands there as the journal writes it, is shown as people read it.
    static func sentence(_ text: String, until moment: Timestamp?) -> HTML {
        guard let moment, let range = text.firstRange(of: moment.rfc3339) else { return NamedText.render(text) }
        let (before, after) = (String(text[..<range.lowerBound]), String(text[range.upperBound...]))
        return "\(NamedText.render(before))\(exact(moment))\(NamedText.render(after))"
    }

    /// The same for where only words can stand.
    static func plainSentence(_ text: String, until moment: Timestamp?) -> String {
        guard let moment, let range = text.firstRange(of: moment.rfc3339) else { return NamedText.plain(text) }
        return NamedText.plain("\(text[..<range.lowerBound])\(Format.exact(moment))\(text[range.upperBound...])")
    }

    /// A link to a task, with its state where that is known.
    static func task(_ link: TaskLinkView) -> HTML {
        let name: HTML = link.name.map { " <span class=\"name\">\(NamedText.render($0))</span>" } ?? .empty
        let badge = link.state.map { Parts.badge($0, word: link.word) } ?? .empty
        let address =
            link.step.map { StepAddress(task: link.number, step: $0).onTaskPage } ?? "/tasks/\(link.number.rawValue)"
        return """
            <span class="task-link"><a href="\(address)">\
            <span class="ordinal">\(link.number.description)</span>\(name)</a>\(badge)</span>
            """
    }

    /// How long ago, exact on hover; the script keeps it right and turns it to the viewer's zone.
    static func age(_ moment: Timestamp, now: Timestamp) -> HTML {
        """
        <time datetime="\(moment.rfc3339)" title="\(Format.exact(moment))" data-show="age">\
        \(Format.age(of: moment, at: now))</time>
        """
    }

    /// Date and time; the script turns it to the viewer's zone.
    static func exact(_ moment: Timestamp) -> HTML {
        """
        <time datetime="\(moment.rfc3339)" title="\(Format.exact(moment))" data-show="exact">\
        \(Format.exact(moment))</time>
        """
    }

    /// A moment that comes after another one: the time of day alone while it is the same day. The script turns both to
    /// the viewer's zone.
    static func exact(_ moment: Timestamp, after earlier: Timestamp) -> HTML {
        """
        <time datetime="\(moment.rfc3339)" title="\(Format.exact(moment))" data-show="later" \
        data-after="\(earlier.rfc3339)">\(Format.exact(moment, after: earlier))</time>
        """
    }

    /// Time of day; the script turns it to the viewer's zone.
    static func timeOfDay(_ moment: Timestamp) -> HTML {
        """
        <time datetime="\(moment.rfc3339)" title="\(Format.exact(moment))" data-show="clock">\
        \(Format.timeOfDay(moment))</time>
        """
    }

    /// A duration, which the script counts up while the thing runs.
    static func duration(_ duration: DurationView, now: Timestamp) -> HTML {
        switch duration {
        case .notStarted:
            return absent("not started")
        case .fixed(0):
            return "<span class=\"number\">&lt;1ms</span>"
        case .fixed(let milliseconds):
            return "<span class=\"number\">\(Format.duration(milliseconds: milliseconds))</span>"
        case .counting(let since, let before):
            let milliseconds = before + max(0, now.milliseconds(since: since))
            return """
                <span class="number" data-since="\(since.millisecondsSinceEpoch)" data-before="\(before)">\
                \(Format.duration(milliseconds: milliseconds))</span>
                """
        }
    }

    /// The active time of a task; on hover how long it has taken by the clock, which the script keeps right.
    static func duration(of row: TaskRowView, now: Timestamp) -> HTML {
        guard let started = row.startedAt else { return duration(row.duration, now: now) }
        let wall = Format.duration(milliseconds: max(0, (row.endedAt ?? now).milliseconds(since: started)))
        let since = row.endedAt == nil ? "\(started.millisecondsSinceEpoch)" : nil
        return """
            <span title="\(wall) by the clock"\(attribute: "data-clock", since)>\(duration(row.duration, now: now))</span>
            """
    }

    /// All tokens; how they split on hover.
    static func tokens(_ tokens: TokensView?) -> HTML {
        guard let tokens else { return absent("no model was called") }
        return """
            <span class="number" title="\(Format.grouped(tokens.prompt)) prompt + \
            \(Format.grouped(tokens.completion)) completion\(tokens.split.isEmpty ? "" : ": \(tokens.split)")">\
            \(Format.grouped(tokens.total))</span>
            """
    }

    /// An amount, or the word that it is not known.
    static func cost(_ cost: CostView) -> HTML {
        switch cost {
        case .none: absent("no model was called")
        case .unknown: "<span class=\"dim\" title=\"There is no price for this model\">unknown</span>"
        case .atLeast(let amount):
            """
            <span class="dim" title="At least \(Format.dollars(nanoDollars: amount)): there is no price for one of its models">\
            unknown</span>
            """
        case .nanoDollars(let amount):
            """
            <span class="number" title="Exactly $\(Money(rawValue: amount).description)">\
            \(Format.dollars(nanoDollars: amount))</span>
            """
        }
    }

    /// The same where there is room: what is known of an unknown amount stands beside it.
    static func wholeCost(_ cost: CostView) -> HTML {
        guard case .atLeast(let amount) = cost else { return Self.cost(cost) }
        return """
            \(Self.cost(cost)) <span class="dim number" title="At least $\(Money(rawValue: amount).description)">\
            (at least \(Format.dollars(nanoDollars: amount)))</span>
            """
    }

    /// A dash that says on hover, and to screen readers, why there is nothing.
    static func absent(_ why: String) -> HTML {
        """
        <span class="dim" title="\(why)"><span aria-hidden="true">–</span><span class="hidden">\(why)</span></span>
        """
    }

    /// The model's name; a script is always called one.
    static func model(_ model: ModelView) -> HTML {
        let name = NamedText.render(model.shortName)
        return """
            \(scriptLabel, if: model.isScript)\
            <span class="model" title="\(NamedText.plain(model.name))">\(model.isDefault ? "Default (\(name))" : name)</span>\
            \(others(model.others), if: !model.others.isEmpty)
            """
    }

    private static func others(_ names: [String]) -> HTML {
        " <span class=\"dim\" title=\"\(NamedText.plain(names.joined(separator: ", ")))\">+\(names.count)</span>"
    }

    private static let scriptLabel: HTML = """
        <span class="label" title="These answers come from a file, not from a model">script</span> \("")
        """

    /// The thin bar of the list, a section of track per step; the words beside it say the same.
    static func bar(_ progress: ProgressView, state: DisplayState) -> HTML {
        let width = 120
        let total = max(1, progress.total)
        let finished = min(max(0, progress.finished), total)
        // Beyond a dozen the sections would be thinner than the gaps between them.
        let isPlain = total > 12
        let sections = isPlain ? 1 : total
        let gap = 3
        let section = (width - (sections - 1) * gap) / sections
        let pieces = (0..<sections).map { place -> HTML in
            let isCurrent = place == finished && state == .running
            let kind = isPlain ? "rest" : place < finished ? "done" : isCurrent ? "now" : "rest"
            return
                "<rect class=\"\(kind)\" x=\"\(place * (section + gap))\" width=\"\(section)\" height=\"4\" rx=\"2\"/>"
        }
        let whole: HTML = "<rect class=\"done\" width=\"\(width * finished / total)\" height=\"4\" rx=\"2\"/>"
        return """
            <svg class="bar tone-\(state.tone.rawValue)" viewBox="0 0 \(width) 4" preserveAspectRatio="none" \
            aria-hidden="true">\(pieces)\(whole, if: isPlain)</svg>
            """
    }

    /// A button that copies the text of an element of the page.
    static func copyButton(element id: String, what: String) -> HTML {
        """
        <button type="button" class="quiet" data-copy="\(id)" aria-label="Copy \(what)">\
        \(Icons.copy)<span>Copy</span></button>
        """
    }

    /// A button that copies a text that does not stand on the page as it is.
    static func copyButton(text: String, what: String) -> HTML {
        """
        <button type="button" class="quiet" data-copy-text="\(text)" aria-label="Copy \(what)">\
        \(Icons.copy)<span>Copy</span></button>
        """
    }

    /// A button that copies what an address answers.
    static func copyButton(path: String, what: String) -> HTML {
        """
        <button type="button" class="quiet" data-copy-from="\(Address.own(path))" aria-label="Copy \(what)">\
        \(Icons.copy)<span>Copy</span></button>
        """
    }

    /// A link that saves what an address answers.
    static func downloadLink(path: String, what: String) -> HTML {
        """
        <a class="button quiet" href="\(Address.own(path))" download aria-label="Download \(what)">\
        \(Icons.download)<span>Download</span></a>
        """
    }
}
