internal import Core

/// Sums of what calls of models have used as a table for people.
struct UsageText: Sendable {
    let width: Int
    let style: Style

    func lines(_ usage: JSON) -> [String] {
        let dimensions = (usage["by"]?.arrayValue ?? []).compactMap(\.stringValue)
        let groups = usage["groups"]?.arrayValue ?? []
        guard !groups.isEmpty else {
            return [(usage["count"]?.intValue ?? 0) == 0 ? "No model was called." : "There is no such page."]
        }
        let hasSearches = Self.count(usage["total"], "web_searches") != 0
        let titles = ["day": "Day", "plan": "Plan", "agent": "Agent", "model": "Model"]
        var table = Table(
            columns: dimensions.map { Table.Column(title: titles[$0] ?? $0, isFlexible: $0 != "day") })
        let figures = ["Calls", "Prompt", "Completion"] + (hasSearches ? ["Searches"] : []) + ["Cost"]
        table.columns += figures.map { Table.Column(title: $0, alignsRight: true) }
        for group in groups {
            table.rows.append(
                dimensions.map { DisplayText.line(group[$0]?.stringValue ?? "") } + Self.figures(group, hasSearches))
        }
        table.rows.append(
            ["Total"] + Array(repeating: "", count: dimensions.count - 1) + Self.figures(usage["total"], hasSearches))
        var lines = table.lines(width: width, style: style)
        if let last = lines.popLast() { lines.append(style.bold(last)) }
        if let rest = Self.rest(usage, shown: groups.count) { lines.append(rest) }
        return lines
    }

    /// Tokens as they are shown everywhere: the prompt with what the cache had, the completion with thinking in it.
    private static func figures(_ sum: JSON?, _ hasSearches: Bool) -> [String] {
        let prompt = ["input", "cache_read", "cache_write", "cache_write_1h"].reduce(0) { $0 + count(sum, $1) }
        let known = "$\(sum?["known_cost"]?["amount"]?.stringValue ?? "0.00")"
        let unpriced = sum?["unpriced_calls"]?.intValue ?? 0
        return [
            Quantity.grouped(sum?["model_calls"]?.intValue ?? 0), Quantity.grouped(prompt),
            Quantity.grouped(count(sum, "output")),
        ] + (hasSearches ? [Quantity.grouped(count(sum, "web_searches"))] : []) + [
            unpriced == 0 ? known : "\(known) + \(Quantity.count(unpriced, "call")) unknown"
        ]
    }

    private static func count(_ sum: JSON?, _ kind: String) -> Int64 { sum?["tokens"]?[kind]?.intValue ?? 0 }

    /// What is on other pages; nil when there are none.
    private static func rest(_ usage: JSON, shown: Int) -> String? {
        guard let count = usage["count"]?.intValue, count > Int64(shown), let page = usage["page"]?.intValue else {
            return nil
        }
        let sums = Quantity.count(count, "sum")
        return "Page \(page), \(shown) of \(sums); the total is that of all. --page shows others."
    }
}
