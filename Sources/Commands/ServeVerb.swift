internal import Client
internal import Core
internal import Glibc
internal import HTTPServer
internal import Plans
internal import Runtime

/// `signalbox serve`
struct ServeVerb: Verb {
    private static let port = OptionSyntax.value("--port", "PORT", "Listen here (default: 7171; 0 takes a free one)")
    private static let plans = OptionSyntax.values("--plans", "DIR", "Save every plan.yaml below this directory")
    private static let demo = OptionSyntax.value(
        "--demo", "DIR", "Run DIR/plan.yaml on the files of DIR/in, show it here, and go on serving")
    private static let defaultModel = OptionSyntax.value(
        "--default-model", "MODEL", "For agents that name none: provider/model")
    private static let levels = Log.Level.allCases.map(\.rawValue)
    private static let logLevel = OptionSyntax.value(
        "--log-level", "LEVEL", "Say what matters so much, or more: \(levels.joined(separator: ", ")) (default: info)"
    ).offering(levels)

    static let syntax = VerbSyntax(
        words: ["serve"], summary: "Run tasks and serve the page and the API",
        options: [port, .data, plans, demo, defaultModel, logLevel, .configuration],
        notes: [
            "Ctrl-C stops gracefully; pressed again, at once. What is unfinished goes on at the next start.",
            "On a terminal the log is sentences, else a line of JSON for each entry, on stderr. At `--log-level debug` it has "
                + "every request with its status and its duration.",
        ],
        examples: [
            VerbExample([], "Serve on http://127.0.0.1:7171, on the usual data directory"),
            VerbExample(
                ["--port", "0", "--plans", "examples"], "Listen on a free port, and save all plans below a directory"),
            VerbExample(["--demo", "examples/hello"], "Run an example, show it here, and go on serving"),
            VerbExample(["--log-level", "debug"], "Say everything, each request as well"),
        ])

    let plans: [String]
    let demo: String?
    let flags: Settings.Flags
    /// What finds this server from another call.
    let placeArguments: String

    init(_ arguments: ParsedArguments) throws {
        plans = arguments.all(Self.plans)
        demo = arguments[Self.demo]
        placeArguments = PlaceOptions.text(arguments, [.data, .configuration])
        flags = Settings.Flags(
            data: arguments[.data], configuration: arguments[.configuration],
            port: try arguments.integer(Self.port, in: 0...65_535).map { UInt16($0) },
            defaultModel: arguments[Self.defaultModel], logLevel: try arguments[Self.logLevel].map(Self.level))
    }

    private static func level(_ name: String) throws -> Log.Level {
        if let level = Log.Level(rawValue: name) { return level }
        throw SignalboxError(
            .invalidInput, "\(logLevel.name) cannot be \"\(name)\".",
            hint: Suggestion.hint(for: name, among: levels, called: "the levels are"))
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let (settings, saved, demonstration) = try await onOwnThread("arguments") {
            (
                try Settings.resolve(flags, environment: context.environment),
                try PlanDirectory(below: plans), try demo.map { try PlanLoader.load($0 + "/plan.yaml") }
            )
        }
        try context.interrupts.listen()
        let log = context.serverLog.from(settings.logLevel)
        let server = try await Server.start(settings.runtime(log: log), port: settings.port)
        let result: Result<Void, any Error>
        do {
            for plan in saved.plans { try await server.runtime.save(plan, bringsBack: false) }
            saved.tell(log)
            // Whoever waits for this line finds the plans there.
            context.output.writeLine("Signalbox serves on \(server.http.address)")
            if let demonstration, let demo { try await show(demonstration, from: demo, on: server, context) }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        if case .success = result {
            _ = try await context.interrupts.next()
            let stopping = "Stopping; what is unfinished goes on at the next start"
            // Where lines of the log are read by programs, each is one.
            if context.errors.isTerminal { context.errors.writeLine(stopping) } else { log.info(stopping) }
        }
        try await context.interrupts.endingAtOnce { await server.stop() }
        try result.get()
        return .completed
    }

    /// Submits the plan with its sample files and follows it.
    private func show(_ plan: Plan, from directory: String, on server: Server, _ context: CommandContext) async throws {
        var host = TaskHost(serving: server)
        host.placeArguments = placeArguments
        let paths = try FileArguments.paths(FileSystem.isDirectory(directory + "/in") ? [directory + "/in"] : [])
        let task = try await host.client.submit(
            TaskSubmission(
                plan: PlanArgument.file(plan).submission(of: plan),
                files: try await FileArguments.upload(paths, to: host.client, context), trigger: "cli"))
        let form = ProgressDisplay.form(for: context)
        let follower = TaskFollower(host: host, context: context)
        // Whatever becomes of the task, the server goes on; a signal meanwhile is meant for the server.
        let standstill: Standstill?
        switch try await follower.follow(try await host.client.task(task.id), as: form) {
        case .left(let signal): return context.interrupts.receive(signal)
        case .settled(_, let found): standstill = found
        }
        let report = TaskReport(
            task: try await host.client.task(task.id), address: server.http.address, context: context,
            standstill: standstill, placeArguments: placeArguments)
        report.writeResult()
        try report.writeSummary()
        context.errors.writeLine("Serving on \(server.http.address) until Ctrl-C")
    }
}
