internal import Client
internal import Core
internal import Plans

/// `signalbox plans save FILE…`
struct PlansSaveVerb: Verb {
    private static let author = OptionSyntax.value("--author", "NAME", "Say who saves it, when it is not you")
    private static let note = OptionSyntax.value("--note", "TEXT", "Say what is new in this version")
    private static let over = OptionSyntax.value(
        "--over", "HASH", "Save only when the latest version has this whole hash")

    static let syntax = VerbSyntax(
        words: ["plans", "save"], summary: "Save plans, or new versions of them", operands: .oneOrMore("FILE"),
        options: [author, note, over, .json, .server, .data, .configuration],
        notes: [
            "A directory stands for the plan.yaml in it. Files that the plan names are saved with it.",
            "The latest version runs by its name, unless another one is published. The same text again is no new version.",
        ],
        examples: [
            VerbExample(["plan.yaml"], "Save a plan, or a new version of it"),
            VerbExample(["plan.yaml", "--note", "Greets in French"], "Say what is new"),
        ])

    let paths: [String]
    let author: String?
    let note: String?
    let over: String?
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        paths = arguments.operands
        author = arguments[Self.author]
        note = arguments[Self.note]
        over = arguments[Self.over]
        if over != nil, paths.count > 1 { throw UsageError.error("--over goes with one FILE.", Self.syntax) }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let paths = paths.map { path in
            FileSystem.isDirectory(path) ? path + (path.hasSuffix("/") ? "" : "/") + "plan.yaml" : path
        }
        // All are read before the first is saved.
        let plans = try await onOwnThread("plans") { try paths.map { try PlanLoader.load($0) } }
        // What is saved first may make the data directory, as what runs first does.
        return try await place.open(context, for: .running).use(context) { host in
            var saved: [JSON] = []
            for plan in plans {
                let source = plan.source
                let (version, isNew) = try await host.client.savePlan(
                    path: source.path, text: source.text, files: source.files, author: author, note: note, over: over)
                saved.append(version.json)
                guard !isJSON else { continue }
                let what = isNew ? "Saved \(version.name)," : "\(version.name) is saved already:"
                context.output.writeLine(
                    DisplayText.line("\(what) version \(version.hash.prefix(8))\(Self.remark(on: version))."))
            }
            if isJSON { context.output.writeLine(JSON.object(["plans": .array(saved)]).prettyText) }
            return .completed
        }
    }

    /// What runs, when it is not the version that was saved.
    private static func remark(on version: PlanSummary) -> String {
        guard let published = version.published, published != version.hash else { return "" }
        return "; the published version \(published.prefix(8)) goes on running"
    }
}
