internal import CEL
internal import Core
internal import Engine
internal import Plans

/// What a step looks at beside the outputs of other steps.
struct StepUses: Sendable {
    /// Names of inputs.
    var inputs: Set<String> = []
    /// Whether it may look at every input.
    var allInputs = false
    /// Whether it sees the files that the task was given.
    var files = false
    /// Whether it looks at the name of the task.
    var name = false
    /// Whether it looks at the output of the iteration before.
    var previous = false
    /// The agents it calls.
    var agents: Set<String> = []

    /// What all of them use.
    mutating func formUnion(_ others: StepUses) {
        inputs.formUnion(others.inputs)
        allInputs = allInputs || others.allInputs
        files = files || others.files
        name = name || others.name
        previous = previous || others.previous
        agents.formUnion(others.agents)
    }

    init() {}

    /// What expressions refer to.
    init(_ expressions: [Expression]) {
        for path in expressions.flatMap(\.references).map(\.path) {
            switch path.first {
            case "inputs":
                if path.count > 1 { inputs.insert(path[1]) } else { allInputs = true }
            case "task":
                files = files || path.count == 1 || path[1] == "files"
                name = name || path.count == 1 || path[1] == "name"
            case "previous": previous = true
            default: break
            }
        }
    }

    /// What a step itself uses, without the steps inside it.
    /// - Parameter models: the model that each agent asks.
    init(_ step: StepDefinition, of plan: Plan, models: [String: String]) {
        self.init(step.ownExpressions)
        switch step.kind {
        case .command, .tool: files = true
        case .agent(let call): add(call.agent, plan, models)
        case .branch(let branch): if let chooser = branch.chooser { add(chooser.agent, plan, models) }
        default: break
        }
    }

    private mutating func add(_ name: String, _ plan: Plan, _ models: [String: String]) {
        agents.insert(name)
        formUnion(StepUses(plan.agent(named: name)?.system?.expressions ?? []))
        // A script answers with expressions of its own, which know all that the task was given.
        guard models[name]?.hasPrefix("script/") == true else { return }
        allInputs = true
        files = true
        self.name = true
    }
}

/// Works out once for each step what it, and all inside it, uses.
struct StepUsesTable: Sendable {
    private let plan: Plan
    private let models: [String: String]
    private var own: [ContentHash: StepUses] = [:]
    private var whole: [ContentHash: StepUses] = [:]

    init(_ plan: Plan, models: [String: String]) {
        self.plan = plan
        self.models = models
    }

    /// What the step itself uses.
    mutating func own(of step: StepDefinition) -> StepUses {
        if let known = own[step.fingerprint] { return known }
        let uses = StepUses(step, of: plan, models: models)
        own[step.fingerprint] = uses
        return uses
    }

    /// What the step and all inside it use.
    mutating func whole(of step: StepDefinition) -> StepUses {
        if let known = whole[step.fingerprint] { return known }
        var uses = own(of: step)
        for (_, block) in step.kind.blocks { uses.formUnion(self.uses(of: block)) }
        whole[step.fingerprint] = uses
        return uses
    }

    /// What the steps of a block and its output use.
    mutating func uses(of block: StepBlock) -> StepUses {
        var uses = StepUses(block.outputExpressions)
        for step in block.steps { uses.formUnion(whole(of: step)) }
        return uses
    }
}
