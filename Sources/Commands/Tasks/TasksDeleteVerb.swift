internal import Client
internal import Core

/// `signalbox tasks delete NUMBER…`
struct TasksDeleteVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["tasks", "delete"], summary: "Forget finished tasks", operands: .words("NUMBER"),
        options: BulkOptions.syntax + [.json, .server, .data, .configuration],
        notes: [
            "Their events and the files that no other task has are gone for good; a line about each task stays.",
            BulkOptions.note,
        ],
        examples: [
            VerbExample(["1", "2", "--yes"], "Forget tasks 1 and 2 without being asked"),
            VerbExample(["--filter", "status=completed", "--dry-run"], "Say which tasks have completed"),
        ])

    let tasks: BulkOptions
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        tasks = try BulkOptions(arguments, Self.syntax)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            guard let reference = tasks.single else {
                return try await tasks.run("delete", called: "Delete", on: host, context, isJSON: isJSON)
            }
            guard try await isWanted(reference, context) else {
                context.errors.writeLine("Nothing was deleted.")
                return .cancelled
            }
            let tombstone = try await host.client.delete(reference)
            context.output.writeLine(
                isJSON ? tombstone.prettyText : "Task \(tombstone["number"]?.intValue ?? 0) was deleted.")
            return .completed
        }
    }

    /// Asks; where nobody can answer, `--yes` must be given.
    private func isWanted(_ reference: String, _ context: CommandContext) async throws -> Bool {
        guard tasks.isAsking else { return true }
        let what = "task \(reference)"
        guard context.errors.isTerminal, Question.canBeAsked else {
            throw SignalboxError(
                .invalidInput, "Deleting \(what) cannot be undone.", hint: "Say --yes if it is to be done.")
        }
        context.errors.write("Delete \(what)? This cannot be undone. [y/n] ")
        return try await Question.answer()?.lowercased().hasPrefix("y") ?? false
    }
}
