internal import CEL
internal import Core
internal import Plans

extension TaskMachine {
    /// What an executor must do for a run: all expressions evaluated, the bound on its time worked out.
    /// - Throws: `SignalboxError` when an expression cannot be evaluated, `Failure` when there is no time or no model.
    func work(for address: StepAddress, run: RunNumber) throws -> StepWork {
        let definition = definition(at: address)
        let path = path(at: address)
        let secrets = SecretMarks(
            definition.secretNames,
            seeing: [
                .string(state.origin.id.rawValue), .string(path.rawValue), .int(Int64(run.rawValue)),
                .object(state.context(of: address.frame)),
            ])
        return StepWork(
            task: state.origin.number, taskID: state.origin.id, step: path, run: run,
            call: try call(of: definition, at: address, secrets), timeout: try timeout(of: definition),
            files: state.origin.files, reusedFiles: state.origin.reusedFiles, plan: executable.plan.source,
            secrets: secrets, feedback: feedback(for: address),
            idempotencyKey: idempotencyKey(at: address, path))
    }

    /// The same for every run, except that a person who sends an output back wants a new one.
    private func idempotencyKey(at address: StepAddress, _ path: StepPath) -> String {
        let rejections = state[address].conduct?.rejections ?? 0
        return "\(state.origin.id)/\(path)" + (rejections > 0 ? "/again-\(rejections)" : "")
    }

    private func call(
        of step: StepDefinition, at address: StepAddress, _ secrets: SecretMarks
    ) throws -> StepWork.Call {
        var scope = state.scope(of: address.frame)
        if !secrets.isEmpty { scope["secrets"] = Value(secrets.json) }
        switch step.kind {
        case .set, .forEach, .task, .wait, .approval:
            preconditionFailure("A step of this kind is never handed to an executor.")
        case .command(let command):
            return .command(
                StepWork.Command(
                    arguments: try command.arguments.map { try text(of: $0, in: scope, as: "an argument") },
                    stdin: try command.stdin?.evaluate(in: scope),
                    environment: try command.environment.map {
                        ($0.name, try text(of: $0.value, in: scope, as: "the variable \($0.name)"))
                    },
                    planFiles: command.planFiles, outputFiles: command.outputFiles,
                    hasNetwork: command.hasNetwork))
        case .http(let request):
            return .http(
                StepWork.Request(
                    method: request.method, url: try text(of: request.url, in: scope, as: "the address"),
                    headers: try request.headers.map {
                        ($0.name, try text(of: $0.value, in: scope, as: "the header \($0.name)"))
                    },
                    body: try request.body?.evaluate(in: scope)))
        case .agent(let call): return .agent(try agent(call, at: address, scope))
        case .tool(let call):
            guard case .object(let arguments) = try call.arguments.evaluate(in: scope) else {
                throw Failure(.validation, "The arguments of a tool are an object, and not this.")
            }
            return .tool(StepWork.Tool(definition: call, arguments: arguments))
        case .branch(let branch):
            guard let chooser = branch.chooser else {
                preconditionFailure("A branch that no agent chooses for is decided at once.")
            }
            var agent = try agent(chooser, at: address, scope)
            agent.prompt += branch.instructions
            agent.schema = branch.answerSchema
            return .agent(agent)
        }
    }

    private func agent(
        _ call: AgentCallDefinition, at address: StepAddress, _ scope: Scope
    ) throws -> StepWork.Agent {
        guard let agent = executable.plan.agent(named: call.agent) else {
            preconditionFailure("The checked plan has a step with an unknown agent.")
        }
        guard let model = state.origin.model ?? agent.model ?? state.origin.defaultModel else {
            throw Failure(
                .validation,
                "The agent \"\(agent.name)\" has no model: name one in the plan, in the settings (default_model), or for the task."
            )
        }
        let conduct = state[address].conduct
        let goesOn = conduct?.isResuming == true || conduct?.keepsConversation == true
        var conversation = goesOn ? conduct?.conversation ?? [] : []
        if !goesOn, let sentBack = conduct?.sentBack {
            conversation = sentBack.conversation
        } else if !goesOn, let reuse = state.origin.reuse[path(at: address)],
            case .conversation(let messages) = reuse.content
        {
            conversation = messages
        }
        func safe(_ template: TemplateValue, as what: String) throws -> String {
            try text(
                try template.text(in: scope) { expression, value in
                    // A script is no model that could be led astray.
                    ScriptModel.path(of: model) == nil ? marked(value, of: expression, at: address) : nil
                }, as: what)
        }
        var prompt = try safe(call.prompt, as: "the prompt")
        // What was said of its own answer stands behind that; a script looks for it here, too.
        if conduct?.sentBack == nil || ScriptModel.path(of: model) != nil, let feedback = feedback(for: address) {
            prompt += "\n\nYour last answer was sent back by a person, who said:\n\(feedback)"
        }
        return StepWork.Agent(
            name: agent.name, model: model,
            system: try agent.system.map { try safe($0, as: "the system prompt") }, prompt: prompt,
            context: state.context(of: address.frame), conversation: conversation, schema: call.schema,
            attachments: call.files, definition: agent,
            memory: agent.memoryName(inPlan: executable.plan.name), settings: state.origin.agents,
            isBounded: state.limits.boundsSpending,
            mayLookAhead: state.limits.toolCalls == nil && !mayNeedConsent(agent))
    }

    /// What a person said who sent the output of the step back, or that of a loop or branch around it.
    private func feedback(for address: StepAddress) -> String? {
        state[address].conduct?.feedback
            ?? state.frames[address.frame].container.flatMap(feedback(for:))
    }

    private func text(of value: TemplateValue, in scope: Scope, as what: String) throws -> String {
        try text(try value.evaluate(in: scope), as: what)
    }

    private func text(_ value: JSON, as what: String) throws -> String {
        switch value {
        case .string(let text): return text
        case .null: throw Failure(.missingData, "There is no value for \(what): it is null.")
        case let other: return other.text
        }
    }

    private func timeout(of step: StepDefinition) throws -> Timeout {
        let limit = durationLimit
        let used = activeMilliseconds
        guard used < limit else {
            throw Failure(.timeout, "The task has used up its \(limit / 1000) seconds of active time.")
        }
        let origin =
            if state.origin.limits.durationMilliseconds != nil {
                "the limit on duration that the task was given"
            } else if state.limits.durationMilliseconds != nil {
                "the plan's limit on duration"
            } else {
                "the default limit on a task's duration"
            }
        let remaining = Timeout(milliseconds: limit - used, origin: origin)
        guard let own = step.timeoutMilliseconds ?? ownTimeout(of: step), own <= remaining.milliseconds else {
            return remaining
        }
        return Timeout(
            milliseconds: own,
            origin: step.timeoutMilliseconds == nil ? "the default for \(step.kind.name) steps" : "the step's timeout")
    }

    private func ownTimeout(of step: StepDefinition) -> Int64? {
        if case .http = step.kind { Limits.httpTimeoutMillisecondsDefault } else { nil }
    }
}

extension BranchDefinition {
    /// What an agent that chooses is told beside its prompt.
    fileprivate var instructions: String {
        var text = "\n\nChoose one of these paths:\n"
        for path in paths { text += "- \(path.name)" + (path.summary.map { ": \($0)" } ?? "") + "\n" }
        return text
            + "Answer with JSON and nothing else: {\"path\": NAME, \"reason\": WHY, \"confidence\": 0 to 1, \"alternatives\": [NAMES]}"
    }

    /// What its answer must be.
    var answerSchema: JSON {
        [
            "type": "object", "required": ["path"],
            "properties": [
                "path": ["type": "string"], "reason": ["type": "string"], "confidence": ["type": "number"],
                "alternatives": ["type": "array"],
            ],
        ]
    }
}
