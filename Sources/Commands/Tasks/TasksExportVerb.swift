internal import Client
internal import Core
internal import Exports

/// `signalbox tasks export NUMBER`
struct TasksExportVerb: Verb {
    private static let format = OptionSyntax.value(
        "--format", "FORMAT", "json or html (default: json)"
    ).offering(["json", "html"])
    private static let output = OptionSyntax.value("--output", "FILE", "Write to this file instead of to stdout")
    private static let force = OptionSyntax.flag("--force", "Replace the file if there is one")

    static let syntax = VerbSyntax(
        words: ["tasks", "export"], summary: "Write everything about a task into one file that can be checked",
        operands: .one("NUMBER"), options: [format, output, force, .server, .data, .configuration],
        notes: [
            "A file name that ends in .html asks for HTML by itself.",
            "`signalbox verify FILE` says whether an export is as it was written.",
        ],
        examples: [
            VerbExample(["1", "--output", "task-1.html"], "Write a page that opens without a server"),
            VerbExample(["1", "--output", "task-1.json"], "Write all of it for programs"),
        ])

    let reference: String
    let form: ExportReport.Form
    let file: String?
    let isReplacing: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        reference = arguments.operands[0]
        file = arguments[Self.output]
        isReplacing = arguments.has(Self.force)
        place = PlaceOptions(arguments)
        if let word = arguments[Self.format] {
            guard let form = ExportReport.Form(rawValue: word) else {
                throw UsageError.error("--format takes json or html.", Self.syntax)
            }
            self.form = form
        } else {
            form = file?.hasSuffix(".html") == true ? .html : .json
        }
        guard file != nil || !isReplacing else {
            throw UsageError.error("--force goes with --output.", Self.syntax)
        }
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let bar = ProgressBar("Exporting", .bytes, context)
            defer { bar.finish() }
            let body = try await host.client.export(reference, format: form.rawValue)
            guard let file else {
                while let piece = try await body.next() { context.output.write(bytes: piece) }
                return .completed
            }
            let count = try await body.write(to: file, isReplacing: isReplacing, bar, context)
            bar.finish()
            context.errors.writeLine("Wrote \(DisplayText.line(file)) (\(Quantity.bytes(count))).")
            return .completed
        }
    }
}
