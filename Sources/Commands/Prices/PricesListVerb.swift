internal import Core
internal import Prices
internal import Runtime

/// `signalbox prices list`
struct PricesListVerb: Verb {
    private static let provider = OptionSyntax.value("--provider", "NAME", "Only models of this provider")

    static let syntax = VerbSyntax(
        words: ["prices", "list"], summary: "List what models cost today",
        options: [provider, .json, .data, .configuration],
        notes: [
            "Dollars for a million tokens of the usual service and of short prompts; `prices show MODEL` tells the rest.",
            "The list of the data directory's prices.json goes before what was imported, and that before what Signalbox\n"
                + "comes with: docs/cost.md.",
        ],
        examples: [
            VerbExample([], "Show all models with a price"),
            VerbExample(["--provider", "anthropic"], "Show those of one provider"),
        ])

    let provider: String?
    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        provider = arguments[Self.provider]
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let table = try await PriceReport.table(flags, context)
        let now = Timestamp.now
        let all = table.models
        let models = all.filter { provider == nil || $0.model.name.hasPrefix("\(provider ?? "")/") }
        if let provider, models.isEmpty {
            let known = Set(all.compactMap { $0.model.name.split(separator: "/").first.map(String.init) }).sorted()
            throw SignalboxError(
                .notFound, "There is no price of a model of \"\(provider)\".",
                hint: Suggestion.hint(for: provider, among: known, called: "Providers"))
        }
        guard !isJSON else {
            let json: JSON = [
                "version": .string(table.version),
                "models": .array(models.map { PriceReport.json($0.model, list: $0.list, at: now) }),
            ]
            context.output.writeLine(json.prettyText)
            return .completed
        }
        var lines = Table(columns: [
            Table.Column(title: "Model", isFlexible: true), Table.Column(title: "Input", alignsRight: true),
            Table.Column(title: "Cached", alignsRight: true), Table.Column(title: "Write", alignsRight: true),
            Table.Column(title: "Output", alignsRight: true), Table.Column(title: "Context", alignsRight: true),
            Table.Column(title: "From list", isFlexible: true),
        ])
        lines.rows = models.map { model, list in
            let base = model.period(at: now)?.standard.base ?? PriceRates()
            let prices = [PriceKind.input, .cacheRead, .cacheWrite, .output].map { base[$0]?.perMillion ?? "unknown" }
            return [DisplayText.line(model.name)] + prices
                + [model.contextWindow.map(Quantity.grouped) ?? "", DisplayText.line(list)]
        }
        context.write(lines)
        context.output.writeLine(
            "\(Quantity.count(Int64(models.count), "model")), dollars for a million tokens, by \(table.version)")
        return .completed
    }
}
