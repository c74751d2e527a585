/// A fence of Markdown around code (https://spec.commonmark.org/0.31.2/#fenced-code-blocks): at least three backticks or
/// tildes, closed by at least as many of the same with nothing behind them.
struct MarkdownFence: Sendable, Hashable {
    private var mark: Character
    private var length: Int
    private var hasInfo: Bool

    /// Nil for a line that is no fence.
    init?(_ line: Substring) {
        let text = line.drop { $0 == " " }
        guard line.distance(from: line.startIndex, to: text.startIndex) <= 3, let mark = text.first,
            mark == "`" || mark == "~"
        else { return nil }
        let info = text.drop { $0 == mark }
        length = text.distance(from: text.startIndex, to: info.startIndex)
        guard length >= 3, mark != "`" || !info.contains("`") else { return nil }
        self.mark = mark
        hasInfo = info.contains { !$0.isWhitespace }
    }

    private func closes(_ opening: MarkdownFence) -> Bool {
        mark == opening.mark && length >= opening.length && !hasInfo
    }

    /// The places of the lines that stand in no fence. A fence that is never closed is none, so that the lines behind it
    /// count.
    static func linesOutside(_ lines: [Substring]) -> [Int] {
        var outside: [Int] = []
        var inside: [Int] = []
        var opening: MarkdownFence?
        for (place, line) in lines.enumerated() {
            let fence = MarkdownFence(line)
            if let begun = opening {
                inside.append(place)
                guard let fence, fence.closes(begun) else { continue }
                opening = nil
                inside = []
            } else if let fence {
                opening = fence
            } else {
                outside.append(place)
            }
        }
        return outside + inside
    }
}
