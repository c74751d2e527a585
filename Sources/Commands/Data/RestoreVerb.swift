internal import Core
internal import Runtime
internal import Store

/// `signalbox restore FILE`
struct RestoreVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["restore"], summary: "Make a data directory of a backup", operands: .one("FILE"),
        options: [.data, .configuration, .json],
        notes: [
            "The data directory must be empty or not there. Nothing is left behind when the backup is damaged.",
            "The next server on it takes up the tasks that had not ended: do not let the old one go on as well.",
        ],
        examples: [VerbExample(["monday.backup", "--data", "restored"], "Make a new data directory of a backup")])

    let file: String
    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        file = arguments.operands[0]
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let bar = ProgressBar("Restoring", .items, context)
        defer { bar.finish() }
        let unfinished = UnfinishedFiles()
        let (summary, directory) = try await context.interrupts.removing(unfinished) {
            try await onOwnThread("restore") {
                let directory = try Settings.resolve(flags, environment: context.environment).directory
                let summary = try directory.restore(from: file, unfinished: unfinished) { bar.advance(to: $0, of: $1) }
                return (summary, directory)
            }
        }
        bar.finish()
        let report = BackupReport(summary: summary, file: file)
        if isJSON {
            context.output.writeLine(report.json.prettyText)
        } else {
            context.output.writeLine(
                "Restored \(report.contents) to \(directory.path), as of \(Quantity.dayAndTime(summary.createdAt))")
        }
        return report.warn(context, "were not in the backup")
    }
}
