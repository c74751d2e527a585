internal import Core
internal import Plans
internal import Runtime

/// `signalbox plans validate FILE…`
struct PlansValidateVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "validate"], summary: "Check plans and print all their mistakes",
        operands: .oneOrMore("FILE"), options: DocumentCheck.options,
        notes: [
            "A directory stands for the plan.yaml in it. Exit code 2 when a plan has mistakes.",
            DocumentCheck.note,
        ],
        examples: [VerbExample(["plan.yaml", "examples/hello"], "Check a file, and the plan of a directory")])

    let check: DocumentCheck

    init(_ arguments: ParsedArguments) throws { check = DocumentCheck(arguments) }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await check.run(context, listedAs: "plans", path: Self.file) { path, settings in
            let plan = try PlanLoader.load(path)
            try settings?.check(plan)
            let steps = Quantity.count(Int64(plan.allSteps.count), "step")
            return DocumentCheck.Valid(
                name: plan.name, hash: plan.hash, words: ": \(steps), version \(plan.hash.short)")
        }
    }

    private static func file(_ path: String) -> String {
        FileSystem.isDirectory(path) ? path + (path.hasSuffix("/") ? "" : "/") + "plan.yaml" : path
    }
}
