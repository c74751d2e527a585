internal import Core
internal import Plans

/// A person decides about a request. The first decision counts.
public struct Decide: TaskCommand {
    /// The ordinal of the request within its task.
    public let ordinal: Int
    public let decision: Decision

    public init(_ ordinal: Int, _ decision: Decision) {
        self.ordinal = ordinal
        self.decision = decision
    }

    public func apply(to machine: inout TaskMachine) throws {
        let number = machine.state.origin.number
        if let first = machine.state.decisions[ordinal] {
            throw SignalboxError(
                .conflict,
                "Request \(number.rawValue)-\(ordinal) was decided by \(first.decider) at \(first.decidedAt.rfc3339): \(first.verdict.rawValue)."
            )
        }
        guard let request = machine.state.requests[ordinal] else {
            guard ordinal >= 1, ordinal <= machine.state.requestCount else {
                throw SignalboxError(.notFound, "Task \(number) has no request \(ordinal).")
            }
            throw SignalboxError(
                .conflict, "Request \(number.rawValue)-\(ordinal) is not open any more: its step has ended without it.")
        }
        let decision = request.filled(decision)
        try request.check(decision)
        try machine.checkRaise(request, decision)
        try machine.checkArguments(request, decision)
        if decision.verdict == .retry, request.kind == .review {
            let address = machine.address(known: request.step)
            let rejections = machine.state[address].conduct?.rejections ?? 0
            guard rejections < Limits.reviewRejectionsMaximum else {
                throw SignalboxError(
                    .conflict,
                    "The output of \"\(request.step)\" has been sent back \(rejections) times, which is the most.",
                    hint: "Accept it, change it, or stop the task.")
            }
        }
        machine.decide(request, decision)
        machine.retryBudgetWaits()
        machine.advance()
    }
}

extension TaskMachine {
    /// What a person makes of the arguments of a tool call must fit the tool as its model was told of it. What was left
    /// as it was is not looked at: secrets in it are hidden here.
    fileprivate func checkArguments(_ request: DecisionRequest, _ decision: Decision) throws {
        guard request.kind == .consent, request.call != nil, decision.verdict == .approve,
            let arguments = decision.edits?["arguments"], arguments != request.proposal?["arguments"],
            let tool = request.proposal?["tool"]?.stringValue,
            let parameters = agentRun(at: address(known: request.step)).schemas[tool]
        else { return }
        let violations = try JSONSchema(parameters).validate(arguments)
        guard let first = violations.first else { return }
        throw SignalboxError(
            .invalidInput, "The arguments do not fit the tool \(tool): \(violations.sentence(calling: "they")).",
            at: .pointer("/edits/arguments" + first.instancePointer), hint: "Nothing was decided: change them again.",
            diagnostics: violations.map { $0.diagnostic(below: "/edits/arguments") })
    }

    /// A limit that is raised must be higher than it was, and let the call be made that it stood in the way of.
    fileprivate func checkRaise(_ request: DecisionRequest, _ decision: Decision) throws {
        guard request.kind == .budget, decision.verdict == .approve, let edits = decision.edits else { return }
        for reckoning in LimitReckoning.all(in: request.subject) {
            if let problem = reckoning.problem(withRaiseTo: edits) {
                throw SignalboxError(
                    .invalidInput, problem, at: .pointer("/edits/\(reckoning.kind.rawValue)"),
                    hint: "Without a number of yours it becomes what is proposed. Stop the task to refuse.")
            }
        }
        let raised = TaskLimits(edits)
        func require(_ isHigher: Bool, _ name: String, _ limit: String) throws {
            guard !isHigher else { return }
            throw SignalboxError(
                .invalidInput, "The limit is \(limit): it must be raised above that.", at: .pointer("/edits/\(name)"),
                hint: "Stop the task to refuse.")
        }
        if let tokens = raised.tokens, let limit = state.limits.tokens {
            try require(tokens > limit, "tokens", "\(limit) tokens")
        }
        if let cost = raised.cost, let limit = state.limits.cost { try require(cost > limit, "cost", "\(limit) USD") }
        if let calls = raised.toolCalls, let proposed = request.proposal?["tool_calls"]?.intValue {
            try require(calls > proposed / 2, "tool_calls", "\(proposed / 2) tool calls")
        }
        if let turns = raised.turns, let proposed = request.proposal?["turns"]?.intValue {
            try require(turns > proposed / 2, "turns", "\(proposed / 2) turns")
        }
        if let calls = raised.modelCalls, let limit = state.limits.modelCalls {
            try require(calls > limit, "model_calls", "\(limit) model calls")
        }
    }
}
