/// A step as it is written, before it is known what its names stand for.
struct StepDraft {
    var definition: StepDefinition
    var nameRange: Range<Int>
    /// What the document says about it.
    var node: YAMLNode
    /// Names in `needs`, with where they stand.
    var explicitNeeds: [(name: String, range: Range<Int>)] = []
    /// The expressions that are evaluated where the step stands; those of the steps inside it are theirs.
    var uses: [ExpressionUse] = []
    /// The agents it calls, with where they are named.
    var agents: [(name: String, range: Range<Int>)] = []
    /// The files it names.
    var files: Set<String> = []
    /// The steps inside it, in the order of the blocks of its kind.
    var blocks: [BlockDraft] = []
    /// Of a loop, what its expressions know.
    var loop: LoopNames?

    /// The step as what its steps are inside of; nil if it has none.
    var container: PlanScope.Container? {
        switch definition.kind {
        case .forEach: PlanScope.Container(name: definition.name, word: "loop")
        case .branch: PlanScope.Container(name: definition.name, word: "branch")
        default: nil
        }
    }
}

/// Steps that belong together, as they are written.
struct BlockDraft {
    var steps: [StepDraft] = []
    var output: TemplateValue?
    /// The expressions of the output.
    var uses: [ExpressionUse] = []
}

/// A task that a step starts from a file.
struct ChildUse {
    var file: String
    var range: Range<Int>
    var inputs: [Input]

    struct Input {
        var name: String
        var nameRange: Range<Int>
        var value: TemplateValue
        var node: YAMLNode
    }
}

extension StepKind {
    /// The kind with these blocks in place of its own, in the same order.
    func replacing(blocks: [StepBlock]) -> StepKind {
        switch self {
        case .forEach(var loop):
            guard let body = blocks.first else { return self }
            loop.body = body
            return .forEach(loop)
        case .branch(var branch):
            guard blocks.count == branch.allPaths.count else { return self }
            for place in branch.paths.indices { branch.paths[place].block = blocks[place] }
            if branch.otherwise != nil { branch.otherwise = blocks[blocks.count - 1] }
            return .branch(branch)
        default: return self
        }
    }
}
