internal import Core
internal import Plans
internal import Runtime

/// `signalbox agents validate FILE…`
struct AgentsValidateVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["agents", "validate"], summary: "Check agents and print all their mistakes",
        operands: .oneOrMore("FILE"), options: [.json, .data, .configuration],
        notes: [
            "Exit code 2 when an agent has mistakes.",
            "With --data or --config also what those settings must have is looked for: MCP servers, providers of models.",
        ],
        examples: [VerbExample(["clerk.yaml"], "Check an agent before it is saved")])

    let paths: [String]
    let isJSON: Bool
    let flags: Settings.Flags

    init(_ arguments: ParsedArguments) throws {
        paths = arguments.operands
        isJSON = arguments.has(.json)
        flags = Settings.Flags(data: arguments[.data], configuration: arguments[.configuration])
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        let settings = try await Settings.named(by: flags, context)
        var documents: [JSON] = []
        var isValid = true
        for path in paths {
            do {
                let agent = try await onOwnThread("agent") {
                    let agent = try PlanLoader.loadAgent(path)
                    try settings?.check(agent)
                    return agent
                }
                if !isJSON {
                    let line = "\(path): \(agent.name) is valid, version \(agent.hash.short)"
                    context.output.writeLine(DisplayText.line(line))
                }
                documents.append([
                    "path": .string(path), "valid": true, "name": .string(agent.name),
                    "hash": .string(agent.hash.rawValue), "errors": [],
                ])
            } catch let error as SignalboxError {
                isValid = false
                documents.append([
                    "path": .string(path), "valid": false, "errors": PlansValidateVerb.findings(error),
                ])
                if !isJSON { context.write(error) }
            }
        }
        if isJSON { context.output.writeLine(JSON.object(["agents": .array(documents)]).prettyText) }
        return isValid ? .completed : .badUse
    }
}
