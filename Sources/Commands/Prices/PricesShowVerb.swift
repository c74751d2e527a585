internal import Client
internal import Core
internal import Prices

/// `signalbox prices show MODEL`
struct PricesShowVerb: Verb {
    private static let pricedAs = OptionSyntax.value(
        "--priced-as", "PROVIDER", "Whose prices hold if the provider's name is not known")

    static let syntax = VerbSyntax(
        words: ["prices", "show"], summary: "Show all prices of a model, and where they are from",
        operands: .one("MODEL"), options: [pricedAs, .json, .server, .data, .configuration],
        examples: [VerbExample(["openai/gpt-5-mini"], "Show all that is known of one model")])

    let model: String
    let pricedAs: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        model = arguments.operands[0]
        pricedAs = arguments[Self.pricedAs]
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let (version, entry) = try await entry(context)
        guard !isJSON else {
            context.output.writeLine(entry.json(at: .now).prettyText)
            return .completed
        }
        for line in PriceReport.lines(entry, version: version) { context.output.writeLine(line) }
        for period in entry.model.periods {
            context.output.writeLine("")
            context.output.writeLine(context.outputStyle.bold(PriceReport.title(period)))
            context.write(PriceReport.rates(of: period))
            for note in PriceReport.notes(period) { context.output.writeLine(note) }
        }
        return .completed
    }

    /// That of the server that is named, else that of the data directory.
    private func entry(_ context: CommandContext) async throws -> (version: String, entry: PriceTable.Entry) {
        if let client = place.named {
            let answer = try await client.prices(of: model, pricedAs: pricedAs)
            return (answer["version"]?.stringValue ?? "", try PriceTable.Entry(answer))
        }
        let table = try await PriceReport.table(place, context)
        guard let entry = table.entry(for: model, pricedAs: pricedAs) else { throw table.noPrice(of: model) }
        return (table.version, entry)
    }
}
