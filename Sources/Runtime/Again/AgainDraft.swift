internal import Core
internal import Engine
internal import Plans
internal import Store

/// A repetition that has been checked and planned, but not created.
struct AgainDraft: Sendable {
    var task: NewTask
    var plan: ReusePlan
    /// What became of the original's steps, as far as it was looked at; nil when nothing is taken over.
    var record: (any RecordedSteps)?
    /// The plan the original ran.
    var before: ExecutablePlan
    var conversation: (StepPath, [ConversationMessage])?
    /// What tools had kept in the turns that are taken over.
    var conversationFiles: [TaskFile] = []
    var outputs: [StepPath: JSON]
    /// Inputs of the original that the plan does not take any more.
    var droppedInputs: [String]
}

extension Runtime {
    /// Checks a request to repeat a task, and plans what is taken over.
    /// - Parameter isOverview: whether only what would happen is to be told.
    /// - Throws: `SignalboxError` as `rerun` does.
    func draft(_ row: TaskRow, _ request: AgainRequest, isOverview: Bool = false) async throws -> AgainDraft {
        let origin = try await origin(of: row.number)
        guard let planRow = try await store.plan(origin.planHash) else {
            throw SignalboxError(.storage, "The plan of task \(row.number) is not in the database.")
        }
        let before = try plans.storedPlan(planRow.source)
        let after = try await executable(for: request.plan, of: planRow, before, origin)
        var (task, dropped) = try await newTask(origin, request, before: before.plan, after: after)
        task.rerun = RerunLink(task: origin.number, isEdited: request.isEdited)
        var draft = AgainDraft(
            task: task, plan: ReusePlan(), record: nil, before: before, conversation: nil, outputs: [:],
            droppedInputs: dropped)
        guard !request.isEverything else {
            guard request.from == nil, request.outputs.isEmpty else {
                throw SignalboxError(
                    .invalidInput,
                    "Nothing is taken over, so there is neither a step to start from nor an output to give.",
                    at: .pointer("/all"), hint: "Leave \"all\" away.")
            }
            draft.plan.again = after.plan.steps.map {
                ReusePlan.Again(path: StepPath(rawValue: $0.name), kind: $0.kind.name, reason: .asked)
            }
            return draft
        }
        try await planReuse(&draft, origin, request, after: after, isOverview: isOverview)
        return draft
    }

    private func executable(
        for choice: AgainRequest.PlanChoice, of row: PlanRow, _ before: ExecutablePlan, _ origin: TaskOrigin
    ) async throws -> ExecutablePlan {
        switch choice {
        case .asItWas: return before
        case .source(let source): return try await executable(source)
        case .asItIs:
            if let prompt = origin.prompt {
                let agent = before.plan.agents.first?.library?.name
                let isChosen = before.plan.step(named: PromptPlan.choiceStep) != nil
                return try await plan(forPrompt: prompt, agent: isChosen ? nil : agent).executable
            }
            guard let latest = try await store.plan(named: row.name) else {
                if try await store.savedPlan(row.name) != nil { throw SignalboxError.isArchived(row.name) }
                throw SignalboxError(
                    .conflict, "The plan \"\(row.name)\" is not saved, so there is no other version of it.",
                    at: .pointer("/plan"), hint: "Rerun the task with the plan as it was.")
            }
            return try await executable(latest.source)
        }
    }

    /// The task that is to be made, without what it takes over.
    private func newTask(
        _ origin: TaskOrigin, _ request: AgainRequest, before: Plan, after: ExecutablePlan
    ) async throws -> (task: NewTask, dropped: [String]) {
        let plan = after.plan
        let (inputs, dropped) = try await self.inputs(of: origin, request, for: plan)
        let model: String? =
            switch request.model {
            case nil: origin.model
            case .standard?: nil
            case .named(let name)?: name
            }
        try await checkModels(of: plan, replacedBy: model)
        try check(request.limits)
        let isNamedByPlan =
            origin.name == (origin.prompt.map(promptName) ?? before.taskName(inputs: origin.inputs))
        let prompt = origin.prompt == nil ? nil : inputs["prompt"]?.stringValue
        let asked = TaskRequest(
            plan: prompt.map { .prompt($0, agent: nil) } ?? .source(plan.source),
            name: request.name)
        var task = NewTask(
            plan: PlanRow(plan, savedAt: configuration.time.now, isListed: false), executable: after,
            name: request.name == nil && !isNamedByPlan
                ? origin.name : try name(of: asked, plan: plan, inputs: inputs), source: origin.source,
            trigger: TaskTrigger(request.trigger), inputs: inputs,
            files: try await request.files.asyncMap { try await files($0) } ?? origin.files,
            tags: try request.tags.map { try tags($0) } ?? origin.tags,
            model: model, defaultModel: configuration.defaultModel,
            requestKey: request.idempotencyKey.map { ($0, request.fingerprint(of: origin.number)) })
        // What others have written stays theirs, whoever asks for it again; what a person has put in its place does not.
        task.foreignInputs = origin.inputsOfOthers.filter { inputs[$0] != nil && inputs[$0] == origin.inputs[$0] }
        if request.name == nil {
            task.isNamedByOthers =
                isNamedByPlan
                ? plan.namingInput(inputs).map(task.foreignInputs.contains) ?? false : origin.isNameForeign
        }
        task.app = origin.app
        task.limits = request.limits.overriding(origin.limits)
        task.priority = request.priority ?? origin.priority
        task.concurrency = try plan.concurrencyGroup(inputs: inputs)
        return (task, dropped)
    }

    private func inputs(
        of origin: TaskOrigin, _ request: AgainRequest, for plan: Plan
    ) async throws -> (inputs: JSONObject, dropped: [String]) {
        let known = Set(plan.inputs.map(\.name))
        var given: [String: JSON] = [:]
        var dropped: [String] = []
        for input in origin.inputs {
            if known.contains(input.name) { given[input.name] = input.value } else { dropped.append(input.name) }
        }
        // The plans that there are are those that the new plan knows.
        if origin.prompt != nil { given["plans"] = nil }
        for (name, value) in request.inputs {
            let isDefault = value.isNull && plan.inputs.contains { $0.name == name && $0.type != .any }
            given[name] = isDefault ? nil : value
        }
        var mistakes = RequestMistakes()
        let inputs = try await mistakes.collect(at: "/inputs", below: "/inputs") { try plan.resolve(inputs: given) }
        try mistakes.check()
        return (inputs ?? [:], dropped)
    }

    private func check(_ limits: TaskLimits) throws {
        let maximum = Limits.taskDurationMillisecondsMaximum
        guard let duration = limits.durationMilliseconds else { return }
        guard duration > 0, duration <= maximum else {
            throw SignalboxError(
                .invalidInput, "A task can be given between 1 ms and \(maximum / 3_600_000) hours of active time.",
                at: .pointer("/limits/duration"), hint: "The cap is \(maximum / 3_600_000) h.")
        }
    }
}

extension TaskOrigin {
    /// The instructions that it follows, if it came from some.
    fileprivate var prompt: String? { source == .prompt ? inputs["prompt"]?.stringValue : nil }
}

extension Optional {
    fileprivate func asyncMap<Result>(_ body: (Wrapped) async throws -> Result) async rethrows -> Result? {
        guard let self else { return nil }
        return try await body(self)
    }
}
