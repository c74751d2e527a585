internal import CEL
internal import Core
internal import Engine
internal import Plans
internal import Store

/// A place of a task in which steps stand, or could.
enum StepPlace {
    case root
    /// A step of the plan; it has no row before it begins.
    case step(StepDefinition, StepPath, StepRow?)
    /// An iteration of a loop, or the path that a branch has taken, with the step that it belongs to.
    case part(StepRow, StepDefinition)

    /// What it is called; nil for the root.
    var path: StepPath? {
        switch self {
        case .root: nil
        case .step(_, let path, _): path
        case .part(let row, _): row.path
        }
    }

    /// The steps that the plan has there; nil for a step, in which parts stand if anything.
    func definitions(_ executable: ExecutablePlan) -> [StepDefinition]? {
        switch self {
        case .root: return executable.plan.steps
        case .step: return nil
        case .part(let row, let holder):
            // An iteration that was taken over as a whole has no steps of its own.
            guard !row.isReused else { return [] }
            let name = row.kind == "iteration" ? "" : String(row.path.name)
            return holder.kind.blocks.first { $0.name == name }?.block.steps ?? []
        }
    }

    /// What is shown of it without its events; nil for the root.
    var detail: StepDetail? {
        switch self {
        case .root: nil
        case .step(let definition, let path, let row): StepDetail(definition, at: path, row)
        case .part(let row, let holder): StepDetail(row, of: holder)
        }
    }
}

extension StepDetail {
    /// A step of the plan.
    init(_ definition: StepDefinition, at path: StepPath, _ row: StepRow?) {
        self.init(
            path: path, depth: path.components.count - 1, kind: definition.kind.name, summary: definition.summary,
            needs: definition.needs, condition: definition.condition?.source, row: row)
        isFailureAllowed = definition.continuesOnError
        doer =
            switch definition.kind {
            case .agent(let call): call.agent
            case .branch(let branch): branch.chooser?.agent
            case .tool(let call): call.tool
            default: nil
            }
        blocks = definition.kind.blocks.map(BlockOutline.init)
    }

    /// An iteration of a loop, or a path of a branch.
    init(_ row: StepRow, of holder: StepDefinition) {
        self.init(
            path: row.path, depth: row.path.components.count - 1, kind: row.kind, summary: nil, needs: [],
            condition: nil, row: row)
        if case .forEach(let loop) = holder.kind { isFailureAllowed = loop.continuesOnItemError }
    }
}

extension BlockOutline {
    fileprivate init(name: String, block: StepBlock) {
        self.init(
            name: name,
            steps: block.steps.map { step in
                StepOutline(
                    name: step.name, kind: step.kind.name, blocks: step.kind.blocks.map(BlockOutline.init))
            })
    }
}
