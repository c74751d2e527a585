internal import CEL
internal import Core
internal import Plans

/// The turns of an agent: which tools are called, who is asked first, and whether the model is asked once more.
///
/// After each answer and each result the machine says what comes next (`AgentOrder`); executors only carry that out.
/// A run that a crash, a person or a bound interrupts goes on where it was: behind the last turn, with the calls that
/// have no result yet.
extension TaskMachine {
    func agentRun(at address: StepAddress) -> AgentRun {
        state[address].conduct?.agent ?? AgentRun()
    }

    /// Says to the executor of a run what comes next.
    /// - Parameter looks: what calls have come to already, by their ids.
    mutating func goOn(
        with address: StepAddress, _ path: StepPath, _ run: RunNumber, looks: [String: ToolReturn] = [:]
    ) {
        var order: AgentOrder
        do {
            order = try nextOrder(at: address, path, run)
            if case .callTools(let calls, _) = order, calls.allSatisfy({ looks[$0.id] != nil }) {
                for call in calls {
                    guard let result = looks[call.id] else { continue }
                    emit(.toolCompleted(path, run, call: call.id, result))
                }
                order = try nextOrder(at: address, path, run)
            }
        } catch {
            fail(error, path, run)
            order = .rest
        }
        act(.agent(path, run, order))
        guard state.limits.boundsSpending else { return }
        // What has been used is known now, and what was put aside for it is free.
        retryBudgetWaits()
        advance()
    }

    private mutating func fail(_ error: any Error, _ path: StepPath, _ run: RunNumber) {
        finish(path, run, .failed(Failure(evaluating: error, step: path)))
        retryBudgetWaits()
        advance()
    }

    /// What a run that is under way does next.
    mutating func nextOrder(at address: StepAddress, _ path: StepPath, _ run: RunNumber) throws -> AgentOrder {
        guard !agentRun(at: address).isBusy else { return .rest }
        guard !state.frames[address.frame].isStopping else {
            finish(path, run, .stopped())
            advance()
            return .rest
        }
        if let doubtful = agentRun(at: address).open.first(where: \.isInDoubt) {
            askWhetherItHappened(doubtful.request, at: path, run)
            return .rest
        }
        for call in agentRun(at: address).open {
            guard let problem = call.request.problem else { continue }
            emit(.toolCompleted(path, run, call: call.request.id, ToolReturn(text: problem, isError: true)))
        }
        if let asking = agentRun(at: address).open.first(where: { $0.question != nil }), let question = asking.question
        {
            request(.question, at: path, run: run, title: question.title) { request in
                request.call = asking.request.id
                request.subject = asking.request.json
                request.form = question.form
            }
            return .rest
        }
        if let finding = loopFinding(at: address) {
            endLoop(finding, path, run)
            return .rest
        }
        let ready = readyCalls(at: address)
        guard ready.isEmpty else { return try begin(ready, at: address, path, run) }
        if let call = agentRun(at: address).open.first { return try wait(for: call, at: address, path, run) }
        return try askModel(at: address, path, run)
    }

    /// The calls that executors can carry out and nobody must be asked about.
    private func readyCalls(at address: StepAddress) -> [ToolRequest] {
        agentRun(at: address).open.filter { call in
            guard call.request.performer == .executor else { return false }
            return call.isAgreed || !needsConsent(call.request, at: address)
        }.map(\.request)
    }

    private mutating func begin(
        _ calls: [ToolRequest], at address: StepAddress, _ path: StepPath, _ run: RunNumber
    ) throws -> AgentOrder {
        guard hasRoom(forToolCalls: calls.count, path, run) else { return .rest }
        for call in calls { emit(.toolStarted(path, run, call)) }
        return .callTools(calls, turn: agentRun(at: address).turns)
    }

    /// Deals with a call that a person or another task has a part in; these come one after the other.
    private mutating func wait(
        for call: AgentRun.OpenCall, at address: StepAddress, _ path: StepPath, _ run: RunNumber
    ) throws -> AgentOrder {
        if !call.isAgreed, needsConsent(call.request, at: address) {
            requestConsent(to: call.request, at: path, run)
            return .rest
        }
        guard hasRoom(forToolCalls: 1, path, run) else { return .rest }
        switch call.request.performer {
        case .executor: preconditionFailure("A call that nobody need be asked about is carried out at once.")
        case .person:
            emit(.toolStarted(path, run, call.request))
            requestAnswer(to: call.request, at: path, run)
        case .task: try startTask(for: call.request, at: address, path, run)
        }
        return .rest
    }

    private mutating func askModel(
        at address: StepAddress, _ path: StepPath, _ run: RunNumber
    ) throws -> AgentOrder {
        let agent = agentRun(at: address)
        let limit = turnLimit(at: address)
        guard agent.turns < limit else {
            requestRaise(
                [
                    LimitReckoning(
                        .turns, limit: Int64(limit), used: Int64(agent.turns), next: 1,
                        origin: origin(
                            of: Int64(limit), .turns, agent: self.agent(of: definition(at: address))))
                ], at: path, run)
            return .rest
        }
        if dueLoopCheck(at: address) != nil {
            guard try fitsBudget(at: address, path, run: run) else { return .rest }
            return .checkLoop(latestCalls(at: address), model: loopRules(at: address).model)
        }
        if let warning = warning(at: address, turns: agent.turns, limit: limit) {
            emit(.agentNoticed(path, run, warning, .warning))
        } else if let raised = agent.raised {
            emit(.agentNoticed(path, run, raiseNotice(raised, turns: agent.turns), .raised))
        }
        guard try fitsBudget(at: address, path, run: run) else { return .rest }
        let conversation = state[address].conduct?.conversation ?? []
        return .askModel(conversation, turn: agent.turns + 1, bounds: answerBounds(at: address))
    }

    /// The latest calls with what came of them.
    private func latestCalls(at address: StepAddress) -> [AgentOrder.RecentCall] {
        let conversation = state[address].conduct?.conversation ?? []
        return agentRun(at: address).recent.suffix(recentCalls(at: address).calls).map { call in
            let result = conversation.last { $0.speaker == .tool && $0.call == call.request.id }
            return AgentOrder.RecentCall(request: call.request, result: result?.text, hasFailed: call.hasFailed == true)
        }
    }

    /// Ends a run that goes round in circles.
    mutating func endLoop(_ finding: LoopFinding, _ path: StepPath, _ run: RunNumber) {
        finish(path, run, .failed(Failure(.loop, finding.message, step: path), trace: finding.trace))
        retryBudgetWaits()
        advance()
    }

    private func loopFinding(at address: StepAddress) -> LoopFinding? {
        let rules = loopRules(at: address)
        // Of a round that is not over nobody knows what comes of it.
        guard rules.usesRules, agentRun(at: address).open.isEmpty else { return nil }
        return LoopFinding(agentRun(at: address).recent, repeats: rules.repeats ?? state.origin.agents.loopRepeats)
    }

    /// What holds for the agent: what the plan says, else the settings.
    func loopRules(at address: StepAddress) -> LoopRules {
        let settings = state.origin.agents
        if var own = agent(of: definition(at: address))?.loopRules {
            own.repeats = own.repeats ?? settings.loopRepeats
            return own
        }
        return LoopRules(
            repeats: settings.loopRepeats,
            checkEvery: settings.loopMethod == .rules ? nil : settings.loopCheckEvery, model: settings.loopModel,
            usesRules: settings.loopMethod != .model)
    }

    /// The agent that a step asks.
    func agent(of step: StepDefinition) -> AgentDefinition? {
        switch step.kind {
        case .agent(let call): executable.plan.agent(named: call.agent)
        case .branch(let branch): branch.chooser.flatMap { executable.plan.agent(named: $0.agent) }
        default: nil
        }
    }
}
