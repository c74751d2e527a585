internal import Client
internal import Core

/// `signalbox tasks delete NUMBER…`
struct TasksDeleteVerb: Verb {
    private static let yes = OptionSyntax.flag("--yes", "Do not ask")

    static let syntax = VerbSyntax(
        words: ["tasks", "delete"], summary: "Forget finished tasks", operands: .oneOrMore("NUMBER"),
        options: [yes, .json, .server, .data, .configuration],
        notes: ["Their events and the files that no other task has are gone for good; a line about each task stays."],
        examples: [VerbExample(["1", "2", "--yes"], "Forget tasks 1 and 2 without being asked")])

    let references: [String]
    let isAsked: Bool
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        references = arguments.operands
        isAsked = !arguments.has(Self.yes)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            guard try await isWanted(context) else {
                context.errors.writeLine("Nothing was deleted.")
                return .cancelled
            }
            if references.count == 1 {
                let tombstone = try await host.client.delete(references[0])
                context.output.writeLine(
                    isJSON ? tombstone.prettyText : "Task \(tombstone["number"]?.intValue ?? 0) was deleted.")
                return .completed
            }
            let answer = try await host.client.bulk([
                "action": "delete", "tasks": .array(references.map(JSON.string)),
            ])
            return BulkReport(context: context).write(answer, isJSON: isJSON)
        }
    }

    /// Asks; where nobody can answer, `--yes` must be given.
    private func isWanted(_ context: CommandContext) async throws -> Bool {
        guard isAsked else { return true }
        let what = references.count == 1 ? "task \(references[0])" : "\(references.count) tasks"
        guard context.errors.isTerminal, Question.canBeAsked else {
            throw SignalboxError(
                .invalidInput, "Deleting \(what) cannot be undone.", hint: "Say --yes if it is to be done.")
        }
        context.errors.write("Delete \(what)? This cannot be undone. [y/n] ")
        return try await Question.answer()?.lowercased().hasPrefix("y") ?? false
    }
}
