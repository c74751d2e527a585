internal import Core
internal import FakeModel

/// `signalbox fake-model`
struct FakeModelVerb: Verb {
    private static let script = OptionSyntax.value(
        "--script", "FILE", "Give the answers of this file (default: an echo of what is asked)")
    private static let port = OptionSyntax.value("--port", "PORT", "Listen here (default: 7272; 0 takes a free one)")
    private static let key = OptionSyntax.value("--key", "KEY", "Refuse requests that do not bring this key")

    static let syntax = VerbSyntax(
        words: ["fake-model"], summary: "Stand in for a provider of models: no key, no network, no cost",
        options: [script, port, key, .json],
        notes: [
            "Speaks OpenAI's chat completions and responses, Anthropic's Messages and Gemini's generateContent.",
            "Ctrl-C stops it.",
        ],
        examples: [
            VerbExample([], "Answer on http://127.0.0.1:7272 with an echo of what is asked"),
            VerbExample(["--script", "answers.yaml", "--port", "0"], "Give the answers of a file, on a free port"),
        ])

    let script: String?
    let port: UInt16
    let key: String?
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        script = arguments[Self.script]
        port = try arguments.integer(Self.port, in: 0...65_535).map { UInt16($0) } ?? 7_272
        key = arguments[Self.key]
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let script = try await onOwnThread("script") { try readScript() }
        try context.interrupts.listen()
        let server = try FakeModelServer(script: script, port: port, key: key)
        try server.start()
        if isJSON {
            let places: JSON = [
                "address": .string(server.address), "openai_base_url": .string(server.openAIBaseURL),
                "anthropic_base_url": .string(server.address), "gemini_base_url": .string(server.address),
            ]
            context.output.writeLine(places.text)
        } else {
            context.output.writeLine("The fake model answers on \(server.address)")
            context.output.writeLine("  base URL for OpenAI's interfaces   \(server.openAIBaseURL)")
            context.output.writeLine("  for Anthropic's and Gemini's       \(server.address)")
        }
        _ = try await context.interrupts.next()
        await server.stop()
        return .completed
    }

    private func readScript() throws -> FakeScript? {
        guard let script else { return nil }
        let bytes = try FileSystem.readToEnd(script)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SignalboxError(.invalidInput, "\(script) is not UTF-8.")
        }
        return try FakeScript(parsing: text, path: script)
    }
}
