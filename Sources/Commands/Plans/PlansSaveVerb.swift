internal import Client
internal import Core
internal import Plans

/// `signalbox plans save FILE…`
struct PlansSaveVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "save"], summary: "Save plans, or new versions of them", operands: .oneOrMore("FILE"),
        options: SaveCall.syntax,
        notes: [
            "A directory stands for the plan.yaml in it. Files that the plan names are saved with it.",
            "The latest version runs by its name, unless another one is published. The same text again is no new version.",
        ],
        examples: [
            VerbExample(["plan.yaml"], "Save a plan, or a new version of it"),
            VerbExample(["plan.yaml", "--note", "Greets in French"], "Say what is new"),
        ])

    let call: SaveCall

    init(_ arguments: ParsedArguments) throws { call = try SaveCall(arguments, Self.syntax) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(context, listedAs: "plans", read: Self.read) { client, document in
            let (version, outcome) = try await client.savePlan(document)
            return SaveCall.Saved(
                name: version.name, hash: version.hash, outcome: outcome, remark: Self.remark(on: version),
                json: version.json)
        }
    }

    private static func read(_ path: String) throws -> PlanSource {
        let isDirectory = FileSystem.isDirectory(path)
        return try PlanLoader.load(isDirectory ? path + (path.hasSuffix("/") ? "" : "/") + "plan.yaml" : path).source
    }

    /// What runs, when it is not the version that was saved.
    private static func remark(on version: PlanSummary) -> String {
        guard let published = version.published, published != version.hash else { return "" }
        return "; the published version \(published.prefix(8)) goes on running"
    }
}
