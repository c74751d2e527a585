internal import Client
internal import Core
internal import Plans

/// `signalbox plans diff A B`
struct PlansDiffVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "diff"], summary: "Say what two plans, or two versions of one, differ in",
        operands: .words("PLAN"), options: DiffCall.syntax,
        notes: [
            "A plan is a file, the name of a saved plan, or NAME@VERSION: published, current, latest, or the first digits of "
                + "a hash.",
            "With one NAME, the version that runs is compared with the latest.",
        ],
        examples: [
            VerbExample(["hello"], "Show what publishing the latest version would change"),
            VerbExample(["hello", "plan.yaml"], "Compare the saved version with a file"),
        ])

    let call: DiffCall

    init(_ arguments: ParsedArguments) throws { call = try DiffCall(arguments, "plan", Self.syntax) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await call.run(
            context,
            saved: { client, name, from, to in
                try await client.comparison(ofPlan: name, from: from ?? "current", to: to ?? "latest")
            }, source: Self.source)
    }

    private static func source(_ client: SignalboxClient, _ reference: String) async throws -> PlanSource {
        let named = DiffCall.Version(reference)
        let argument =
            if let named { PlanArgument.name(named.name) } else {
                try await onOwnThread("plan") { try PlanArgument.read(reference) }
            }
        switch argument {
        case .file(let plan): return plan.source
        case .name(let name):
            let saved = try await client.plan(named: name, version: named?.version ?? "latest")
            return PlanSource(path: saved.path, text: saved.text, files: saved.files)
        }
    }
}
