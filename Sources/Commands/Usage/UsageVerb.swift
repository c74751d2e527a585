internal import Client
internal import Core

/// `signalbox usage`
struct UsageVerb: Verb {
    private static let by = OptionSyntax.value(
        "--by", "WHAT", "Sums by day, plan, agent or model, or by several with commas between them (default: day)"
    ).offering(["day", "plan", "agent", "model"])
    private static let from = OptionSyntax.value("--from", "DAY", "From this day (UTC) on")
    private static let to = OptionSyntax.value("--to", "DAY", "Up to this day (UTC)")
    private static let plan = OptionSyntax.value("--plan", "NAME", "Only tasks of this plan")
    private static let agent = OptionSyntax.value("--agent", "NAME", "Only calls of this agent")
    private static let model = OptionSyntax.value("--model", "MODEL", "Only calls of this model (provider/model)")
    private static let page = OptionSyntax.value("--page", "NUMBER", "Show this page, counted from 1")
    private static let size = OptionSyntax.value(
        "--size", "NUMBER", "So many sums a page, at most 1000 (default: 100)")

    static let syntax = VerbSyntax(
        words: ["usage"], summary: "Show what calls of models have used and cost",
        options: [by, from, to, plan, agent, model, page, size, .json, .server, .data, .configuration],
        notes: ["What deleted tasks have used stays in the sums."],
        examples: [
            VerbExample([], "Show each day"),
            VerbExample(["--by", "model,agent", "--from", "2026-11-01"], "Show who used which models since then"),
        ])

    let parameters: [(name: String, value: String)]
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        let page = try arguments.integer(Self.page, in: 1...1_000_000)
        let size = try arguments.integer(Self.size, in: 1...1_000)
        let given: [(name: String, value: String?)] = [
            ("by", arguments[Self.by]), ("from", arguments[Self.from]), ("to", arguments[Self.to]),
            ("plan", arguments[Self.plan]), ("agent", arguments[Self.agent]), ("model", arguments[Self.model]),
            ("page", page.map(String.init)), ("size", size.map(String.init)),
        ]
        parameters = given.compactMap { name, value in value.map { (name, $0) } }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let usage = try await host.client.usage(parameters)
            if isJSON {
                context.output.writeLine(usage.prettyText)
                return .completed
            }
            let text = UsageText(width: context.output.tableColumns, style: context.outputStyle)
            for line in text.lines(usage) { context.output.writeLine(line) }
            return .completed
        }
    }
}
