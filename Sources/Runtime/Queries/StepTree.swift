internal import CEL
internal import Core
internal import Engine
internal import Plans
internal import Store

/// The steps of a task as a tree, from its plan and its rows. Of a long loop only the first and the latest iterations
/// are read.
struct StepTree {
    /// How many iterations are listed at either end of a loop.
    private static let iterationsListed = 50
    /// How many steps are listed in all.
    private static let stepsListed = 2_000

    private let executable: ExecutablePlan
    private let task: TaskNumber
    private let store: any ReadStore
    private var steps: [StepDetail] = []

    init(_ executable: ExecutablePlan, of task: TaskNumber, in store: any ReadStore) {
        self.executable = executable
        self.task = task
        self.store = store
    }

    /// Every step, each followed by what stands in it.
    mutating func flattened() async throws -> [StepDetail] {
        steps = []
        try await add(executable.plan.steps, below: nil, depth: 0)
        return steps
    }

    private mutating func add(_ definitions: [StepDefinition], below container: StepPath?, depth: Int) async throws {
        let listing = try await store.steps(of: task, below: container, offset: 0, limit: Limits.planStepsMaximum)
        var rows: [StepPath: StepRow] = [:]
        for row in listing.steps { rows[row.path] = row }
        for definition in definitions where steps.count < Self.stepsListed {
            let path = container?.appending(definition.name) ?? StepPath(rawValue: definition.name)
            steps.append(
                StepDetail(
                    path: path, depth: depth, kind: definition.kind.name, summary: definition.summary,
                    needs: definition.needs, condition: definition.condition?.source, row: rows[path]))
            steps[steps.count - 1].isFailureAllowed = definition.continuesOnError
            steps[steps.count - 1].blocks = definition.kind.blocks.map(BlockOutline.init)
            guard rows[path] != nil, !definition.kind.blocks.isEmpty else { continue }
            try await addParts(of: definition, at: path, depth: depth)
        }
    }

    /// The iterations of a loop, or the path that a branch has taken.
    private mutating func addParts(of definition: StepDefinition, at path: StepPath, depth: Int) async throws {
        let place = steps.count - 1
        let blocks = Dictionary(definition.kind.blocks.map { ($0.name, $0.block) }) { first, _ in first }
        let count = Self.iterationsListed
        var listing = try await store.steps(of: task, below: path, offset: 0, limit: count)
        if listing.total > count {
            let offset = max(count, listing.total - count)
            listing.steps += try await store.steps(of: task, below: path, offset: offset, limit: count).steps
            steps[place].hiddenIterations = listing.total - listing.steps.count
        }
        for part in listing.steps where steps.count < Self.stepsListed {
            steps.append(
                StepDetail(
                    path: part.path, depth: depth + 1, kind: part.kind, summary: nil, needs: [], condition: nil,
                    row: part))
            if case .forEach(let loop) = definition.kind {
                steps[steps.count - 1].isFailureAllowed = loop.continuesOnItemError
            }
            let name = part.kind == "iteration" ? "" : String(part.path.name)
            // An iteration that was taken over as a whole has no steps of its own.
            if let block = blocks[name], !part.isReused {
                try await add(block.steps, below: part.path, depth: depth + 2)
            }
        }
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
