internal import Core
internal import Engine
internal import Plans
internal import Store

/// Reads the overview of a task's steps.
struct StepOverviewReader {
    private let executable: ExecutablePlan
    private let task: TaskNumber
    private let store: any ReadStore
    private let opening: StepOpening
    private var overview = StepOverview()

    init(_ executable: ExecutablePlan, of task: TaskNumber, in store: any ReadStore, opening: StepOpening) {
        self.executable = executable
        self.task = task
        self.store = store
        self.opening = opening
    }

    /// All of it.
    mutating func whole() async throws -> StepOverview {
        try await add(executable.plan.steps, below: nil)
        return overview
    }

    /// What stands in one loop or iteration, of a loop a page.
    mutating func inside(_ place: StepPlace) async throws -> StepOverview {
        switch place {
        case .root: try await add(executable.plan.steps, below: nil)
        case .part(let row, let holder):
            try await add(StepPlace.part(row, holder).definitions(executable) ?? [], below: row.path)
        case .step(let definition, let path, let row?):
            if case .forEach = definition.kind {
                try await addPage(of: definition, at: path)
            } else {
                overview.steps.append(StepDetail(definition, at: path, row))
                try await addPath(of: definition, at: path, row)
                overview.steps.removeFirst()
            }
        case .step: break
        }
        return overview
    }

    private mutating func add(_ definitions: [StepDefinition], below container: StepPath?) async throws {
        let listing = try await store.steps(of: task, below: container, offset: 0, limit: Limits.planStepsMaximum)
        var rows: [StepPath: StepRow] = [:]
        for row in listing.steps { rows[row.path] = row }
        for definition in definitions {
            let path = container?.appending(definition.name) ?? StepPath(rawValue: definition.name)
            overview.steps.append(StepDetail(definition, at: path, rows[path]))
            guard let row = rows[path] else { continue }
            switch definition.kind {
            case .forEach: try await addIterations(of: definition, at: path)
            case .branch: try await addPath(of: definition, at: path, row)
            default: break
            }
        }
    }

    /// The path that a branch has taken, with why; it is always told.
    private mutating func addPath(of branch: StepDefinition, at path: StepPath, _ row: StepRow) async throws {
        let place = overview.steps.count - 1
        let parts = try await store.steps(of: task, below: path, offset: 0, limit: Limits.planStepsMaximum).steps
        guard !parts.isEmpty || row.ended != nil else { return }
        let chosen = try await store.newestEvent(
            of: task, kind: EventKind.branchChosen.rawValue, step: path, until: parts.first?.started ?? row.ended)
        // What was cancelled, skipped or has failed before it chose has decided against no path.
        guard chosen != nil || !parts.isEmpty else { return }
        if let chosen { overview.steps[place].reason = try JSON(parsing: chosen.payload)["reason"] }
        let taken = Set(parts.map { String($0.path.name) })
        overview.steps[place].pathsNotTaken = branch.kind.blocks.map(\.name).filter { !taken.contains($0) }
        for part in parts {
            overview.steps.append(StepDetail(part, of: branch))
            try await add(StepPlace.part(part, branch).definitions(executable) ?? [], below: part.path)
        }
    }

    private mutating func addIterations(of loop: StepDefinition, at path: StepPath) async throws {
        let maximum = StepOverview.wholeLoopMaximum
        let first = try await store.iterations(of: path, of: task, after: nil, isFailedOnly: false, limit: maximum)
        let isOpened = opening.step.map { $0 == path || path.contains($0) } ?? false
        let isAsked = opening.step == path && (opening.after != nil || opening.isFailedOnly)
        if first.total <= maximum, overview.steps.count < StepOverview.stepsMaximum, !isAsked {
            for row in first.steps { try await add(row, of: loop, isUnfolded: true) }
        } else if isOpened {
            try await addPage(of: loop, at: path)
        } else {
            overview.folded.insert(path)
        }
    }

    /// A page of iterations, of which that one is unfolded which is looked for.
    private mutating func addPage(of loop: StepDefinition, at path: StepPath) async throws {
        let size = StepOverview.pageSize
        var after = opening.after
        var meant: Int?
        if let step = opening.step, path.contains(step) {
            meant = step.components.dropFirst(path.components.count).first.flatMap { Int($0) }
            // Pages begin where they begin for whoever goes through them one after the other.
            after = meant.flatMap { $0 < size ? nil : $0 / size * size - 1 }
        }
        let isFailedOnly = opening.isFailedOnly && meant == nil
        let found = try await store.iterations(
            of: path, of: task, after: after, isFailedOnly: isFailedOnly, limit: size + 1)
        let rows = found.steps.prefix(size)
        for row in rows { try await add(row, of: loop, isUnfolded: row.ordinal == meant) }
        let bounds = rows.first.flatMap { first in rows.last.map { first.ordinal...$0.ordinal } }
        overview.pages[path] = IterationPage(
            bounds: bounds, total: found.total, next: found.steps.count > size ? rows.last?.ordinal : nil,
            after: after, isFailedOnly: isFailedOnly)
    }

    private mutating func add(_ row: StepRow, of loop: StepDefinition, isUnfolded: Bool) async throws {
        overview.steps.append(StepDetail(row, of: loop))
        let inner = StepPlace.part(row, loop).definitions(executable) ?? []
        guard !inner.isEmpty else { return }
        if isUnfolded {
            try await add(inner, below: row.path)
        } else {
            overview.folded.insert(row.path)
        }
    }
}
