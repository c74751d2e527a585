internal import Client
internal import Core

/// `signalbox tasks tag NUMBER…`
struct TasksTagVerb: Verb {
    private static let add = OptionSyntax.values("--add", "TAG", "Add this tag")
    private static let remove = OptionSyntax.values("--remove", "TAG", "Take this tag away")

    static let syntax = VerbSyntax(
        words: ["tasks", "tag"], summary: "Add tags to tasks, or take some away", operands: .words("NUMBER"),
        options: [add, remove] + BulkOptions.syntax + [.json, .server, .data, .configuration],
        notes: ["Tasks can be tagged in every state, also after their end.", BulkOptions.note],
        examples: [
            VerbExample(["1", "--add", "trial"], "Tag task 1"),
            VerbExample(["1", "2", "--add", "greeting", "--remove", "trial", "--yes"], "Tag several tasks"),
            VerbExample(
                ["--filter", "plan=hello", "--add", "greeting", "--dry-run"],
                "Say which tasks of a plan would be tagged"),
        ])

    let tags: (adding: [String], removing: [String])
    let tasks: BulkOptions
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        tags = (arguments.all(Self.add), arguments.all(Self.remove))
        guard !tags.adding.isEmpty || !tags.removing.isEmpty else {
            throw UsageError.error("--add or --remove says which tags.", Self.syntax)
        }
        tasks = try BulkOptions(arguments, Self.syntax)
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            guard let reference = tasks.single else {
                let change = SignalboxClient.tagChange(adding: tags.adding, removing: tags.removing)
                return try await tasks.run(
                    "tag", called: "Tag", with: ["tags": change], on: host, context, isJSON: isJSON)
            }
            let task = try await host.client.tag(reference, adding: tags.adding, removing: tags.removing)
            let now = task.json["tags"]?.arrayValue?.compactMap(\.stringValue) ?? []
            let words = now.isEmpty ? "no tags" : "the tags " + now.joined(separator: ", ")
            context.output.writeLine(
                isJSON ? task.json.prettyText : "Task \(task.number) has \(DisplayText.line(words)).")
            return .completed
        }
    }
}
