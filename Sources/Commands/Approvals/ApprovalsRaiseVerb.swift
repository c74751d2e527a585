internal import Client
internal import Core

/// `signalbox approvals raise ID`
struct ApprovalsRaiseVerb: Verb {
    private static let tokens = OptionSyntax.value("--tokens", "NUMBER", "The new limit on tokens")
    private static let cost = OptionSyntax.value("--cost", "AMOUNT", "The new limit on cost, in US dollars: 2.50")
    private static let modelCalls = OptionSyntax.value("--model-calls", "NUMBER", "The new limit on model calls")
    private static let toolCalls = OptionSyntax.value("--tool-calls", "NUMBER", "The new limit on tool calls")
    private static let turns = OptionSyntax.value("--turns", "NUMBER", "The new limit on turns of one run of an agent")

    static let syntax = VerbSyntax(
        words: ["approvals", "raise"], summary: "Raise a limit that a task has reached", operands: .one("ID"),
        options: [tokens, cost, modelCalls, toolCalls, turns] + DecisionOptions.syntax,
        notes: ["Without a new limit the proposed one is taken. `approvals reject ID --stop` refuses."],
        examples: [
            VerbExample(["8-1", "--tokens", "50000"], "Let the task use up to 50,000 tokens"),
            VerbExample(["8-1"], "Raise to what is proposed"),
        ])

    let limits: JSONObject
    let options: DecisionOptions

    init(_ arguments: ParsedArguments) throws {
        var limits = JSONObject()
        let named = [
            ("tokens", Self.tokens), ("cost", Self.cost), ("model_calls", Self.modelCalls),
            ("tool_calls", Self.toolCalls), ("turns", Self.turns),
        ]
        for (name, option) in named {
            if let text = arguments[option] { limits[name] = try LimitArguments.value(name, text) }
        }
        self.limits = limits
        options = DecisionOptions(arguments)
    }

    func run(_ context: CommandContext) async throws -> ExitCode {
        try await options.decide(context) { approval in
            guard approval.kind == .budget else {
                throw SignalboxError(
                    .invalidInput, "\(approval.id) asks for no limit to be raised.",
                    hint: "`signalbox approvals show \(approval.id)` says how to decide.")
            }
            return ApprovalDecision("approve", edits: limits.isEmpty ? nil : .object(limits))
        }
    }
}
