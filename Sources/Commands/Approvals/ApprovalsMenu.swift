internal import Client
internal import Core

/// What `signalbox approvals` shows, and what its keys mean: the open requests in a list, of which one may be shown in
/// full. It asks and writes nothing by itself.
struct ApprovalsMenu: Sendable {
    /// What a key asks for.
    enum Action: Sendable, Hashable {
        case leave
        /// Show this request in full.
        case show(String)
        /// Decide about it, beginning with the choice of that letter.
        /// - Parameter isSeen: whether it is shown in full.
        case decide(String, letter: Character, isSeen: Bool)
    }

    /// Lines that a key for a page leaves standing.
    private static let overlap = 2

    private(set) var approvals: [Approval] = []
    /// How many are open in all; nil before the first answer.
    private(set) var total: Int?
    private(set) var place = 0
    /// The one that is shown in full, and the first of its lines that is.
    private(set) var shown: Approval?
    private var top = 0
    /// How many lines were there for the requests when it was drawn last.
    private var room = 10
    private var shownLineCount = 0
    /// Said below: what came of a decision, what was wrong.
    var message: String?
    var isLost = false

    /// The one that is meant by a key.
    var selected: Approval? { shown ?? (approvals.indices.contains(place) ? approvals[place] : nil) }

    /// Takes what is open now; the same request stays selected while it is.
    mutating func take(_ page: ApprovalPage) {
        let id = approvals.indices.contains(place) ? approvals[place].id : nil
        approvals = page.approvals
        total = page.total
        isLost = false
        place = approvals.firstIndex { $0.id == id } ?? max(0, min(place, approvals.count - 1))
    }

    /// Shows a request in full, or as it is now.
    mutating func show(_ approval: Approval) {
        if shown?.id != approval.id { top = 0 }
        shown = approval
    }

    /// Goes back to the list.
    mutating func closeShown() {
        shown = nil
        top = 0
    }

    /// Does what a key means.
    mutating func press(_ key: Key) -> Action? {
        message = nil
        if shown != nil { return pressShown(key) }
        switch key {
        case .up, .character("k"): move(by: -1)
        case .down, .character("j"): move(by: 1)
        case .pageUp: move(by: -max(1, room - Self.overlap))
        case .pageDown, .character(" "): move(by: max(1, room - Self.overlap))
        case .first: move(by: -approvals.count)
        case .last: move(by: approvals.count)
        case .enter: return selected.map { .show($0.id) }
        case .character("q"): return .leave
        case .character(let letter): return selected.map { .decide($0.id, letter: letter, isSeen: false) }
        case .back, .other: break
        }
        return nil
    }

    private mutating func pressShown(_ key: Key) -> Action? {
        switch key {
        case .up, .character("k"): scroll(by: -1)
        case .down, .character("j"): scroll(by: 1)
        case .pageUp: scroll(by: -max(1, room - Self.overlap))
        case .pageDown, .character(" "): scroll(by: max(1, room - Self.overlap))
        case .first: top = 0
        case .last: scroll(by: shownLineCount)
        case .enter, .back, .character("l"): closeShown()
        case .character("q"): return .leave
        case .character(let letter): return shown.map { .decide($0.id, letter: letter, isSeen: true) }
        case .other: break
        }
        return nil
    }

    private mutating func move(by count: Int) {
        place = max(0, min(place + count, approvals.count - 1))
    }

    private mutating func scroll(by count: Int) {
        top = max(0, min(top + count, shownLineCount - room))
    }
}

extension ApprovalsMenu {
    /// The lines of this moment, as many as fit.
    mutating func lines(_ size: Output.Size, at now: Timestamp, style: Style) -> [String] {
        let notes = [isLost ? ConnectionText.brief : message].compactMap(\.self)
            .map { style.yellow(DisplayText.truncated(DisplayText.line($0), to: size.columns)) }
        room = max(1, size.rows - 3 - notes.count)
        let body = shown.map { shownLines($0, size, at: now, style) } ?? listLines(size, at: now, style)
        let keys = shown == nil ? listKeys : shownKeys
        return body + [""] + notes + [style.faint(DisplayText.truncated(keys, to: size.columns))]
    }

    private var listKeys: String {
        approvals.isEmpty
            ? "q leaves" : "↑↓ or j k choose · Enter shows · a r e l … decide · q leaves"
    }

    private var shownKeys: String {
        do {
            let choices = try shown.map { $0.isOpen ? try RequestDialog.Choice.all($0) : [] } ?? []
            let menu = choices.isEmpty ? "" : RequestDialog.Choice.menu(choices) + " · "
            return menu + "Esc back · q leaves"
        } catch {
            // A form that cannot be read can be seen all the same; whoever decides is told.
            return "Esc back · q leaves"
        }
    }

    private mutating func listLines(_ size: Output.Size, at now: Timestamp, _ style: Style) -> [String] {
        guard let total else { return ["…"] }
        guard !approvals.isEmpty else { return ["Nothing waits for a person."] }
        var table = Table(columns: [
            Table.Column(title: " "), Table.Column(title: "ID"), Table.Column(title: "Kind"),
            Table.Column(title: "Title", isFlexible: true),
            Table.Column(title: "Task", isFlexible: true, dispensability: 1),
            Table.Column(title: "Since", dispensability: 2),
        ])
        table.rows = approvals.enumerated().map { number, approval in
            let name = approval.taskName.map { " " + DisplayText.line($0) } ?? ""
            return [
                number == place ? "›" : " ", approval.id, approval.kind.rawValue, DisplayText.line(approval.title),
                "\(approval.task)\(name)", Quantity.moment(approval.requested, near: now),
            ]
        }
        let lines = table.lines(width: size.columns, style: style)
        room = max(1, room - 1)
        let first = max(0, min(place - room / 2, approvals.count - room))
        let rows = lines.dropFirst().enumerated().map { $0 == place ? style.bold($1) : $1 }
        let count = Quantity.count(Int64(total), "request")
        let verb = total == 1 ? "waits" : "wait"
        return [DisplayText.truncated("\(count) \(verb) for a person", to: size.columns), lines[0]]
            + rows.dropFirst(first).prefix(room)
    }

    private mutating func shownLines(
        _ approval: Approval, _ size: Output.Size, at now: Timestamp, _ style: Style
    ) -> [String] {
        var lines: [String]
        do {
            // Lines are broken here, and colours would be broken with them.
            lines = try ApprovalText(style: Style(hasColours: false)).lines(approval, at: now)
        } catch {
            lines = [DisplayText.line(approval.title), DisplayText.line("Its form cannot be read: \(error)")]
        }
        lines = lines.flatMap { DisplayText.wrapped($0, to: size.columns) }
        shownLineCount = lines.count
        top = max(0, min(top, lines.count - room))
        let rest = lines.count - top - room
        let more =
            rest > 0
            ? "… \(Quantity.count(Int64(rest), "more line")): ↓ or Space" : top > 0 ? "The end; ↑ goes up" : ""
        return lines.dropFirst(top).prefix(room).enumerated().map { top + $0 == 0 ? style.bold($1) : $1 }
            + [style.faint(DisplayText.truncated(more, to: size.columns))]
    }
}
