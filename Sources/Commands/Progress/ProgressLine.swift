/// How far something is, as a line of a terminal: `Uploading  ━━━━━━━━────────  52 %  120.0 MiB of 230.0 MiB`
struct ProgressLine: Sendable {
    /// What is counted.
    enum Unit: Sendable {
        case bytes
        case seconds
        case items
    }

    var title: String
    var done: Int64
    /// Nil when nobody knows how much there is.
    var total: Int64?
    var unit: Unit

    private static let barColumns = 6...40

    func text(columns: Int, style: Style) -> String {
        guard let total, total > 0 else { return DisplayText.truncated("\(title)  \(text(done))", to: columns) }
        let done = min(max(0, done), total)
        let percent = done * 100 / total
        let said = "\(percent < 10 ? "  " : percent < 100 ? " " : "")\(percent) %  \(text(done)) of \(text(total))"
        let room = columns - DisplayText.width(title) - DisplayText.width(said) - 4
        guard room >= Self.barColumns.lowerBound else { return DisplayText.truncated("\(title)  \(said)", to: columns) }
        let width = min(room, Self.barColumns.upperBound)
        let full = Int(done * Int64(width) / total)
        let bar = style.blue(String(repeating: "━", count: full))
        let rest = style.faint(String(repeating: "─", count: width - full))
        return "\(title)  \(bar)\(rest)  \(said)"
    }

    private func text(_ count: Int64) -> String {
        switch unit {
        case .bytes: Quantity.bytes(count)
        case .seconds: Quantity.duration(milliseconds: count * 1_000)
        case .items: Quantity.grouped(count)
        }
    }
}
