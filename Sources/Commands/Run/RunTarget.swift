internal import Client
internal import Core
internal import Plans

/// What `run` is to carry out.
enum RunTarget: Sendable {
    /// A plan, as it was typed.
    case plan(String)
    /// Free instructions, for an agent of the library or for the planner.
    case prompt(String, agent: String?)

    /// - Throws: `SignalboxError` with code `invalid_input` when both or none are named.
    init(_ operands: [String], prompt: String?, agent: String?, _ syntax: VerbSyntax) throws {
        if let prompt {
            guard operands.isEmpty else {
                throw UsageError.error("Give a PLAN or --prompt, not both.", syntax)
            }
            self = .prompt(prompt, agent: agent)
            return
        }
        guard agent == nil else { throw UsageError.error("--agent goes with --prompt.", syntax) }
        guard let plan = operands.first else { throw UsageError.error("Name a PLAN, or give --prompt.", syntax) }
        guard operands.count == 1 else {
            throw UsageError.error("One PLAN is run, not \"\(operands[1])\" too.", syntax)
        }
        self = .plan(plan)
    }

    /// The plan, if there is one, with its inputs checked as far as can be. It blocks.
    /// - Parameter model: that is to take the place of those of the plan.
    func read(inputs: [String], model: String?) throws -> PlanArgument? {
        guard case .plan(let text) = self else { return nil }
        let argument = try PlanArgument.read(text, model: model)
        if case .file(let plan) = argument { _ = try plan.inputs(fromArguments: inputs) }
        return argument
    }

    /// What the request says of the plan, and the values of its inputs.
    func choice(
        _ argument: PlanArgument?, _ client: SignalboxClient, inputs: [String]
    ) async throws -> (plan: TaskSubmission.Plan, inputs: JSONObject) {
        switch (self, argument) {
        case (.prompt(let prompt, let agent), _): return (.prompt(prompt, agent: agent), [:])
        case (.plan, let argument?):
            let plan = try await argument.plan(client)
            return (argument.submission(of: plan), try plan.inputs(fromArguments: inputs))
        case (.plan, nil): preconditionFailure("A plan has been read before it is submitted.")
        }
    }
}
