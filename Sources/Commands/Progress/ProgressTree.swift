internal import Client
internal import Core

/// A task and its steps as lines of a terminal: a function of the state, the moment and the size.
struct ProgressTree: Sendable {
    let style: Style
    /// Whether iterations that have completed are folded into the counts of their loop.
    var isFolding = true

    private static let barColumns = 20
    /// Names longer than this are cut before anything else.
    private static let nameColumnsMaximum = 28

    /// The lines, none wider than `columns`.
    /// - Parameter rows: how many lines there may be; steps that find no room are counted. Nil for all.
    func lines(_ progress: TaskProgress, at now: Timestamp, columns: Int, rows: Int? = nil) -> [String] {
        let header = [title(progress, columns), summary(progress, at: now, columns)]
        let steps = ProgressRow.rows(of: progress.steps, isFolding: isFolding, at: now)
        let layout = Layout(steps)
        let shown = Self.window(steps, rows: rows.map { $0 - header.count })
        var lines = shown.map { line(steps[$0], layout, at: now, columns: columns) }
        if let first = shown.first, first > 0 {
            lines.insert(more(first, "above", columns), at: 0)
        }
        if let last = shown.last, last < steps.count - 1 {
            lines.append(more(steps.count - 1 - last, "below", columns))
        }
        return header + lines
    }

    /// How wide the columns are.
    private struct Layout {
        var name: Int
        var kind: Int
        var duration: Int
        var tokens: Int

        init(_ rows: [ProgressRow]) {
            func widest(_ text: (ProgressRow) -> String) -> Int {
                rows.map { DisplayText.width(text($0)) }.max() ?? 0
            }
            // Names deeper in the tree begin further to the right.
            name = rows.map { min(nameColumnsMaximum, DisplayText.width($0.name)) + $0.indentation }.max() ?? 0
            kind = widest(\.kind)
            // Wide enough from the start for most, so that nothing jumps while time counts.
            duration = max(6, widest(\.duration))
            tokens = widest(\.tokens)
        }
    }

    /// The places of the steps to be shown: all, or as many as there is room for from shortly before the first that has
    /// not ended.
    private static func window(_ steps: [ProgressRow], rows: Int?) -> Range<Int> {
        guard let rows, steps.count > rows else { return steps.indices }
        let room = max(1, rows - 2)
        let first = steps.firstIndex { !$0.status.isFinal } ?? steps.count
        let start = min(max(0, first - 2), steps.count - room)
        return start..<(start + room)
    }

    private func more(_ count: Int, _ place: String, _ columns: Int) -> String {
        style.faint(DisplayText.truncated("   … \(Quantity.count(Int64(count), "step")) \(place)", to: columns))
    }

    private func title(_ progress: TaskProgress, _ columns: Int) -> String {
        style.bold(DisplayText.truncated("\(progress.number) \(DisplayText.line(progress.name))", to: columns))
    }

    private func summary(_ progress: TaskProgress, at now: Timestamp, _ columns: Int) -> String {
        let counts = progress.counts
        let status = progress.shownStatus
        var parts = [Self.word(status), "step \(counts.current) of \(counts.total)"]
        if let milliseconds = progress.milliseconds(at: now) {
            parts.append(Quantity.duration(milliseconds: milliseconds))
        }
        if let tokens = Quantity.tokens(progress.usage) { parts.append(tokens) }
        let text = parts.joined(separator: " · ")
        let full = counts.total == 0 ? 0 : min(Self.barColumns, Self.barColumns * counts.finished / counts.total)
        guard DisplayText.width(text) + Self.barColumns + 2 <= columns else {
            return DisplayText.truncated(text, to: columns)
        }
        let bar = String(repeating: "━", count: full)
        let rest = String(repeating: "━", count: Self.barColumns - full)
        return (style.hasColours ? tone(status, bar) + style.faint(rest) : asciiBar(full)) + "  " + text
    }

    /// Without colours both parts of the bar must differ by their characters.
    private func asciiBar(_ full: Int) -> String {
        String(repeating: "█", count: full) + String(repeating: "░", count: Self.barColumns - full)
    }

    private func line(_ row: ProgressRow, _ layout: Layout, at now: Timestamp, columns: Int) -> String {
        let branch = style.faint(row.branch) + icon(row.status, at: now) + " "
        // Icon and name always have their place; the rest gets what is left, the note last.
        let room = columns - 5
        let nameColumns = layout.name - row.indentation
        guard room > layout.name + 2 else {
            let left = max(1, room - row.indentation)
            return row.indentation > room - 2
                ? DisplayText.truncated(row.branch + row.name, to: max(1, columns))
                : branch + DisplayText.truncated(row.name, to: left)
        }
        var facts = "  " + DisplayText.fitted(row.kind, to: layout.kind)
        facts += "  " + DisplayText.fitted(row.duration, to: layout.duration, alignsRight: true)
        if layout.tokens > 0 { facts += "  " + DisplayText.fitted(row.tokens, to: layout.tokens, alignsRight: true) }
        facts = DisplayText.truncated(facts, to: room - layout.name)
        let rest = room - layout.name - DisplayText.width(facts) - 2
        let name = DisplayText.fitted(row.name, to: nameColumns)
        guard rest >= 8, !row.note.isEmpty else {
            return branch + name + style.faint(String(facts.reversed().drop { $0 == " " }.reversed()))
        }
        let note = DisplayText.truncated(row.note, to: rest)
        let toned =
            switch row.status {
            case .failed: style.red(note)
            case .waiting: style.yellow(note)
            default: style.faint(note)
            }
        return branch + name + style.faint(facts) + "  " + toned
    }

    private func icon(_ status: Client.StepStatus, at now: Timestamp) -> String {
        switch status {
        case .running: style.blue(Spinner.frame(at: now))
        case .completed: style.green("✓")
        case .failed: style.red("✗")
        case .waiting: style.yellow("!")
        case .skipped: style.faint("-")
        case .cancelled: style.faint("■")
        default: style.faint("○")
        }
    }

    private func tone(_ status: Client.TaskStatus, _ text: String) -> String {
        switch status {
        case .completed: style.green(text)
        case .failed: style.red(text)
        case .waiting: style.yellow(text)
        case .cancelled: style.faint(text)
        default: style.blue(text)
        }
    }

    /// `Running`
    static func word(_ status: Client.TaskStatus) -> String {
        status.rawValue.prefix(1).uppercased() + status.rawValue.dropFirst()
    }
}

/// What turns while something is at work.
enum Spinner: Sendable {
    private static let frames = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")

    /// Ten a second.
    static func frame(at now: Timestamp) -> String {
        let frame = now.millisecondsSinceEpoch.quotientAndRemainderFloored(by: 100).quotient
            .quotientAndRemainderFloored(by: Int64(frames.count)).remainder
        return String(frames[Int(frame)])
    }
}
