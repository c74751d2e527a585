internal import Core
internal import Engine
internal import Plans
internal import Store

extension TaskRow {
    /// What lists and headers show of a task in that state.
    init(projecting machine: TaskMachine, position: Position) {
        let state = machine.state
        let progress = state.progress
        let models = state.steps.reduce(into: [String]()) { models, step in
            for model in step.models where !models.contains(model) { models.append(model) }
        }
        let sentence = machine.sentence
        self.init(
            number: state.origin.number, id: state.origin.id, name: state.origin.name, status: state.status.rawValue,
            waitingReason: state.waitingReason?.rawValue, failureCause: state.failure?.cause.rawValue,
            sentence: sentence?.text, sentenceStep: sentence?.step, planName: state.origin.planName,
            planHash: state.origin.planHash, source: state.origin.source.rawValue,
            trigger: state.origin.trigger.rawValue,
            models: models.isEmpty ? state.origin.model.map { [$0] } ?? [] : models, tags: state.origin.tags,
            currentStep: progress.current, totalSteps: progress.total, finishedSteps: progress.finished,
            failedSteps: state.steps.count { $0.status == .failed }, created: state.created, started: state.started,
            ended: state.ended, activeMilliseconds: state.activeMilliseconds, activeSince: state.activeSince,
            usage: state.usage, modelCalls: state.steps.reduce(0) { $0 + $1.modelCalls }, position: position)
    }
}

extension StepRow {
    /// What is shown of the step at that place of the plan.
    init(projecting machine: TaskMachine, place: Int) {
        let step = machine.state.steps[place]
        self.init(
            task: machine.state.origin.number, path: machine.path(at: place), ordinal: place,
            status: step.status.rawValue, waitingReason: step.waitingReason?.rawValue, waitingSince: step.waitingSince,
            runs: step.runs, started: step.started, ended: step.ended, failureCause: step.failure?.cause.rawValue,
            failureMessage: step.failure?.message, preview: step.preview, models: step.models, usage: step.usage)
    }
}

extension TaskMachine {
    /// Why the task failed, what it waits for, or what it is doing; nil when there is nothing to say.
    fileprivate var sentence: (text: String, step: StepPath?)? {
        if let failure = state.failure { return (failure.message, failure.step) }
        if state.isCancelRequested, state.status == .running {
            return ("Cancel was asked for: what runs is being stopped.", nil)
        }
        if let place = state.steps.firstIndex(where: { $0.status == .waiting }) {
            return (state.steps[place].waitingReason?.sentence(of: path(at: place)) ?? "Waits.", path(at: place))
        }
        if let place = state.steps.lastIndex(where: { $0.status == .running }) {
            let step = executable.plan.steps[place]
            return (step.summary ?? "Runs the \(step.kind.name) step “\(step.name)”.", path(at: place))
        }
        return nil
    }
}

extension WaitingReason {
    /// What a step waits for, as a sentence.
    func sentence(of step: StepPath) -> String {
        switch self {
        case .inDoubt:
            "The server stopped while “\(step)” ran, so its effects may have happened or not, and the plan does not say "
                + "that it may run again. Find out what is true; then cancel this task, and run the plan again if need be."
        }
    }
}

extension PlanRow {
    /// The document, as the reader of plans takes it.
    var source: PlanSource { PlanSource(path: path, text: text, files: files) }
}
