internal import Client
internal import Core
internal import Plans
internal import Runtime

/// `signalbox apps run NAME`
struct AppsRunVerb: Verb {
    private static let input = OptionSyntax.values(
        "--input", "NAME=VALUE", "Fill in a parameter; for a file, give its path")

    static let syntax = VerbSyntax(
        words: ["apps", "run"], summary: "Run an app and follow it to its end", operands: .one("NAME"),
        options: [
            input, RunVerb.model, RunVerb.tag, RunVerb.name, RunVerb.limit, RunVerb.priority, .json, RunVerb.detach,
            .server, .data, .configuration,
        ],
        notes: [
            "`signalbox apps show NAME` shows the parameters. The task goes on as with `signalbox run`, with the same exit "
                + "codes."
        ],
        examples: [
            VerbExample(["greeting", "--input", "name=Ada"], "Fill in a parameter, and follow the task"),
            VerbExample(["greeting", "--input", "name=Ada", "--json"], "Print the task for a program"),
        ])

    let app: String
    let inputs: [String]
    let model: String?
    let tags: [String]
    let name: String?
    let limits: JSONObject
    let priority: Int?
    let isJSON: Bool
    let isDetached: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        app = arguments.operands[0]
        inputs = arguments.all(Self.input)
        model = arguments[RunVerb.model]
        tags = arguments.all(RunVerb.tag)
        name = arguments[RunVerb.name]
        limits = try LimitArguments.limits(arguments.all(RunVerb.limit))
        priority = try arguments.integer(
            RunVerb.priority, in: -Limits.planPriorityMaximum...Limits.planPriorityMaximum)
        isJSON = arguments.has(.json)
        isDetached = arguments.has(RunVerb.detach)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let settings = try await place.settings(context)
        if isDetached { try place.checkServer(settings) }
        var host = try await TaskHost.open(server: place.server, settings: settings, for: .running)
        host.placeArguments = place.arguments
        return try await host.use(context) { host in
            let values = try await values(for: try await host.client.app(app), host.client, context)
            let submission = TaskSubmission(
                plan: .named(app), name: name, tags: tags, model: model, limits: limits, priority: priority,
                trigger: "cli")
            let task = try await host.client.run(app: app, parameters: values, submission)
            let details = try await host.client.task(task.id)
            if isDetached {
                context.output.writeLine(isJSON ? details.json.prettyText : "\(host.address ?? "")\(task.path)")
                return .completed
            }
            return try await TaskFollower(host: host, context: context).followToEnd(
                details, as: ProgressDisplay.form(for: context), printsJSON: isJSON)
        }
    }

    /// What was filled in, with the files uploaded.
    private func values(
        for app: AppSummary, _ client: SignalboxClient, _ context: CommandContext
    ) async throws -> JSONObject {
        let parameters = try app.parameters.map { try AppParameter($0) }
        var values = JSONObject()
        var files: [(parameter: String, path: String)] = []
        for argument in inputs {
            guard let equals = argument.firstIndex(of: "="), equals != argument.startIndex else {
                throw SignalboxError(
                    .invalidInput, "--input needs a name and a value, not \"\(argument)\".",
                    hint: "Write --input name=value.")
            }
            let name = String(argument[..<equals])
            let text = String(argument[argument.index(after: equals)...])
            guard values[name] == nil else {
                throw SignalboxError(.invalidInput, "The parameter \"\(name)\" is given twice.")
            }
            let parameter = parameters.first { $0.name == name }
            // What nobody knows, the server refuses with what there is.
            values[name] = parameter?.value(fromText: text) ?? .string(text)
            if parameter?.kind == .file { files.append((name, text)) }
        }
        // All are looked at before the first is sent.
        let paths = files.map(\.path)
        try await onOwnThread("files") {
            for path in paths where FileSystem.isDirectory(path) {
                throw SignalboxError(.invalidInput, "\(path) is a directory, and a parameter takes one file.")
            }
            _ = try FileArguments.paths(paths)
        }
        for (file, uploaded) in zip(files, try await FileArguments.upload(paths, to: client, context)) {
            values[file.parameter] = [
                "name": .string(uploaded.name), "sha256": .string(uploaded.hash.rawValue),
            ]
        }
        return values
    }
}
