internal import API
internal import Core
internal import Runtime
internal import Store

/// The steps of a task as they stand inside each other, from the flat list that the runtime gives.
struct StepViewTree {
    private let context: StepContext
    private let overview: StepOverview
    private let attempts: [StepPath: [AttemptView]]
    private let chosen: RunAddress?
    /// Whether all that steps were given and have made is at hand.
    private let isWhole: Bool
    private var rest: ArraySlice<StepDetail> = []

    /// With all that steps were given and have made.
    /// - Parameter chosen: the run whose turns are shown; nil for the latest of each step.
    init(_ detail: TaskDetail, chosen: RunAddress? = nil) throws {
        context = StepContext(task: detail.task, children: detail.children)
        overview = StepOverview(steps: detail.steps)
        self.chosen = chosen
        isWhole = true
        let told = detail.steps.filter {
            ($0.row?.runs ?? 0) > 1 || $0.row?.waitingReason == "retry" || !$0.runs.runs.isEmpty
        }
        attempts = try AttemptView.read(detail.events, of: Set(told.map(\.path)))
    }

    /// From rows: contents are loaded when somebody looks at them.
    init(_ overview: StepOverview, _ context: StepContext) {
        self.context = context
        self.overview = overview
        chosen = nil
        isWhole = false
        attempts = [:]
    }

    /// The steps that stand in nothing that is told, each with what stands in it.
    mutating func views() -> [StepView] {
        rest = overview.steps[...]
        var views: [StepView] = []
        while let step = rest.popFirst() { views.append(view(of: step, in: nil)) }
        return views
    }

    private mutating func view(of step: StepDetail, in container: StepDetail?) -> StepView {
        let run = chosen?.step == step.path ? chosen?.run : nil
        var view = StepView(step, in: context, run: run)
        view.isChosen = run != nil
        view.attempts = attempts(of: step, run: run, state: view.state)
        if let branch = container, step.kind == "path" { view.tellChoice(of: branch, path: step.path) }
        while let next = rest.first, next.depth > step.depth {
            rest.removeFirst()
            view.children.append(self.view(of: next, in: step))
        }
        if view.state == .failedAllowed { view.children.allowFailures() }
        guard !isWhole else { return view }
        view.contents = context.contents(of: step)
        if overview.folded.contains(step.path) { view.parts = context.parts(of: step) }
        if let page = overview.pages[step.path] {
            view.parts = context.parts(of: step, page)
            view.page = LoopPageView(
                page, loop: step.path, failed: step.row?.iterationsFailed ?? 0, in: context.task.number)
        }
        return view
    }
}

extension StepView {
    /// Why this path of a branch was taken.
    mutating func tellChoice(of branch: StepDetail, path: StepPath) {
        explanation = branch.condition(ofPath: path.name)
        choice = branch.reason.flatMap { ChoiceView($0) }
        summary = nil
    }
}

extension StepViewTree {
    private func attempts(of step: StepDetail, run: RunNumber?, state: DisplayState) -> [AttemptView] {
        (attempts[step.path] ?? []).told(by: step.runs, of: step.path, in: context.task.number, run: run, state: state)
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
