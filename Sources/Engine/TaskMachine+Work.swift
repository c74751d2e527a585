internal import CEL
internal import Core
internal import Plans

extension TaskMachine {
    /// What an executor must do for a run: all expressions evaluated, the bound on its time worked out.
    /// - Throws: `SignalboxError` when an expression cannot be evaluated, `Failure` when there is no time or no model.
    func work(for place: Int, run: RunNumber) throws -> StepWork {
        let definition = executable.plan.steps[place]
        return StepWork(
            task: state.origin.number, taskID: state.origin.id, step: path(at: place), run: run,
            call: try call(of: definition), timeout: try timeout(of: definition), files: state.origin.files,
            plan: executable.plan.source,
            idempotencyKey: "\(state.origin.id)/\(definition.name)")
    }

    private func call(of step: StepDefinition) throws -> StepWork.Call {
        let scope = state.scope
        switch step.kind {
        case .set: preconditionFailure("A computed step is never handed to an executor.")
        case .command(let command):
            return .command(
                StepWork.Command(
                    arguments: try command.arguments.map { try text(of: $0, in: scope, as: "an argument") },
                    stdin: try command.stdin?.evaluate(in: scope),
                    environment: try command.environment.map {
                        ($0.name, try text(of: $0.value, in: scope, as: "the variable \($0.name)"))
                    },
                    planFiles: command.planFiles, outputFiles: command.outputFiles, hasNetwork: command.hasNetwork))
        case .http(let request):
            return .http(
                StepWork.Request(
                    method: request.method, url: try text(of: request.url, in: scope, as: "the address"),
                    headers: try request.headers.map {
                        ($0.name, try text(of: $0.value, in: scope, as: "the header \($0.name)"))
                    },
                    body: try request.body?.evaluate(in: scope)))
        case .agent(let call):
            guard let agent = executable.plan.agent(named: call.agent) else {
                preconditionFailure("The checked plan has a step with an unknown agent.")
            }
            guard let model = state.origin.model ?? agent.model ?? state.origin.defaultModel else {
                throw Failure(
                    .validation,
                    "The agent \"\(agent.name)\" has no model: name one in the plan, as default_model in the settings, or with --model."
                )
            }
            return .agent(
                StepWork.Agent(
                    name: agent.name, model: model,
                    system: try agent.system.map { try text(of: $0, in: scope, as: "the system prompt") },
                    prompt: try text(of: call.prompt, in: scope, as: "the prompt"), context: state.context))
        }
    }

    private func text(of value: TemplateValue, in scope: Scope, as what: String) throws -> String {
        switch try value.evaluate(in: scope) {
        case .string(let text): return text
        case .null: throw Failure(.missingData, "There is no value for \(what): it is null.")
        case let other: return other.text
        }
    }

    private func timeout(of step: StepDefinition) throws -> Timeout {
        let plan = executable.plan.limits.durationMilliseconds
        let limit = plan ?? Limits.taskDurationMillisecondsDefault
        let used = state.activeMilliseconds + (state.activeSince.map { now.milliseconds(since: $0) } ?? 0)
        guard used < limit else {
            throw Failure(.timeout, "The task has used up its \(limit / 1000) seconds of active time.")
        }
        let origin = plan == nil ? "the default limit on a task's duration" : "the plan's limit on duration"
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
