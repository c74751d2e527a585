internal import Client
internal import Core

/// `signalbox plans publish NAME`
struct PlansPublishVerb: Verb {
    private static let version = OptionSyntax.value(
        "--version", "VERSION", "Publish this one, by the first digits of its hash, instead of the latest")
    private static let undo = OptionSyntax.flag("--undo", "Publish none: the latest version runs again")

    static let syntax = VerbSyntax(
        words: ["plans", "publish"], summary: "Let a version of a plan run, whatever is saved later",
        operands: .one("NAME"), options: [version, undo, .json, .server, .data, .configuration],
        notes: [
            "`signalbox plans versions NAME` lists the versions.",
            "Free instructions (`run --prompt`) are carried out by published plans alone.",
        ],
        examples: [
            VerbExample(["hello"], "Publish the latest version"),
            VerbExample(["hello", "--undo"], "Let the latest version run again"),
        ])

    let name: String
    let version: String?
    let isUndone: Bool
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        name = arguments.operands[0]
        version = arguments[Self.version]
        isUndone = arguments.has(Self.undo)
        if isUndone, version != nil { throw UsageError.error("--undo goes without --version.", Self.syntax) }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let plan =
                isUndone
                ? try await host.client.changePlan(name, "unpublish")
                : try await host.client.publishPlan(name, version: version)
            let current = (plan.current ?? plan.hash).prefix(8)
            let sentence =
                isUndone
                ? "\(name) runs in its latest version, \(current)."
                : "\(name) runs in version \(current) from now on."
            context.output.writeLine(isJSON ? plan.json.prettyText : DisplayText.line(sentence))
            return .completed
        }
    }
}
