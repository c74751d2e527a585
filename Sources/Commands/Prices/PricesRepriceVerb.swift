internal import Client
internal import Core

/// `signalbox prices reprice`
struct PricesRepriceVerb: Verb {
    private static let gapsMaximum = 8
    private static let task = OptionSyntax.value("--task", "NUMBER", "The turns of this task")
    private static let since = OptionSyntax.value("--since", "DAY", "Of all tasks made on this day (UTC) or later")
    private static let dryRun = OptionSyntax.flag("--dry-run", "Only say what would change")

    static let syntax = VerbSyntax(
        words: ["prices", "reprice"], summary: "Reckon anew what recorded turns cost, by the prices known now",
        options: [task, since, dryRun, .json, .server, .data, .configuration],
        notes: [
            "Each turn is reckoned by the prices of its own day. Amounts that providers reported stay. The record says\n"
                + "that it was reckoned anew, by whom, and what stood there before."
        ],
        examples: [
            VerbExample(["--task", "7", "--dry-run"], "Say what the turns of task 7 would cost"),
            VerbExample(["--since", "2026-11-01"], "Reckon all tasks anew that were made since then"),
        ])

    let request: JSONObject
    let isDryRun: Bool
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        var request = JSONObject()
        request["task"] = arguments[Self.task].map(JSON.string)
        request["since"] = arguments[Self.since].map(JSON.string)
        guard request.count == 1 else { throw UsageError.error("Say either --task or --since.", Self.syntax) }
        isDryRun = arguments.has(Self.dryRun)
        if isDryRun { request["dry_run"] = true }
        self.request = request
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let report = try await ProgressBar.during("Reckoning anew", context) { [request] in
                try await host.client.reprice(request)
            }
            if isJSON {
                context.output.writeLine(report.prettyText)
                return .completed
            }
            for line in lines(report, context) { context.output.writeLine(line) }
            return .completed
        }
    }

    private func lines(_ report: JSON, _ context: CommandContext) -> [String] {
        let tasks = report["tasks"]?.arrayValue ?? []
        var lines: [String] = []
        if !tasks.isEmpty {
            var table = Table(columns: [
                Table.Column(title: "Task", alignsRight: true), Table.Column(title: "Name", isFlexible: true),
                Table.Column(title: "Turns", alignsRight: true), Table.Column(title: "Before", alignsRight: true),
                Table.Column(title: "Now", alignsRight: true),
            ])
            table.rows = tasks.map { task in
                [
                    "#\(task["task"]?.intValue ?? 0)", DisplayText.line(task["name"]?.stringValue ?? ""),
                    "\(task["changed_turns"]?.intValue ?? 0) of \(task["turns"]?.intValue ?? 0)",
                    Self.amount(task["before"]), Self.amount(task["after"]),
                ]
            }
            lines += table.lines(width: context.output.tableColumns, style: context.outputStyle)
        }
        let table = DisplayText.line(report["table"]?.stringValue ?? "")
        let looked = Quantity.count(report["looked_at"]?.intValue ?? 0, "task")
        let turns = Quantity.count(report["turns"]?.intValue ?? 0, "turn")
        let changed = Quantity.grouped(report["changed_turns"]?.intValue ?? 0)
        let verb = isDryRun ? "would cost" : "cost"
        guard report["turns"]?.intValue ?? 0 > 0 else {
            return lines + ["Nothing to reprice: no model was called in \(looked)."]
        }
        guard report["changed_turns"]?.intValue ?? 0 > 0 else {
            let unknown = report["unpriced_turns"]?.intValue ?? 0
            let all = report["turns"]?.intValue ?? 0
            guard unknown < all else {
                return lines + ["Nothing in \(looked) can be reckoned by table \(table)."] + missing(report)
            }
            let known = unknown == 0 ? turns : Quantity.count(all - unknown, "turn")
            return lines + ["Nothing to reprice: \(known) in \(looked) \(verb) the same as before, by table \(table)."]
                + missing(report)
        }
        lines.append(
            "\(changed) of \(turns) in \(looked) \(verb) other than before, by table \(table)."
        )
        return lines + missing(report)
    }

    /// What stays unknown, and which prices are missing for it.
    private func missing(_ report: JSON) -> [String] {
        let unknown = report["unpriced_turns"]?.intValue ?? 0
        guard unknown > 0 else { return [] }
        let gaps = (report["missing_prices"]?.arrayValue ?? []).compactMap(\.stringValue)
        let first = gaps.prefix(Self.gapsMaximum).map { DisplayText.line($0) }.joined(separator: "; ")
        let rest = gaps.count - Self.gapsMaximum
        return [
            "The cost of \(Quantity.count(unknown, "turn")) is not known: \(first)"
                + (rest > 0 ? "; and \(rest) more." : ".")
        ]
    }

    private static func amount(_ sum: JSON?) -> String {
        let known = "$\(sum?["known_cost"]?["amount"]?.stringValue ?? "0.00")"
        let unpriced = sum?["unpriced_calls"]?.intValue ?? 0
        return unpriced == 0 ? known : "\(known) + \(unpriced) unknown"
    }
}
