internal import Core
internal import Store

extension TaskListView {
    /// A page of the store's list.
    init(_ page: TaskListing, page number: Int, now: Timestamp) {
        self.init(
            rows: page.tasks.map { TaskRowView($0) }, total: page.total, page: number, position: page.position,
            now: now)
    }
}

extension TaskRowView {
    init(_ task: TaskRow) {
        self.init(
            number: task.number, name: task.name, state: DisplayState(task), reason: task.reason, trigger: task.trigger,
            model: task.models.first.map { ModelView(name: $0, others: Array(task.models.dropFirst())) },
            progress: ProgressView(
                finished: task.finishedSteps, current: task.currentStep, total: task.totalSteps),
            duration: DurationView(task), tokens: task.modelCalls > 0 ? TokensView(task.usage) : nil,
            cost: task.modelCalls > 0 ? .unknown : .none, createdAt: task.created)
    }
}

extension TaskRow {
    /// The sentence of the row: why it failed, what it waits for, what it does.
    fileprivate var reason: String? {
        if status == "queued" { return "Starts as soon as there is room for it." }
        guard let sentence else { return nil }
        switch (failureCause, sentenceStep) {
        case (let cause?, let step?): return "\(cause) in “\(step)”: \(sentence)"
        case (let cause?, nil): return "\(cause): \(sentence)"
        case (nil, _): return sentence
        }
    }
}

extension DisplayState {
    /// The word that stands for a task.
    init(_ task: TaskRow) {
        self =
            switch task.status {
            case "queued": .queued
            case "running": .running
            case "waiting": DisplayState(waitingFor: task.waitingReason)
            case "completed": task.failedSteps > 0 ? .completedWithWarning : .completed
            case "failed": .failed
            default: .cancelled
            }
    }

    /// The word that stands for a step.
    init(step status: String, waitingReason: String?) {
        self =
            switch status {
            case "queued": .queued
            case "running": .running
            case "waiting": DisplayState(waitingFor: waitingReason)
            case "completed": .completed
            case "failed": .failed
            case "skipped": .skipped
            default: .cancelled
            }
    }

    private init(waitingFor reason: String?) {
        // Only a person can say what is true of a step in doubt.
        self = reason == "in_doubt" ? .approvalRequired : .waiting
    }
}

extension DurationView {
    fileprivate init(_ task: TaskRow) {
        if let since = task.activeSince {
            self = .counting(since: since, before: task.activeMilliseconds)
        } else if task.started == nil {
            self = .notStarted
        } else {
            self = .fixed(milliseconds: task.activeMilliseconds)
        }
    }

    init(_ step: StepRow?) {
        // While it waits, nothing of it runs.
        switch (step?.started, step?.ended ?? step?.waitingSince) {
        case (nil, _): self = .notStarted
        case (let started?, nil): self = .counting(since: started)
        case (let started?, let ended?): self = .fixed(milliseconds: max(0, ended.milliseconds(since: started)))
        }
    }
}

extension TokensView {
    init(_ usage: TokenUsage) {
        self.init(prompt: usage.prompt, completion: usage.output)
    }
}
