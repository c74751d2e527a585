internal import Core
internal import Engine
internal import Store

extension TaskRowView {
    init(_ task: TaskRow) {
        self.init(
            number: task.number, name: task.name, state: DisplayState(task), reason: task.reason,
            trigger: FilterWords.value(task.trigger, of: "trigger"),
            model: task.models.first.map {
                ModelView(name: $0, isDefault: task.usesDefaultModel, others: Array(task.models.dropFirst()))
            },
            progress: ProgressView(
                finished: task.finishedSteps, current: task.currentStep, total: task.totalSteps),
            duration: DurationView(task), tokens: task.modelCalls > 0 ? TokensView(task.usage) : nil,
            cost: CostView(task),
            createdAt: task.created, failedSteps: task.failedSteps, openRequests: task.openRequests,
            parent: task.parent, reasonMoment: task.wakeAt, origin: task.app ?? task.planName, startedAt: task.started,
            endedAt: task.ended)
    }
}

extension TaskRow {
    /// The sentence of the row: why it failed, what it waits for, what it does.
    fileprivate var reason: String? {
        if status == "queued", sentence == nil { return "Starts as soon as there is room for it." }
        guard let sentence else { return nil }
        if waitingReasons == [WaitingReason.retry.rawValue], let wakeAt {
            return "Runs again \(wakeAt.rfc3339). \(sentence)"
        }
        switch (failureCause, sentenceStep) {
        case (let cause?, let step?): return "\(Format.capitalized(Format.code(cause))) in “\(step)”: \(sentence)"
        case (let cause?, nil): return "\(Format.capitalized(Format.code(cause))): \(sentence)"
        case (nil, _): return sentence
        }
    }

    /// What it and the tasks it made have cost; nil when it made none that used anything.
    var costWithChildren: CostView? {
        guard haveChildrenSpent else { return nil }
        return CostView(cost + childrenCost, isKnown: isCostKnown && isChildrenCostKnown, isUsed: true)
    }

    /// What it and the tasks it made have used; nil when there is no `costWithChildren` either, so that the two figures
    /// beside each other are about the same.
    var tokensWithChildren: TokensView? {
        haveChildrenSpent ? TokensView(usage + childrenUsage) : nil
    }

    private var haveChildrenSpent: Bool {
        childrenUsage != .zero || childrenCost != .zero || !isChildrenCostKnown
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
    /// What the task's own steps have cost.
    init(_ task: TaskRow) { self.init(task.cost, isKnown: task.isCostKnown, calls: task.modelCalls) }

    /// What the step has cost, in all its runs and with all that stands in it.
    init(_ step: StepRow) { self.init(step.cost, isKnown: step.isCostKnown, calls: step.modelCalls) }

    /// - Parameter calls: how many calls of models were counted. Tokens say nothing about it: of a call that was lost none
    ///   are known.
    init(_ cost: Money, isKnown: Bool, calls: Int) {
        self.init(cost, isKnown: isKnown, isUsed: calls > 0 || cost != .zero || !isKnown)
    }

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
