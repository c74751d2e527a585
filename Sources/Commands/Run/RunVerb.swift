internal import Client
internal import Core
internal import Plans
internal import Runtime

/// `signalbox run PLAN`
struct RunVerb: Verb {
    private static let prompt = OptionSyntax.value(
        "--prompt", "TEXT", "Give free instructions in the place of a plan")
    private static let agent = OptionSyntax.value(
        "--agent", "NAME", "Give the instructions to this agent of the library instead of the planner")
    private static let input = OptionSyntax.values("--input", "NAME=VALUE", "Give a value to an input of the plan")
    private static let file = OptionSyntax.values("--file", "PATH", "Give a file, or all files of a directory")
    private static let url = OptionSyntax.values("--url", "URL", "Give what is found under a URL as a file")
    static let model = OptionSyntax.value(
        "--model", "MODEL", "Use this model for every agent: provider/model, or script/FILE")
    static let tag = OptionSyntax.values("--tag", "TAG", "Put a tag on the task")
    static let name = OptionSyntax.value("--name", "NAME", "Name the task")
    static let limit = OptionSyntax.values(
        "--limit", "NAME=VALUE",
        "Bound the task: duration=10m, tokens=20000, cost=0.50 (US dollars), model_calls=20, tool_calls=40, turns=30"
    ).offering(LimitArguments.names.map { "\($0)=" })
    static let priority = OptionSyntax.value(
        "--priority", "NUMBER", "Give tasks of a higher priority their turn first: -100 to 100")
    static let detach = OptionSyntax.flag("--detach", "Start the task on a server and do not wait for its end")

    static let syntax = VerbSyntax(
        words: ["run"], summary: "Run a plan and follow it to its end", operands: .words("PLAN"),
        options: [
            prompt, agent, input, file, url, model, tag, name, limit, priority, .json, detach, .server, .data,
            .configuration,
        ],
        notes: [
            "PLAN is a file, a directory with plan.yaml in it, or the name of a saved plan.",
            "With --prompt there is no PLAN: the planner, a model, chooses one of the published plans and fills its "
                + "inputs, or lets an agent follow the instructions.",
            "What --url names is fetched by whoever runs the task, from public addresses and those that the setting "
                + "private_hosts names, before the task is made.",
            "The task runs on the server given with --server, else on the one that serves the data directory, else in "
                + "this process.",
            "When a person is asked, it asks you on a terminal; else it says how to decide and ends when nothing else of the "
                + "task can go on.",
            "Exit codes: 0 completed, 1 failed, 2 bad use or input, 3 cancelled, 4 waits for a person; before the end 130 when "
                + "interrupted (Ctrl-C), 143 when terminated.",
            "69 when the server cannot be reached: trying again may help.",
        ],
        examples: [
            VerbExample(["examples/hello", "--input", "name=Ada"], "Run the plan of a directory and follow it"),
            VerbExample(
                ["examples/digest", "--file", "examples/digest/in", "--limit", "tokens=50000"],
                "Give it all files of a directory, and bound what it may use"),
            VerbExample(
                ["digest", "--url", "https://example.com/report.txt"],
                "Give it a file that the server fetches from the web"),
            VerbExample(
                ["hello", "--tag", "trial", "--detach"],
                "Start a saved plan on the server, and do not wait for it"),
            VerbExample(["hello", "--json"], "Print the task with its outputs for a program"),
            VerbExample(
                ["--prompt", "Note: Höfer pays within 14 days", "--agent", "clerk"],
                "Give instructions to an agent of the library"),
        ])

    let target: RunTarget
    let inputs: [String]
    let files: [String]
    let urls: [String]
    let model: String?
    let tags: [String]
    let name: String?
    let limits: JSONObject
    let priority: Int?
    let isJSON: Bool
    let isDetached: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        target = try RunTarget(
            arguments.operands, prompt: arguments[Self.prompt], agent: arguments[Self.agent], Self.syntax)
        inputs = arguments.all(Self.input)
        files = arguments.all(Self.file)
        urls = arguments.all(Self.url)
        model = arguments[Self.model]
        tags = arguments.all(Self.tag)
        name = arguments[Self.name]
        if case .prompt = target, !inputs.isEmpty {
            throw UsageError.error("Instructions have no inputs: leave --input out, or name a plan.", Self.syntax)
        }
        limits = try LimitArguments.limits(arguments.all(Self.limit))
        priority = try arguments.integer(
            Self.priority, in: -Limits.planPriorityMaximum...Limits.planPriorityMaximum)
        isJSON = arguments.has(.json)
        isDetached = arguments.has(Self.detach)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        // Everything that can be wrong here is found before anything is stored.
        let (argument, paths, settings) = try await onOwnThread("arguments") {
            return (
                try target.read(inputs: inputs, model: model), try FileArguments.paths(files),
                try Settings.resolve(place.flags, environment: context.environment)
            )
        }
        if isDetached { try place.checkServer(settings) }
        var host = try await TaskHost.open(server: place.server, settings: settings, for: .running)
        host.placeArguments = place.arguments
        host.followUp = place.followUp
        return try await host.use(context) { host in
            let (chosen, values) = try await target.choice(argument, host.client, inputs: inputs)
            var given = try await FileArguments.upload(paths, to: host.client, context)
            if !urls.isEmpty { given += try await FileArguments.fetch(urls, by: host.client, context) }
            let submission = TaskSubmission(
                plan: chosen, inputs: values, files: given, name: name, tags: tags,
                model: model,
                limits: limits, priority: priority, trigger: "cli")
            let task = try await host.client.submit(submission)
            for notice in task.notices {
                context.errors.writeLine(context.style.yellow(DisplayText.line(notice)))
            }
            let details = try await host.client.task(task.id)
            if isDetached {
                context.output.writeLine(isJSON ? details.json.prettyText : "\(host.address ?? "")\(task.path)")
                return .completed
            }
            return try await TaskFollower(host: host, context: context).followToEnd(
                details, as: ProgressDisplay.form(for: context), printsJSON: isJSON)
        }
    }
}
