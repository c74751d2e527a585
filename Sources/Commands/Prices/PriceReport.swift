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

    /// A row for each kind that has a price, a column for each service and length of prompt.
    static func rates(of period: PricePeriod) -> Table {
        var columns: [(title: String, rates: PriceRates)] = []
        func add(_ name: String, _ schedule: PriceSchedule) {
            columns.append((name, schedule.base))
            for long in schedule.above {
                columns.append(("\(name == "usual" ? "" : name + " ")> \(Quantity.grouped(long.tokens))", long.rates))
            }
        }
        add("usual", period.standard)
        for (name, schedule) in period.tiers.sorted(by: { $0.key < $1.key }) { add(DisplayText.line(name), schedule) }
        var table = Table(
            columns: [Table.Column(title: "Dollars for a million")]
                + columns.map { Table.Column(title: $0.title, alignsRight: true, isFlexible: true) })
        for kind in PriceKind.allCases where columns.contains(where: { $0.rates[kind] != nil }) {
            let name = kind == .webSearch ? "web_search (for a thousand)" : kind.rawValue
            table.rows.append(
                [name]
                    + columns.map { column in
                        column.rates[kind].map { kind == .webSearch ? $0.perThousand : $0.perMillion } ?? "-"
                    })
        }
        return table
    }

    /// What does not fit into the table.
    static func notes(_ period: PricePeriod) -> [String] {
        var notes = period.factors.sorted { $0.key < $1.key }.map { word, thousandths in
            let whole = "\(thousandths / 1000)"
            let rest = thousandths % 1000
            let fraction = rest == 0 ? "" : ".\(String(1000 + rest).dropFirst())"
            return "\(DisplayText.line(word)): all tokens × \(whole)\(fraction)"
        }
        if period.isSearchChargedPerCall { notes.append("searches of one call are charged once") }
        return notes
    }
}
