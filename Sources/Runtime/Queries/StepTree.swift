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
        try await add(executable.plan.steps, below: nil)
        return steps
    }

    private mutating func add(_ definitions: [StepDefinition], below container: StepPath?) async throws {
        let listing = try await store.steps(of: task, below: container, offset: 0, limit: Limits.planStepsMaximum)
        var rows: [StepPath: StepRow] = [:]
        for row in listing.steps { rows[row.path] = row }
        for definition in definitions where steps.count < Self.stepsListed {
            let path = container?.appending(definition.name) ?? StepPath(rawValue: definition.name)
            steps.append(StepDetail(definition, at: path, rows[path]))
            guard rows[path] != nil, !definition.kind.blocks.isEmpty else { continue }
            try await addParts(of: definition, at: path)
        }
    }

    /// The iterations of a loop, or the path that a branch has taken.
    private mutating func addParts(of definition: StepDefinition, at path: StepPath) async throws {
        let place = steps.count - 1
        let count = Self.iterationsListed
        var listing = try await store.steps(of: task, below: path, offset: 0, limit: count)
        if listing.total > count {
            let offset = max(count, listing.total - count)
            listing.steps += try await store.steps(of: task, below: path, offset: offset, limit: count).steps
            steps[place].hiddenIterations = listing.total - listing.steps.count
        }
        for part in listing.steps where steps.count < Self.stepsListed {
            steps.append(StepDetail(part, of: definition))
            let inner = StepPlace.part(part, definition).definitions(executable) ?? []
            if !inner.isEmpty { try await add(inner, below: part.path) }
        }
    }
}
