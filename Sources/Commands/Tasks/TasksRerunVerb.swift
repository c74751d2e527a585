internal import Client
internal import Core

/// `signalbox tasks rerun NUMBER…`
struct TasksRerunVerb: Verb {
    private static let plan = OptionSyntax.value(
        "--plan", "VERSION", "Run the plan as-it-was (the default) or as-it-is: the latest saved version"
    ).offering(["as-it-was", "as-it-is"])
    private static let planName = OptionSyntax.value("--plan-name", "PLAN", "Rerun all tasks of this plan")
    static let syntax = VerbSyntax(
        words: ["tasks", "rerun"], summary: "Run tasks once more with the same inputs", operands: .words("NUMBER"),
        options: [RestartOptions.from, plan, BulkOptions.filter, planName, BulkOptions.dryRun] + FollowOptions.syntax
            + [.server, .data, .configuration],
        notes: [
            "Everything runs again; with --from the results before that step are taken over.",
            "A filter or several numbers rerun many tasks on a server.", BulkOptions.note,
        ],
        examples: [
            VerbExample(["1"], "Run task 1 once more and follow it"),
            VerbExample(["1", "--from", "greet"], "Take over what comes before a step"),
            VerbExample(
                ["--plan-name", "hello", "--filter", "status=completed", "--dry-run"],
                "Say which tasks of a plan would run once more"),
        ])

    let references: [String]
    let plan: TaskAgain.Plan
    let from: String?
    let filter: JSONObject
    let isDryRun: Bool
    let following: FollowOptions
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        references = arguments.operands
        from = arguments[RestartOptions.from]
        switch arguments[Self.plan] {
        case nil, "as-it-was"?: plan = .asItWas
        case "as-it-is"?: plan = .asItIs
        case let other?:
            throw SignalboxError(
                .invalidInput, "--plan must be as-it-was or as-it-is, not \"\(other)\".",
                hint: "`signalbox tasks restart NUMBER --plan FILE` runs another plan.")
        }
        filter = try Self.filter(arguments)
        isDryRun = arguments.has(BulkOptions.dryRun)
        following = try FollowOptions(arguments)
        place = PlaceOptions(arguments)
        guard references.isEmpty != filter.isEmpty else {
            throw UsageError.error("Either numbers or a filter say which tasks are meant.", Self.syntax)
        }
        guard from == nil || references.count == 1 else {
            throw UsageError.error("--from is for one task.", Self.syntax)
        }
    }

    private static func filter(_ arguments: ParsedArguments) throws -> JSONObject {
        var filter = try BulkOptions.filters(arguments)
        if let plan = arguments[planName] { filter["plan"] = .string(plan) }
        return filter
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: isDryRun ? .looking : .repeating).use(context) { host in
            guard references.count == 1, !isDryRun else { return try await rerunMany(host, context) }
            try following.check(host)
            var again = TaskAgain()
            again.plan = plan
            again.from = from
            again.trigger = "cli"
            let task = try await host.client.rerun(references[0], again)
            return try await following.follow(task, host, context)
        }
    }

    private func rerunMany(_ host: TaskHost, _ context: CommandContext) async throws -> ExitCode {
        guard isDryRun || host.address != nil else {
            throw SignalboxError(
                .invalidInput, "Many tasks are rerun on a server, and none serves the data directory.",
                hint: "Start one with `signalbox serve`.")
        }
        var request: JSONObject = ["action": "rerun", "trigger": "cli", "dry_run": .bool(isDryRun)]
        if case .asItIs = plan { request["plan"] = "as_it_is" }
        if filter.isEmpty {
            request["tasks"] = .array(references.map(JSON.string))
        } else {
            request["filter"] = .object(filter)
        }
        return BulkReport(context: context).write(try await host.client.bulk(request), isJSON: following.isJSON)
    }
}
