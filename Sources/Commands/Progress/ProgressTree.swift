internal import Client
internal import Core

/// A task and its steps as lines of a terminal: a function of the state, the moment and the size.
struct ProgressTree: Sendable {
    let style: Style

    private static let spinner = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")
    private static let barColumns = 20
    /// Names longer than this are cut before anything else.
    private static let nameColumnsMaximum = 28

    /// The lines, none wider than `columns`.
    /// - Parameter rows: how many lines there may be; steps that find no room are counted. Nil for all.
    func lines(_ progress: TaskProgress, at now: Timestamp, columns: Int, rows: Int? = nil) -> [String] {
        let header = [title(progress, columns), summary(progress, at: now, columns)]
        let steps = progress.steps.map { Row($0, at: now) }
        let layout = Layout(steps)
        let shown = Self.window(progress.steps, rows: rows.map { $0 - header.count })
        var lines = shown.map { place in
            line(steps[place], isLast: place == steps.count - 1, layout, at: now, columns: columns)
        }
        if let first = shown.first, first > 0 {
            lines.insert(more(first, "above", columns), at: 0)
        }
        if let last = shown.last, last < steps.count - 1 {
            lines.append(more(steps.count - 1 - last, "below", columns))
        }
        return header + lines
    }

    /// The texts of one step.
    private struct Row {
        var step: TaskProgress.Step
        var name: String
        var duration = ""
        var tokens: String
        var note: String

        init(_ step: TaskProgress.Step, at now: Timestamp) {
            self.step = step
            name = DisplayText.line(step.name)
            tokens = Quantity.tokens(step.usage) ?? ""
            note = DisplayText.line(step.note ?? "")
            if let milliseconds = step.milliseconds {
                duration = Quantity.duration(milliseconds: milliseconds)
            } else if step.status == .running, let started = step.started {
                duration = Quantity.duration(milliseconds: now.milliseconds(since: started))
            }
        }
    }

    /// How wide the columns are.
    private struct Layout {
        var name: Int
        var kind: Int
        var duration: Int
        var tokens: Int

        init(_ rows: [Row]) {
            func widest(_ text: (Row) -> String) -> Int { rows.map { DisplayText.width(text($0)) }.max() ?? 0 }
            name = min(ProgressTree.nameColumnsMaximum, widest(\.name))
            kind = widest(\.step.kind)
            // Wide enough from the start for most, so that nothing jumps while time counts.
            duration = max(6, widest(\.duration))
            tokens = widest(\.tokens)
        }
    }

    /// The places of the steps to be shown: all, or as many as there is room for from shortly before the first that has
    /// not ended.
    private static func window(_ steps: [TaskProgress.Step], rows: Int?) -> Range<Int> {
        guard let rows, steps.count > rows else { return steps.indices }
        let room = max(1, rows - 2)
        let first = steps.firstIndex { [.queued, .running, .waiting].contains($0.status) } ?? steps.count
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
        var parts = [Self.word(progress.status), "step \(counts.current) of \(counts.total)"]
        if let milliseconds = progress.milliseconds(at: now) {
            parts.append(Quantity.duration(milliseconds: milliseconds))
        }
        if let tokens = Quantity.tokens(progress.usage) { parts.append(tokens) }
        let text = parts.joined(separator: " · ")
        let full = counts.total == 0 ? 0 : Self.barColumns * counts.finished / counts.total
        guard DisplayText.width(text) + Self.barColumns + 2 <= columns else {
            return DisplayText.truncated(text, to: columns)
        }
        let bar = String(repeating: "━", count: full)
        let rest = String(repeating: "━", count: Self.barColumns - full)
        return (style.hasColours ? tone(progress.status, bar) + style.faint(rest) : asciiBar(full)) + "  " + text
    }

    /// Without colours both parts of the bar must differ by their characters.
    private func asciiBar(_ full: Int) -> String {
        String(repeating: "█", count: full) + String(repeating: "░", count: Self.barColumns - full)
    }

    private func line(_ row: Row, isLast: Bool, _ layout: Layout, at now: Timestamp, columns: Int) -> String {
        let branch = style.faint(isLast ? "└─ " : "├─ ") + icon(row.step, at: now) + " "
        // Icon and name always have their place; the rest gets what is left, the note last.
        let room = columns - 5
        guard room > layout.name + 2 else { return branch + DisplayText.truncated(row.name, to: max(1, room)) }
        var facts = "  " + DisplayText.fitted(row.step.kind, to: layout.kind)
        facts += "  " + DisplayText.fitted(row.duration, to: layout.duration, alignsRight: true)
        if layout.tokens > 0 { facts += "  " + DisplayText.fitted(row.tokens, to: layout.tokens, alignsRight: true) }
        facts = DisplayText.truncated(facts, to: room - layout.name)
        let rest = room - layout.name - DisplayText.width(facts) - 2
        let name = DisplayText.fitted(row.name, to: layout.name)
        guard rest >= 8, !row.note.isEmpty else { return branch + name + style.faint(facts) }
        let note = DisplayText.truncated(row.note, to: rest)
        return branch + name + style.faint(facts) + "  "
            + (row.step.status == .failed ? style.red(note) : style.faint(note))
    }

    private func icon(_ step: TaskProgress.Step, at now: Timestamp) -> String {
        switch step.status {
        case .running:
            let frame = now.millisecondsSinceEpoch.quotientAndRemainderFloored(by: 100).quotient
                .quotientAndRemainderFloored(by: Int64(Self.spinner.count)).remainder
            return style.blue(String(Self.spinner[Int(frame)]))
        case .completed: return style.green("✓")
        case .failed: return style.red("✗")
        case .waiting: return style.yellow("!")
        case .skipped: return style.faint("-")
        case .cancelled: return style.faint("■")
        default: return style.faint("○")
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
