internal import Client
internal import Core
internal import Prices
internal import Runtime

/// `signalbox prices import FILE`
struct PricesImportVerb: Verb {
    private static let name = OptionSyntax.value(
        "--name", "NAME", "What the list is called (default: litellm and its hash)")

    static let syntax = VerbSyntax(
        words: ["prices", "import"], summary: "Take over the prices of LiteLLM's file", operands: .one("FILE"),
        options: [name, .json, .server, .data, .configuration],
        notes: [
            "FILE is LiteLLM's model_prices_and_context_window.json, or a list as docs/cost.md describes it. It replaces\n"
                + "what was imported before, and goes before the prices that Signalbox comes with; the prices.json of the\n"
                + "data directory goes before both. A server on that directory has it at once; --server hands it to another."
        ],
        examples: [
            VerbExample(
                ["litellm.json", "--name", "litellm-monday"],
                "Take over a list, under a name that tasks will show")
        ])

    let file: String
    let name: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        file = arguments.operands[0]
        name = arguments[Self.name]
        if let name { try PriceImport.check(name) }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let taken = try await take(context)
        guard !isJSON else {
            context.output.writeLine(taken.prettyText)
            return .completed
        }
        let list = DisplayText.line(taken["name"]?.stringValue ?? "")
        let path = DisplayText.line(taken["path"]?.stringValue ?? "")
        let count = Quantity.count(taken["models"]?.intValue ?? 0, "model")
        context.output.writeLine("Imported \(count) as \(list) to \(path)\(place.server.map { " of \($0)" } ?? "")")
        for line in Self.lines(taken["left_out"]?.arrayValue ?? []) { context.output.writeLine(line) }
        let left = (taken["not_understood"]?.objectValue ?? [:]).map { "\($0.name) (\($0.value.intValue ?? 0))" }
        if !left.isEmpty {
            context.output.writeLine("Prices that no call is charged by: \(DisplayText.line(left.shown(5)))")
        }
        return .completed
    }

    /// How many of them are named in text.
    private static let namesMaximum = 10

    /// What is told of models that were left out.
    static func lines(_ leftOut: [JSON]) -> [String] {
        guard !leftOut.isEmpty else { return [] }
        let count = leftOut.count
        let named = leftOut.prefix(namesMaximum).map { left in
            "  " + DisplayText.line("\(left["model"]?.stringValue ?? "") \(left["reason"]?.stringValue ?? "")")
        }
        let more = count > namesMaximum ? ["  and \(count - namesMaximum) more: --json names them all"] : []
        return ["\(Quantity.count(Int64(count), "model")) left out:"] + named + more
    }

    /// Has the server that is named take it over, or writes it into the data directory.
    private func take(_ context: CommandContext) async throws -> JSON {
        let (file, name, flags, client) = (file, name, place.flags, place.named)
        if let client {
            // Read here as well: what is wrong is told with the file and its place, and nothing is sent.
            let list = try await onOwnThread("prices", stackBytes: 4 << 20) {
                let text = try FileSystem.read(file, maximum: Limits.priceFileBytesMaximum)
                _ = try PriceImport(reading: text, name: name, file: file)
                return text
            }
            return try await client.importPrices(list, name: name)
        }
        return try await onOwnThread("prices", stackBytes: 4 << 20) {
            let directory = try Settings.resolve(flags, environment: context.environment).directory.path
            let text = try FileSystem.read(file, maximum: Limits.priceFileBytesMaximum)
            let taken = try PriceImport(reading: text, name: name, file: file)
            try PriceFiles.write(imported: taken.document, to: directory)
            return taken.json(writtenTo: "\(directory)/\(PriceFiles.imported)")
        }
    }
}
