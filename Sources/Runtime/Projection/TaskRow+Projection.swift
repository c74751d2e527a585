internal import Core
internal import Engine
internal import Plans
internal import Store

extension TaskRow {
    /// What lists and headers show of a task in that state.
    init(projecting machine: TaskMachine, position: Position) {
        let state = machine.state
        let progress = state.progress
        let sentence = machine.sentence
        let reasons = state.status == .waiting ? state.waitingReasons.map(\.rawValue) : []
        self.init(
            number: state.origin.number, id: state.origin.id, name: state.origin.name, status: state.status.rawValue,
            waitingReason: reasons.first, failureCause: state.failure?.cause.rawValue,
            sentence: sentence?.text, sentenceStep: sentence?.step, planName: state.origin.planName,
            planHash: state.origin.planHash, source: state.origin.source.rawValue,
            trigger: state.origin.trigger.rawValue,
            models: state.models.isEmpty ? state.origin.model.map { [$0] } ?? [] : state.models,
            tags: state.origin.tags, currentStep: progress.current, totalSteps: progress.total,
            finishedSteps: progress.finished, failedSteps: state.failedSteps, created: state.created,
            started: state.started, ended: state.ended, activeMilliseconds: state.activeMilliseconds,
            activeSince: state.activeSince, usage: state.spending.usage, modelCalls: state.spending.modelCalls,
            position: position, priority: state.origin.priority, concurrencyKey: state.origin.concurrency?.key,
            concurrencyLimit: state.origin.concurrency?.maximum, isAdmitted: state.isAdmitted,
            wakeAt: state.nextWake, isIdle: !state.status.isFinal && machine.isIdle, openRequests: state.requests.count,
            waitingReasons: reasons, parent: state.origin.parent?.task, parentStep: state.origin.parent?.step,
            rerunOf: state.origin.rerun?.task, rerunFrom: state.origin.rerun?.step, cost: state.spending.cost,
            isCostKnown: state.spending.isCostKnown, childrenUsage: state.childrenSpending.usage,
            childrenCost: state.childrenSpending.cost, isChildrenCostKnown: state.childrenSpending.isCostKnown,
            limits: state.limits == TaskLimits() ? nil : state.limits.json.text,
            toolCalls: state.spending.toolCalls,
            usesDefaultModel: state.origin.model == nil && state.origin.defaultModel != nil
                && machine.executable.leavesModelOpen,
            app: state.origin.app)
    }
}

extension TaskText {
    /// What searches look through.
    init(projecting machine: TaskMachine) {
        let origin = machine.state.origin
        self.init(task: origin.number, name: origin.name, inputs: origin.inputs)
    }
}

extension TaskMachine {
    /// Why the task failed, what it waits for, or what it is doing; nil when there is nothing to say.
    fileprivate var sentence: (text: String, step: StepPath?)? {
        if let failure = state.failure { return (failure.message, failure.step) }
        if state.status.isFinal { return nil }
        if state.isCancelRequested { return ("Cancel was asked for: what runs is being stopped.", nil) }
        if !state.isAdmitted, let group = state.origin.concurrency {
            let tasks = group.maximum == 1 ? "one task" : "\(group.maximum) tasks"
            return ("Waits for its turn: at most \(tasks) of “\(group.key)” may be under way at once.", nil)
        }
        if state.status == .waiting || !state.requests.isEmpty { return pressingWait }
        return runningStep
    }

    /// The wait that takes precedence.
    private var pressingWait: (text: String, step: StepPath?)? {
        let waits = waitingSteps
        guard let (path, wait) = waits.first else { return nil }
        return (wait.sentence, path)
    }

    private var runningStep: (text: String, step: StepPath?)? {
        guard let (path, _) = latestRunningStep, let definition = executable.definition(at: path) else { return nil }
        return (definition.summary ?? "Runs the \(definition.kind.name) step “\(path)”.", path)
    }
}
