internal import API
internal import Core
internal import Runtime
internal import Store

/// The steps of a task as they stand inside each other, from the flat list that the runtime gives.
struct StepViewTree {
    private let detail: TaskDetail
    private let attempts: [StepPath: [AttemptView]]
    private let chosen: RunAddress?
    private var rest: ArraySlice<StepDetail>

    /// - Parameter chosen: the run whose turns are shown; nil for the latest of each step.
    init(_ detail: TaskDetail, chosen: RunAddress?) throws {
        self.detail = detail
        self.chosen = chosen
        rest = detail.steps[...]
        let told = detail.steps.filter {
            ($0.row?.runs ?? 0) > 1 || $0.row?.waitingReason == "retry" || !$0.runs.runs.isEmpty
        }
        attempts = try AttemptView.read(detail.events, of: Set(told.map(\.path)))
    }

    /// The steps at the root, each with what stands in it.
    mutating func views() -> [StepView] {
        rest = detail.steps[...]
        var views: [StepView] = []
        while let step = rest.popFirst() { views.append(view(of: step, in: nil)) }
        return views
    }

    private mutating func view(of step: StepDetail, in container: StepDetail?) -> StepView {
        let run = chosen?.step == step.path ? chosen?.run : nil
        var view = StepView(step, of: detail, run: run)
        view.isChosen = run != nil
        view.attempts = attempts(of: step, run: run, state: view.state)
        if let branch = container, step.kind == "path" {
            view.explanation = branch.condition(ofPath: step.path.name)
            view.choice = branch.reason.flatMap { ChoiceView($0) }
            view.summary = nil
        }
        while let next = rest.first, next.depth > step.depth {
            rest.removeFirst()
            view.children.append(self.view(of: next, in: step))
        }
        if view.state == .failedAllowed { view.children.allowFailures() }
        return view
    }
}

extension StepViewTree {
    private func attempts(of step: StepDetail, run: RunNumber?, state: DisplayState) -> [AttemptView] {
        let told = attempts[step.path] ?? []
        guard !step.runs.runs.isEmpty else { return told.isWorthTelling ? told : [] }
        return told.with(step.runs, of: step.path, in: detail.task.number, chosen: run, state: state)
    }
}

extension [StepView] {
    /// Where what they stand in may fail, so may they.
    fileprivate mutating func allowFailures() {
        for place in indices {
            if self[place].state == .failed { self[place].state = .failedAllowed }
            self[place].children.allowFailures()
        }
    }
}

extension StepDetail {
    /// What the condition of one of a branch's paths came to; nil when it has none, or was not looked at.
    func condition(ofPath name: Substring) -> ConditionView? {
        let considered = reason?["considered"]?.arrayValue
        return considered?.first { $0["path"]?.stringValue.map { $0 == name } ?? false }
            .flatMap { ConditionView($0["explanation"]) }
    }
}

extension ConditionView {
    /// Reads what the journal keeps of an evaluation; nil when there is nothing to read.
    init?(_ json: JSON?) {
        guard let expression = json?["expression"]?.stringValue, let value = json?["value"] else { return nil }
        let parts = json?["parts"]?.arrayValue ?? []
        self.init(
            expression: expression, value: value,
            parts: parts.compactMap { part in
                guard let text = part["expression"]?.stringValue, let value = part["value"] else { return nil }
                return (text, value)
            })
    }
}

extension ChoiceView {
    /// Reads what an agent said that chose a path; nil when no agent did.
    init?(_ json: JSON) {
        guard let agent = json["agent"]?.stringValue else { return nil }
        let confidence: Double? =
            switch json["confidence"] {
            // Old journals keep whatever the agent said.
            case .int(let number) where (0...1).contains(number): Double(number)
            case .double(let number) where (0...1).contains(number): number
            default: nil
            }
        self.init(
            agent: agent, reason: json["reason"]?.stringValue ?? "not stated", confidence: confidence,
            alternatives: json["alternatives"]?.arrayValue?.compactMap(\.stringValue) ?? [])
    }
}
