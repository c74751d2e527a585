internal import Core
internal import Runtime
internal import Store

/// `signalbox backup FILE`
struct BackupVerb: Verb {
    private static let force = OptionSyntax.flag("--force", "Replace the file if there is one")

    static let syntax = VerbSyntax(
        words: ["backup"], summary: "Write everything that tasks have left into one file", operands: .one("FILE"),
        options: [force, .data, .configuration, .json],
        notes: [
            "A server may run meanwhile: the file holds everything as it was at one moment.",
            "The settings (signalbox.yaml) and the working directories of steps that run are not in it.",
        ],
        examples: [
            VerbExample(["monday.backup"], "Write a backup"),
            VerbExample(["monday.backup", "--force"], "Replace the one that is there"),
        ])

    let file: String
    let isReplacing: Bool
    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        file = arguments.operands[0]
        isReplacing = arguments.has(Self.force)
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let bar = ProgressBar("Backing up", .items, context)
        defer { bar.finish() }
        let unfinished = UnfinishedFiles()
        let summary = try await context.interrupts.removing(unfinished) {
            try await onOwnThread("backup") {
                let directory = try Settings.resolve(flags, environment: context.environment).directory
                return try directory.backUp(to: file, isReplacing: isReplacing, unfinished: unfinished) {
                    bar.advance(to: $0, of: $1)
                }
            }
        }
        bar.finish()
        let report = BackupReport(summary: summary, file: file)
        context.output.writeLine(isJSON ? report.json.prettyText : "Backed up \(report.contents) to \(file)")
        return report.warn(context, "could not be read and are not in the backup")
    }
}
