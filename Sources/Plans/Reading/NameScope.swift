internal import Core

/// All that a plan gives names to.
struct PlanScope {
    let inputs: [String]
    let agents: [String]
    let inputSet: Set<String>
    /// Whether it is no plan: an agent of the library, which each plan that uses it gives its prompt.
    let isLibrary: Bool
    /// The steps around each step that stands inside of others, outermost first; of several with one name the first.
    private(set) var insides: [String: [Container]] = [:]
    private(set) var rootSteps: Set<String>

    /// A step with steps inside.
    struct Container: Hashable {
        var name: String
        /// `loop` or `branch`.
        var word: String
    }

    /// What an agent of the library knows.
    static var library: PlanScope { PlanScope(inputs: [], agents: [], steps: [], isLibrary: true) }

    init(inputs: [String], agents: [String], steps: [StepDraft], isLibrary: Bool = false) {
        self.isLibrary = isLibrary
        self.inputs = inputs
        self.agents = agents
        inputSet = Set(inputs)
        rootSteps = Set(steps.map(\.definition.name))
        for step in steps { collect(step, inside: []) }
    }

    private mutating func collect(_ step: StepDraft, inside containers: [Container]) {
        guard let container = step.container else { return }
        let inside = containers + [container]
        for inner in step.blocks.flatMap(\.steps) {
            if insides[inner.definition.name] == nil { insides[inner.definition.name] = inside }
            collect(inner, inside: inside)
        }
    }

    /// Whether there is a step of that name anywhere.
    func hasStep(_ name: String) -> Bool { rootSteps.contains(name) || insides[name] != nil }
}

/// What a loop makes known to the expressions inside it.
struct LoopNames {
    /// Whether it goes over a list.
    var hasItem: Bool
    /// Whether one iteration begins when the one before has ended.
    var hasPrevious: Bool
}

/// What the expressions in a block of steps can refer to: its own steps, and those of the blocks around it.
struct NameScope {
    let plan: PlanScope
    /// Outermost first.
    private(set) var blocks: [Block]
    /// The innermost loop.
    private(set) var loop: LoopNames?
    /// Whether a loop around the innermost one has an item, and that one has none.
    private var hidesItem = false

    /// The steps of one block.
    struct Block {
        var names: [String]
        var set: Set<String>
        /// The step of the block before that this one is inside of.
        var container: PlanScope.Container?
    }

    /// A step that has to have ended before, by the depth of its block.
    struct Need: Hashable {
        var level: Int
        var name: String
    }

    init(_ plan: PlanScope, steps: [StepDraft]) {
        self.plan = plan
        blocks = []
        enter(steps, of: nil)
    }

    /// The scope of a block of a step of this one.
    func inside(_ container: StepDraft, _ block: BlockDraft) -> NameScope {
        var inner = self
        inner.enter(block.steps, of: container.container)
        if let own = container.loop {
            inner.hidesItem = !own.hasItem && (loop?.hasItem == true || hidesItem)
            inner.loop = own
        }
        return inner
    }

    /// Whether there is an item, but one of a loop further out.
    func isItemHidden(_ purpose: ExpressionUse.Purpose) -> Bool {
        guard case .loopCondition = purpose else { return hidesItem }
        return loop?.hasItem == true || hidesItem
    }

    private mutating func enter(_ steps: [StepDraft], of container: PlanScope.Container?) {
        let names = steps.map(\.definition.name)
        blocks.append(Block(names: names, set: Set(names), container: container))
    }

    /// The depth of the block; of the plan's own it is 0.
    var depth: Int { blocks.count - 1 }

    /// The depth of the nearest block that has a step of that name.
    func level(ofStep name: String) -> Int? { blocks.lastIndex { $0.set.contains(name) } }

    /// The names of steps that can be referred to, nearest first.
    var steps: [String] {
        blocks.indices.reversed().flatMap { level in
            let around = level < depth ? blocks[level + 1].container?.name : nil
            return blocks[level].names.filter { $0 != around }
        }
    }

    /// Whether the step of that name and depth has this block inside it.
    func isAround(_ name: String, level: Int) -> Bool {
        level < depth && blocks[level + 1].container?.name == name
    }
}
