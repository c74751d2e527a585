internal import Core
internal import Prices
internal import Runtime

/// `signalbox prices show MODEL`
struct PricesShowVerb: Verb {
    private static let pricedAs = OptionSyntax.value(
        "--priced-as", "PROVIDER", "Whose prices hold if the provider's name is not known")

    static let syntax = VerbSyntax(
        words: ["prices", "show"], summary: "Show all prices of a model, and where they are from",
        operands: .one("MODEL"), options: [pricedAs, .json, .data, .configuration],
        examples: [VerbExample(["openai/gpt-5-mini"], "Show all that is known of one model")])

    let model: String
    let pricedAs: String?
    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        model = arguments.operands[0]
        pricedAs = arguments[Self.pricedAs]
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let table = try await PriceReport.table(flags, context)
        guard let entry = table.entry(for: model, pricedAs: pricedAs) else {
            throw SignalboxError(
                .notFound, "The price of \"\(DisplayText.line(model))\" is unknown.", hint: hint(table))
        }
        guard !isJSON else {
            let json = PriceReport.json(entry.model, list: entry.list, at: .now)
            context.output.writeLine(json.prettyText)
            return .completed
        }
        for line in PriceReport.lines(entry, version: table.version) { context.output.writeLine(line) }
        for period in entry.model.periods {
            context.output.writeLine("")
            context.output.writeLine(context.outputStyle.bold(PriceReport.title(period)))
            context.write(PriceReport.rates(of: period))
            for note in PriceReport.notes(period) { context.output.writeLine(note) }
        }
        return .completed
    }

    /// The name that was probably meant: a whole one, or the same model of a provider.
    private func hint(_ table: PriceTable) -> String {
        let names = table.models.flatMap { [$0.model.name] + $0.model.aliases }
        if !model.contains("/"), let name = names.first(where: { $0.hasSuffix("/\(model)") }) {
            return "did you mean \"\(name)\"?"
        }
        if let near = Suggestion.nearest(to: model, in: names) { return "did you mean \"\(near)\"?" }
        return "`signalbox prices list` shows the models with a price; docs/cost.md says how to add one."
    }
}
