internal import Client
internal import Core
internal import Plans
internal import Runtime

/// `signalbox plans diff A B`
struct PlansDiffVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "diff"], summary: "Say what two plans, or two versions of one, differ in",
        operands: .words("PLAN"), options: [.json, .server, .data, .configuration],
        notes: [
            "A plan is a file, the name of a saved plan, or NAME@VERSION: published, current, latest, or the first digits of "
                + "a hash.",
            "With one NAME, the version that runs is compared with the latest.",
        ],
        examples: [
            VerbExample(["hello"], "Show what publishing the latest version would change"),
            VerbExample(["hello", "plan.yaml"], "Compare the saved version with a file"),
        ])

    let references: [String]
    let isJSON: Bool
    let place: PlaceOptions

    init(_ arguments: ParsedArguments) throws {
        references = arguments.operands
        guard (1...2).contains(references.count) else {
            throw UsageError.error("Name one saved plan, or two plans.", Self.syntax)
        }
        isJSON = arguments.has(.json)
        place = PlaceOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await place.open(context, for: .looking).use(context) { host in
            let comparison: JSON
            if let (name, from, to) = versions {
                comparison = try await host.client.comparison(ofPlan: name, from: from, to: to)
            } else {
                let before = try await source(references[0], host.client)
                let after = try await source(references[1], host.client)
                comparison = [
                    "from": ["path": .string(before.path), "hash": .string(before.hash.rawValue)],
                    "to": ["path": .string(after.path), "hash": .string(after.hash.rawValue)],
                    "text": Runtime.difference(before, after).map(JSON.string) ?? nil,
                ]
            }
            if isJSON {
                context.output.writeLine(comparison.prettyText)
            } else if let text = comparison["text"]?.stringValue {
                // A program, or a file, gets it as it is.
                context.output.write(context.output.isTerminal ? DisplayText.paragraphs(text) : text)
            } else {
                context.output.writeLine("They are the same.")
            }
            return .completed
        }
    }

    /// Both references, where they are versions of one saved plan.
    private var versions: (name: String, from: String, to: String)? {
        guard references.count == 2 else { return (references[0], "current", "latest") }
        guard let before = Self.version(references[0]), let after = Self.version(references[1]),
            before.name == after.name
        else { return nil }
        return (before.name, before.version, after.version)
    }

    /// The parts of `NAME@VERSION`; nil for anything else.
    private static func version(_ reference: String) -> (name: String, version: String)? {
        let parts = reference.split(separator: "@", maxSplits: 1).map(String.init)
        guard parts.count == 2, PlanName.isValid(parts[0]), !FileSystem.exists(reference) else { return nil }
        return (parts[0], parts[1])
    }

    private func source(_ reference: String, _ client: SignalboxClient) async throws -> PlanSource {
        let argument: PlanArgument
        let version: String
        if let named = Self.version(reference) {
            (argument, version) = (.name(named.name), named.version)
        } else {
            (argument, version) = (try await onOwnThread("plan") { try PlanArgument.read(reference) }, "latest")
        }
        switch argument {
        case .file(let plan): return plan.source
        case .name(let name):
            let saved = try await client.plan(named: name, version: version)
            return PlanSource(path: saved.path, text: saved.text, files: saved.files)
        }
    }
}
