internal import CEL
internal import Core
internal import Plans

extension TaskMachine {
    /// Asks for the task that does the work of a step.
    mutating func startChild(at address: StepAddress, _ path: StepPath) {
        let definition = definition(at: address)
        guard case .task(let child) = definition.kind else {
            preconditionFailure("Only a task step has a child.")
        }
        let run = nextRun(of: address)
        do {
            let depth = (state.origin.parent?.depth ?? 0) + 1
            guard depth <= Limits.taskDepthMaximum else {
                throw Failure(
                    .validation,
                    "Tasks may stand \(Limits.taskDepthMaximum) deep below one another; does a plan call itself?")
            }
            let scope = state.scope(of: address.frame)
            var inputs = JSONObject()
            for input in child.inputs { inputs[input.name] = try input.value.evaluate(in: scope) }
            let call: JSON = ["plan": .string(child.plan.name), "inputs": .object(inputs)]
            guard let agreed = try consented(to: call, at: address, path, definition, scope) else { return }
            try agreed.requireBounds(of: "What the task is given", bytesMaximum: Limits.payloadBytesMaximum)
            guard !isSpending(beside: address) else { return waitForBudget(path) }
            emit(.stepStarted(path, run, input: agreed))
            act(
                .spawn(
                    ChildRequest(
                        step: path, run: run, plan: child.plan, inputs: agreed["inputs"]?.objectValue ?? inputs,
                        limits: remainingLimits, parentLimits: wholeLimits, depth: depth,
                        deadline: deadline(of: definition))))
        } catch {
            emit(.stepFailed(path, run, Failure(evaluating: error, step: path), trace: nil))
        }
    }

    /// Whether something is under way of which nobody knows yet how much of a bounded budget it uses: a child may use all
    /// that is left.
    func isSpending(beside address: StepAddress) -> Bool {
        guard state.limits.boundsSpending else { return false }
        return reserved(beside: address) != .none || hasChildUnderWay
    }

    /// Whether a task that a step has started has not ended, or is about to be made.
    var hasChildUnderWay: Bool {
        !state.children.isEmpty
            || runningSteps.contains { path, _ in
                if case .task = definition(at: address(known: path)).kind { true } else { false }
            }
    }

    /// Lets a step wait until what is under way has shown what it uses.
    mutating func waitForBudget(_ path: StepPath) {
        let children = state.children.keys.sorted().prefix(3).map(\.description).joined(separator: ", ")
        let what = children.isEmpty ? "what is under way" : "what is under way (task \(children))"
        emit(
            .stepWaiting(
                path, nil,
                Wait(
                    .budget, since: now, sentence: "Waits until \(what) has shown how much of the budget it uses.")))
    }

    /// What bounds tokens, cost and calls of the task and of those that it starts.
    var wholeLimits: TaskLimits {
        TaskLimits(
            tokens: state.limits.tokens, cost: state.limits.cost, modelCalls: state.limits.modelCalls,
            toolCalls: toolCallLimit)
    }

    /// What of tokens, cost and calls is left.
    var remainingLimits: TaskLimits {
        var used = state.spending
        used += state.childrenSpending
        return TaskLimits(
            tokens: state.limits.tokens.map { max(0, $0 - used.tokensAtMost - state.reserved.tokens) },
            cost: state.limits.cost.map { max(.zero, $0 - used.costAtMost - (state.reserved.cost ?? .zero)) },
            modelCalls: state.limits.modelCalls.map { max(0, $0 - used.modelCalls - state.reserved.modelCalls) },
            toolCalls: max(0, toolCallLimit - used.toolCalls), turns: state.limits.turns)
    }
}

extension ChildTaskDefinition.PlanReference {
    /// The name or the path, for people.
    var name: String {
        switch self {
        case .saved(let name): name
        case .file(let path): path
        }
    }
}
