internal import Core
internal import Prices
internal import Runtime

/// What the verbs on prices read and say alike.
enum PriceReport {
    /// The prices of the installation.
    static func table(_ flags: Settings.Flags, _ context: CommandContext) async throws -> PriceTable {
        try await onOwnThread("prices") {
            let directory = try Settings.resolve(flags, environment: context.environment).directory
            return try PriceFiles.table(in: directory.path)
        }
    }

    /// A model with its list and today's prices.
    static func json(_ model: ModelPrices, list: String, at moment: Timestamp) -> JSON {
        var object: JSONObject = ["model": .string(model.name), "list": .string(list)]
        for (name, value) in model.json.objectValue ?? [:] { object[name] = value }
        object["today"] = model.period(at: moment).map { .object($0.standard.base.json) } ?? .null
        return .object(object)
    }

    /// What an entry is and where it is from.
    static func lines(_ entry: PriceTable.Entry, version: String) -> [String] {
        let model = entry.model
        var lines = ["\(DisplayText.line(model.name)) in the list \(DisplayText.line(entry.list)), table \(version)"]
        if !model.aliases.isEmpty { lines.append("also: \(DisplayText.line(model.aliases.joined(separator: ", ")))") }
        let windows = [
            model.contextWindow.map { "takes \(Quantity.grouped($0)) tokens" },
            model.outputMaximum.map { "answers at most \(Quantity.grouped($0))" },
        ].compactMap { $0 }
        if !windows.isEmpty { lines.append(windows.joined(separator: ", ")) }
        if let source = model.source {
            let via = model.via.map { ", by way of \($0)" } ?? ""
            lines.append(DisplayText.line("from \(source)\(via)\(model.readOn.map { ", read on \($0)" } ?? "")"))
        }
        return lines
    }

    /// When prices hold.
    static func title(_ period: PricePeriod) -> String {
        switch (period.from, period.until) {
        case (nil, nil): "Prices"
        case (let from?, nil): "Prices from \(day(from))"
        case (nil, let until?): "Prices before \(day(until))"
        case (let from?, let until?): "Prices from \(day(from)), before \(day(until))"
        }
    }

    private static func day(_ moment: Timestamp) -> String {
        let text = moment.rfc3339
        return text.hasSuffix("T00:00:00.000Z") ? String(text.prefix(10)) : "\(text.prefix(16))Z"
    }

    /// A row for each service and length of prompt, a column for each kind that has a price.
    static func rates(of period: PricePeriod) -> Table {
        var rows: [(title: String, rates: PriceRates)] = []
        func add(_ name: String, _ schedule: PriceSchedule) {
            rows.append((name, schedule.base))
            for long in schedule.above { rows.append(("  above \(Quantity.grouped(long.tokens))", long.rates)) }
        }
        add("usual", period.standard)
        if let peak = period.peak { add("peak", peak.schedule) }
        for (name, schedule) in period.tiers.sorted(by: { $0.key < $1.key }) { add(DisplayText.line(name), schedule) }
        let kinds = PriceKind.allCases.filter { kind in rows.contains { $0.rates[kind] != nil } }
        var table = Table(
            columns: [Table.Column(title: "Service")]
                + kinds.map { Table.Column(title: title($0), alignsRight: true, isFlexible: true) })
        table.rows = rows.map { row in
            [row.title]
                + kinds.map { kind in
                    row.rates[kind].map { kind == .webSearch ? $0.perThousand : $0.perMillion } ?? "-"
                }
        }
        return table
    }

    private static func clock(_ minute: Int) -> String {
        "\(String(100 + minute / 60).dropFirst()):\(String(100 + minute % 60).dropFirst())"
    }

    private static func title(_ kind: PriceKind) -> String {
        switch kind {
        case .input: "Input"
        case .cacheRead: "Cached"
        case .cacheWrite: "Write"
        case .cacheWriteLong: "Write long"
        case .output: "Output"
        case .reasoning: "Thought"
        case .audioInput: "Sound in"
        case .audioCacheRead: "Sound cached"
        case .imageInput: "Picture in"
        case .audioOutput: "Sound out"
        case .imageOutput: "Picture out"
        case .webSearch: "1,000 searches"
        case .webSearchTokens: "Searched"
        }
    }

    /// What does not fit into the table.
    static func notes(_ period: PricePeriod) -> [String] {
        var notes = period.factors.sorted { $0.key < $1.key }.map { word, thousandths in
            let whole = "\(thousandths / 1000)"
            let rest = thousandths % 1000
            let fraction = rest == 0 ? "" : ".\(String(1000 + rest).dropFirst())"
            return "\(DisplayText.line(word)): all tokens × \(whole)\(fraction)"
        }
        if let peak = period.peak {
            let hours = peak.minutes.map { "\(clock($0.lowerBound))–\(clock($0.upperBound))" }.joined(separator: ", ")
            notes.append(
                "peak: \(hours) UTC" + (peak.isOnWeekdaysOnly ? ", Monday to Friday" : "")
                    + (peak.exceptions.isEmpty ? "" : ", but for \(peak.exceptions.count) days"))
        }
        if period.isSearchChargedPerCall { notes.append("searches of one call are charged once") }
        return notes
    }
}
