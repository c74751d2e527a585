internal import Core
internal import Prices
internal import Runtime

/// `signalbox prices import FILE`
struct PricesImportVerb: Verb {
    private static let name = OptionSyntax.value(
        "--name", "NAME", "What the list is called (default: litellm and its hash)")

    static let syntax = VerbSyntax(
        words: ["prices", "import"], summary: "Take over the prices of LiteLLM's file", operands: .one("FILE"),
        options: [name, .json, .data, .configuration],
        notes: [
            "FILE is LiteLLM's model_prices_and_context_window.json, or a list as docs/cost.md describes it. It replaces\n"
                + "what was imported before, and goes before the prices that Signalbox comes with; the prices.json of the\n"
                + "data directory goes before both. A server takes it at its next start."
        ],
        examples: [
            VerbExample(
                ["litellm.json", "--name", "litellm-monday"],
                "Take over a list, under a name that tasks will show")
        ])

    let file: String
    let name: String?
    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        file = arguments.operands[0]
        name = arguments[Self.name]
        // A list that is stored with a name that none may have would keep every server from starting.
        if let name, !(1...Limits.priceListNameBytesMaximum).contains(name.utf8.count) || name.trimmed.isEmpty {
            throw SignalboxError(
                .invalidInput,
                "--name must be a name of 1 to \(Limits.priceListNameBytesMaximum) bytes that is not blank.",
                hint: "Without --name the list is called litellm and its hash.")
        }
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    private struct Outcome: Sendable {
        var document: PriceDocument
        var leftOut: [LiteLLMPrices.LeftOut] = []
        var notUnderstood: [String: Int] = [:]
        var path: String
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let outcome = try await onOwnThread("prices", stackBytes: 4 << 20) {
            let directory = try Settings.resolve(flags, environment: context.environment).directory.path
            return try take(into: directory)
        }
        let count = Int64(outcome.document.models.count)
        let left = outcome.notUnderstood.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        guard !isJSON else {
            let json: JSON = [
                "name": .string(outcome.document.name), "hash": .string(outcome.document.hash.rawValue),
                "models": .int(count), "skipped": .int(Int64(outcome.leftOut.count)),
                "left_out": .array(
                    outcome.leftOut.map { ["model": .string($0.model), "reason": .string($0.reason.rawValue)] }),
                "not_understood": .object(JSONObject(left.map { ($0.key, .int(Int64($0.value))) })),
                "path": .string(outcome.path),
            ]
            context.output.writeLine(json.prettyText)
            return .completed
        }
        context.output.writeLine(
            "Imported \(Quantity.count(count, "model")) as \(DisplayText.line(outcome.document.name)) to \(outcome.path)"
        )
        for line in Self.lines(outcome.leftOut) { context.output.writeLine(line) }
        if !left.isEmpty {
            let names = left.prefix(5).map { "\($0.key) (\($0.value))" }.joined(separator: ", ")
            context.output.writeLine(
                "Prices that no call is charged by: \(DisplayText.line(names))"
                    + (left.count > 5 ? " and \(left.count - 5) more kinds" : ""))
        }
        return .completed
    }

    /// How many of them are named in text.
    private static let namesMaximum = 10

    /// What is told of models that were left out.
    static func lines(_ leftOut: [LiteLLMPrices.LeftOut]) -> [String] {
        guard !leftOut.isEmpty else { return [] }
        let count = leftOut.count
        let named = leftOut.prefix(namesMaximum).map { "  " + DisplayText.line("\($0.model) \($0.reason.rawValue)") }
        let more = count > namesMaximum ? ["  and \(count - namesMaximum) more: --json names them all"] : []
        return ["\(Quantity.count(Int64(count), "model")) left out:"] + named + more
    }

    private func take(into directory: String) throws -> Outcome {
        let text = try FileSystem.read(file, maximum: Limits.priceFileBytesMaximum)
        let name = name ?? "litellm-\(ContentHash(of: text).short)"
        var outcome: Outcome
        // Our own lists have a name and models, LiteLLM's has neither.
        if case .object(let members) = try JSON(parsing: text, file: file), members["models"]?.objectValue != nil,
            members["name"]?.stringValue != nil
        {
            outcome = Outcome(document: try PriceDocument(reading: text, file: file), path: "")
            if let chosen = self.name { outcome.document.name = chosen }
        } else {
            let list = try LiteLLMPrices(reading: text, name: name, file: file)
            outcome = Outcome(
                document: list.document, leftOut: list.leftOut, notUnderstood: list.notUnderstood, path: "")
        }
        try PriceFiles.write(imported: outcome.document, to: directory)
        outcome.path = "\(directory)/\(PriceFiles.imported)"
        return outcome
    }
}
