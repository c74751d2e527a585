internal import Core
internal import Store

extension TaskRowView {
    init(_ task: TaskRow) {
        self.init(
            number: task.number, name: task.name, state: DisplayState(task), reason: task.reason, trigger: task.trigger,
            model: task.models.first.map {
                ModelView(name: $0, isDefault: task.usesDefaultModel, others: Array(task.models.dropFirst()))
            },
            progress: ProgressView(
                finished: task.finishedSteps, current: task.currentStep, total: task.totalSteps),
            duration: DurationView(task), tokens: task.modelCalls > 0 ? TokensView(task.usage) : nil,
            cost: CostView(task.cost, isKnown: task.isCostKnown, isUsed: task.modelCalls > 0),
            createdAt: task.created, failedSteps: task.failedSteps, openRequests: task.openRequests,
            parent: task.parent, reasonMoment: task.wakeAt, origin: task.app ?? task.planName, startedAt: task.started)
    }
}

extension TaskRow {
    /// The sentence of the row: why it failed, what it waits for, what it does.
    fileprivate var reason: String? {
        if status == "queued", sentence == nil { return "Starts as soon as there is room for it." }
        guard let sentence else { return nil }
        switch (failureCause, sentenceStep) {
        case (let cause?, let step?): return "\(Format.code(cause)) in “\(step)”: \(sentence)"
        case (let cause?, nil): return "\(Format.code(cause)): \(sentence)"
        case (nil, _): return sentence
        }
    }

    /// What it and the tasks it made have cost; nil when it made none.
    var costWithChildren: CostView? {
        guard childrenUsage != .zero || childrenCost != .zero || !isChildrenCostKnown else { return nil }
        return CostView(cost + childrenCost, isKnown: isCostKnown && isChildrenCostKnown, isUsed: true)
    }
}

extension TaskLinkView {
    init(_ task: TaskRow) {
        let row = TaskRowView(task)
        self.init(
            number: task.number, name: task.name, state: row.state, word: row.word,
            cost: task.costWithChildren ?? row.cost)
    }
}

extension CostView {
    /// - Parameter isUsed: whether a model was called at all.
    init(_ cost: Money, isKnown: Bool, isUsed: Bool) {
        switch (isUsed, isKnown) {
        case (false, _): self = .none
        case (true, true): self = .nanoDollars(cost.rawValue)
        case (true, false): self = cost == .zero ? .unknown : .atLeast(nanoDollars: cost.rawValue)
        }
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
        switch step?.duration {
        case nil, .notStarted?: self = .notStarted
        case .counting(let since)?: self = .counting(since: since)
        case .fixed(let milliseconds)?: self = .fixed(milliseconds: milliseconds)
        }
    }
}

extension TokensView {
    init(_ usage: TokenUsage) {
        self.init(prompt: usage.prompt, completion: usage.output, split: usage.words(Format.grouped))
    }
}
