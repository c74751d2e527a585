internal import Core
internal import Runtime

/// `signalbox doctor`
struct DoctorVerb: Verb {
    private static let rebuild = OptionSyntax.flag(
        "--rebuild", "Tell all rows of tasks anew from the journal; no server may run")

    static let syntax = VerbSyntax(
        words: ["doctor"], summary: "Look at the installation, and say which settings are in force",
        options: [rebuild, .data, .configuration, .json],
        notes: [
            "Looks only, unless --rebuild is given. The exit code is 1 when something is broken.",
            "The journal of events is the truth; lists and pages read rows that follow from it. --rebuild replaces the\n"
                + "rows, all of them or none, and says how many tasks had others than they should.",
        ],
        examples: [
            VerbExample([], "Look at everything and change nothing"),
            VerbExample(["--rebuild"], "Tell the rows of all tasks anew from the journal"),
        ])

    let isRebuilding: Bool
    let isJSON: Bool
    let flags: Settings.Flags
    private let place: PlaceOptions
    private let followUp: FollowUp

    init(_ arguments: ParsedArguments) throws {
        isRebuilding = arguments.has(Self.rebuild)
        isJSON = arguments.has(.json)
        followUp = FollowUp(arguments)
        place = PlaceOptions(arguments)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let (settings, mistakes) = try await settings(context)
        var rebuilt: ProjectionRebuild.Result?
        var findings = mistakes
        if let settings {
            if isRebuilding {
                rebuilt = try await ProgressBar.during("Telling the rows of tasks anew", context) {
                    try await rebuild(settings.directory)
                }
            }
            findings += try await Doctor.examine(settings, environment: context.environment)
        }
        for place in findings.indices { findings[place].hint = findings[place].hint.map(followUp.completed) }
        let inForce = try await inForce(settings)
        if isJSON {
            context.output.writeLine(json(findings, inForce, rebuilt).prettyText)
        } else {
            write(findings, inForce, rebuilt, to: context)
        }
        return findings.contains { $0.state == .failed } ? .failed : .completed
    }

    /// A settings file with mistakes is what is looked for here: the rest is looked at without it.
    private func settings(
        _ context: CommandContext
    ) async throws -> (settings: Settings?, mistakes: [Doctor.Finding]) {
        let (flags, environment) = (flags, context.environment)
        return try await onOwnThread("settings") {
            do {
                return (try Settings.resolve(flags, environment: environment), [])
            } catch let error as SignalboxError where error.code == .configuration {
                return (
                    try Settings.resolveWithoutFile(flags, environment: environment),
                    Doctor.findings(ofSettings: error)
                )
            }
        }
    }

    /// Those of the server that runs on the directory. One that does not answer is seen in the findings.
    private func inForce(_ settings: Settings?) async throws -> SettingsInForce? {
        guard let settings else { return nil }
        let client = flags.configuration == nil ? try place.serverClient(settings) : nil
        do {
            return try await SettingsInForce(settings, client)
        } catch is SignalboxError where client != nil {
            return try await SettingsInForce(settings, nil)
        }
    }

    private func rebuild(_ directory: DataDirectory) async throws -> ProjectionRebuild.Result {
        // Folding calls go as deep as the plans that are read.
        try await onOwnThread("rebuild", stackBytes: 4 << 20) { try ProjectionRebuild.run(in: directory) }
    }

    private func write(
        _ findings: [Doctor.Finding], _ inForce: SettingsInForce?, _ rebuilt: ProjectionRebuild.Result?,
        to context: CommandContext
    ) {
        if let rebuilt {
            let tasks = Quantity.count(Int64(rebuilt.tasks), "task")
            let differing = Quantity.grouped(Int64(rebuilt.differing))
            let names = rebuilt.named.map(\.description).joined(separator: " ")
            context.output.writeLine(
                "Rebuilt the rows of \(tasks): "
                    + (rebuilt.differing == 0 ? "all were as the journal says" : "\(differing) had others: \(names)"))
            if rebuilt.hadOtherUsage { context.output.writeLine("The sums of usage were others before.") }
        }
        let origins = inForce?.rows ?? []
        let width = (findings.map(\.name) + origins.map(\.name)).map(\.count).max() ?? 0
        func padded(_ name: String) -> String { name + String(repeating: " ", count: width - name.count) }
        for finding in findings {
            let mark = finding.state.rawValue + String(repeating: " ", count: 7 - finding.state.rawValue.count)
            context.output.writeLine("\(mark)  \(padded(finding.name))  \(finding.detail)")
            if let hint = finding.hint { context.output.writeLine("         \(padded(""))  hint: \(hint)") }
        }
        if let inForce { context.output.writeLine("\n\(inForce.title)") }
        for setting in origins {
            context.output.writeLine("         \(padded(setting.name))  \(setting.value)  (\(setting.origin))")
        }
        for change in inForce?.changes ?? [] { context.output.writeLine("         \(change)") }
    }

    private func json(
        _ findings: [Doctor.Finding], _ inForce: SettingsInForce?, _ rebuilt: ProjectionRebuild.Result?
    ) -> JSON {
        var document: JSONObject = [
            "findings": .array(
                findings.map { finding in
                    [
                        "name": .string(finding.name), "state": .string(finding.state.rawValue),
                        "detail": .string(finding.detail), "hint": finding.hint.map(JSON.string) ?? .null,
                    ]
                }),
            "server": inForce?.server.map(JSON.string) ?? .null, "settings": inForce?.json ?? [],
        ]
        if let rebuilt {
            document["rebuilt"] = [
                "tasks": .int(Int64(rebuilt.tasks)), "differing": .int(Int64(rebuilt.differing)),
                "differing_tasks": .array(rebuilt.named.map { .int($0.rawValue) }),
                "usage_differed": .bool(rebuilt.hadOtherUsage),
            ]
        }
        return .object(document)
    }
}
