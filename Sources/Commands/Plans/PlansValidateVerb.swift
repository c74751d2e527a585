internal import Core
internal import Plans

/// `signalbox plans validate FILE…`
struct PlansValidateVerb: Verb {
    static let syntax = VerbSyntax(
        words: ["plans", "validate"], summary: "Check plans and print all their mistakes",
        operands: .oneOrMore("FILE"), options: [.json],
        notes: ["A directory stands for the plan.yaml in it. Exit code 2 when a plan has mistakes."])

    let paths: [String]
    let isJSON: Bool

    init(_ arguments: ParsedArguments) throws {
        paths = arguments.operands
        isJSON = arguments.has(.json)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        var documents: [JSON] = []
        var isValid = true
        for given in paths {
            let path = FileSystem.isDirectory(given) ? given + (given.hasSuffix("/") ? "" : "/") + "plan.yaml" : given
            do {
                let plan = try await onOwnThread("plan") { try PlanLoader.load(path) }
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
                }
                object["hint"] = finding.hint.map(JSON.string) ?? .null
                return .object(object)
            })
    }
}
