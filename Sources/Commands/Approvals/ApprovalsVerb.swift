internal import Client
internal import Core

/// `signalbox approvals`
struct ApprovalsVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["approvals"], summary: "Decide what waits for you, by keys on a terminal",
        options: [.server, .data, .configuration],
        notes: [
            "Arrows or j and k choose a request, Enter shows it in full; the first letter of a decision, such as a, r, e or l,\n"
                + "begins it and asks for what belongs to it. q or Ctrl-C leaves. Requests come and go as they do on the server.",
            "`approvals list`, `show`, `approve`, `reject`, `answer` and `raise` do the same one by one, also without a\n"
                + "terminal.",
        ],
        examples: [VerbExample([], "Look at what waits, and decide")])

    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        guard context.output.isTerminal, context.errors.isTerminal, Question.canBeAsked else {
            throw SignalboxError(
                .invalidInput, "There is no terminal to decide at.",
                hint: "`signalbox approvals list` lists what is open, `signalbox approvals show ID` says how to decide."
            )
        }
        // A terminal that cannot be drawn on gets the list.
        guard ProgressDisplay.form(for: context) == .tree else {
            return try await ApprovalsListVerb(place: place).run(context)
        }
        return try await place.open(context, for: .looking).use(context) { host in
            try await ApprovalsScreen(host: host, context: context).run()
        }
    }
}
