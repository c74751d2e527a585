internal import Client
internal import Core

/// `signalbox providers test NAME`
struct ProvidersTestVerb: Verb {
    private static let model = OptionSyntax.value(
        "--model", "MODEL", "Ask this model (default: one that the settings name or tasks have used)")
    private static let isToolServer = OptionSyntax.flag(
        "--mcp", "NAME is an MCP server, where a provider is called so too")

    static let syntax = VerbSyntax(
        words: ["providers", "test"], summary: "Reach a provider or an MCP server, and say what works",
        operands: .one("NAME"), options: [model, isToolServer, .json, .server, .data, .configuration],
        notes: [
            "A model is asked for a word: a few tokens that no task counts. Of an MCP server the tools are asked for; its\n"
                + "program is started if need be. It takes 20 s at most.",
            "The exit code is 0 when all is well, else 1.",
        ],
        examples: [
            VerbExample(["openai", "--model", "gpt-5-mini"], "Ask a model of a provider"),
            VerbExample(["files"], "Ask an MCP server of the settings for its tools"),
        ])

    let name: String
    let model: String?
    let isToolServer: Bool
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        model = arguments[Self.model]
        isToolServer = arguments.has(Self.isToolServer)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
        guard !isToolServer || model == nil else {
            throw UsageError.error("An MCP server has no models.", Self.syntax)
        }
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .running).use(context) { host in
            let report = try await report(host.client)
            if isJSON {
                context.output.writeLine(report.json.prettyText)
            } else {
                write(report, to: context)
            }
            return report.isFine ? .completed : .failed
        }
    }

    /// What came of it. A name that no provider has is that of an MCP server, unless a model is named, which those do not have.
    private func report(_ client: SignalboxClient) async throws -> ConnectionReport {
        guard !isToolServer else { return try await client.testToolServer(name) }
        do {
            return try await client.testProvider(name, model: model)
        } catch let unknown as SignalboxError where unknown.code == .notFound && model == nil {
            do {
                return try await client.testToolServer(name)
            } catch let error as SignalboxError where error.code == .notFound {
                throw unknown
            }
        }
    }

    private func write(_ report: ConnectionReport, to context: CommandContext) {
        for check in report.checks {
            let word =
                switch check.state {
                case "passed": context.outputStyle.faint("✓")
                case "failed": context.outputStyle.bold("✗")
                default: " "
                }
            let name = check.name.replacing("_", with: " ")
            let state = check.state == "unknown" ? "not known" : check.detail
            context.output.writeLine("\(word) \(name)" + (state.map { ": " + DisplayText.line($0) } ?? ""))
            if let hint = check.hint { context.output.writeLine("  " + DisplayText.line(hint)) }
        }
        let what = report.model ?? name
        let took = Quantity.duration(milliseconds: report.milliseconds)
        context.output.writeLine("\(DisplayText.line(what)) \(report.isFine ? "works" : "does not work") (\(took))")
    }
}
