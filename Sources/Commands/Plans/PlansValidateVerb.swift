internal import Core
internal import Plans
internal import Runtime

/// `signalbox plans validate FILE…`
struct PlansValidateVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "validate"], summary: "Check plans and print all their mistakes",
        operands: .oneOrMore("FILE"), options: [.json, .data, .configuration],
        notes: [
            "A directory stands for the plan.yaml in it. Exit code 2 when a plan has mistakes.",
            "With --data or --config also what those settings must have is looked for: MCP servers, providers of models.",
        ],
        examples: [VerbExample(["plan.yaml", "examples/hello"], "Check a file, and the plan of a directory")])

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
        for given in paths {
            let path = FileSystem.isDirectory(given) ? given + (given.hasSuffix("/") ? "" : "/") + "plan.yaml" : given
            do {
                let plan = try await onOwnThread("plan") {
                    let plan = try PlanLoader.load(path)
                    try settings?.check(plan)
                    return plan
                }
                let steps = Quantity.count(Int64(plan.allSteps.count), "step")
                if !isJSON {
                    let line = "\(path): \(plan.name) is valid: \(steps), version \(plan.hash.short)"
                    context.output.writeLine(DisplayText.line(line))
                }
                documents.append([
                    "path": .string(path), "valid": true, "name": .string(plan.name),
                    "hash": .string(plan.hash.rawValue), "errors": [],
                ])
            } catch let error as SignalboxError {
                isValid = false
                documents.append(["path": .string(path), "valid": false, "errors": Self.findings(error)])
                if !isJSON { context.write(error) }
            }
        }
        if isJSON { context.output.writeLine(JSON.object(["plans": .array(documents)]).prettyText) }
        return isValid ? .completed : .badUse
    }

    /// What was found, for programs.
    static func findings(_ error: SignalboxError) -> JSON {
        guard !error.diagnostics.isEmpty else {
            return [["message": .string(error.message), "hint": error.hint.map(JSON.string) ?? nil]]
        }
        return .array(
            error.diagnostics.map { finding in
                var object: JSONObject = ["message": .string(finding.message)]
                if case .source(_, let line, let column) = finding.place {
                    object["line"] = .int(Int64(line))
                    object["column"] = .int(Int64(column))
                } else if case .pointer(let pointer) = finding.place {
                    object["pointer"] = .string(pointer)
                }
                object["hint"] = finding.hint.map(JSON.string) ?? .null
                return .object(object)
            })
    }
}
