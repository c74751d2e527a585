internal import Client
internal import Core

/// `signalbox files get HASH`
struct FilesGetVerb: Verb {
    private static let output = OptionSyntax.value("--output", "FILE", "Write to this file instead of to stdout")
    private static let force = OptionSyntax.flag("--force", "Replace the file if there is one")

    static let syntax = VerbSyntax(
        words: ["files", "get"], summary: "Get a file that a task was given or has made, by its hash",
        operands: .one("HASH"), options: [output, force, .server, .data, .configuration],
        notes: [
            "HASH is the SHA-256 that `tasks show --json` and the pages name. The bytes are checked against it; a file is\n"
                + "there whole or not at all."
        ],
        examples: [
            VerbExample(
                [ContentHash(of: Array("Hello\n".utf8)).rawValue, "--output", "hello.txt"], "Write it into a file")
        ])

    let hash: ContentHash
    let file: String?
    let isReplacing: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        guard let hash = ContentHash(rawValue: arguments.operands[0]) else {
            throw SignalboxError(
                .invalidInput, "\"\(arguments.operands[0].prefix(80))\" is no hash.",
                hint: "A hash has 64 hexadecimal digits; `signalbox tasks show NUMBER --json` names those of a task.")
        }
        self.hash = hash
        file = arguments[Self.output]
        isReplacing = arguments.has(Self.force)
        place = PlaceOptions(arguments)
        guard file != nil || !isReplacing else {
            throw UsageError.error("--force goes with --output.", Self.syntax)
        }
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let check = HashCheck(hash)
            let body = check.watching(try await host.client.file(hash.rawValue))
            guard let file else {
                while let piece = try await body.next() { context.output.write(bytes: piece) }
                return .completed
            }
            let bar = ProgressBar("Downloading", .bytes, context)
            defer { bar.finish() }
            let count = try await body.write(to: file, isReplacing: isReplacing, bar, context)
            bar.finish()
            context.errors.writeLine("Wrote \(DisplayText.line(file)) (\(Quantity.bytes(count))).")
            return .completed
        }
    }
}
