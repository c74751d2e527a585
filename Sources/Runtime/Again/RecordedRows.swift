internal import Core
internal import Engine
internal import Plans
internal import Store

/// What became of the steps of a task, read from its rows as far as somebody looks: for a preview a loop of a million
/// iterations costs a sum, and not a million events.
struct RecordedRows: RecordedSteps {
    let origin: TaskOrigin
    /// Whether every iteration is known by itself, however many there are.
    let isWhole: Bool
    private var steps: [StepPath: RecordedStep] = [:]
    private let children: ChildrenCosts
    /// What has taken which path, by branch.
    private var paths: [StepPath: String] = [:]
    /// Containers of which all parts are known, and loops of which everything is.
    private var known: Set<StepPath> = []
    private var loops: [StepPath: RecordedLoop] = [:]

    /// Up to so many iterations are looked at one by one.
    private static let wholeLoopMaximum = 1_000
    /// The first of a larger loop, each of which is listed.
    private static let headCount = 100
    /// Of a larger loop, those that came out unlike the others, each of which is listed; if there are more, all are looked at.
    private static let rareMaximum = 2_000
    /// So many that came out alike are not rare, if there would be too many of those.
    private static let alikeMinimum = 100

    /// - Parameters:
    ///   - isWhole: whether every iteration is to be known by itself.
    ///   - children: what the rows do not count.
    init(
        _ origin: TaskOrigin, isWhole: Bool = false, children: ChildrenCosts, in store: any ReadStore
    ) async throws {
        self.origin = origin
        self.isWhole = isWhole
        self.children = children
        add(try await store.outcomes(of: origin.number, below: nil))
    }

    /// Loads what was missed.
    /// - Parameter changes: iterations that they name are known by themselves.
    mutating func load(_ wish: RecordWish, _ changes: ReuseChanges, from store: any ReadStore) async throws {
        switch wish {
        case .parts(let container):
            add(try await store.outcomes(of: origin.number, below: container))
            known.insert(container)
        case .all(let loop): try await loadAll(of: loop, from: store)
        case .fold(let loop): try await loadFold(of: loop, changes, from: store)
        }
    }

    /// Loads a single step, wherever it stands, and what it stands in.
    mutating func load(_ path: StepPath, from store: any ReadStore) async throws {
        for path in [path] + (path.parent.map { [$0] } ?? []) where steps[path] == nil {
            guard let row = try await store.step(path, of: origin.number) else { continue }
            add([
                StepEnding(
                    path: path, kind: row.kind, status: row.status,
                    milliseconds: row.ended == nil ? 0 : row.durationMilliseconds(at: .now) ?? 0, cost: row.cost)
            ])
        }
    }

    private mutating func add(_ outcomes: [StepEnding]) {
        for outcome in outcomes {
            guard let status = StepStatus(rawValue: outcome.status) else { continue }
            var step = RecordedStep(status: status)
            (step.milliseconds, step.cost) = (outcome.milliseconds, outcome.cost)
            steps[outcome.path] = step
            if outcome.kind == "path", let branch = outcome.path.parent { paths[branch] = String(outcome.path.name) }
        }
    }

    private mutating func loadAll(of loop: StepPath, from store: any ReadStore) async throws {
        addWhole(try await store.outcomes(of: origin.number, within: loop), in: loop)
    }

    /// Takes everything that stands in a loop, or in an iteration of one, with the loops therein.
    private mutating func addWhole(_ outcomes: [StepEnding], in container: StepPath) {
        add(outcomes)
        var counts: [StepPath: Int] = [container: 0]
        for outcome in outcomes {
            known.insert(outcome.path)
            guard outcome.kind == "iteration", let loop = outcome.path.parent else { continue }
            counts[loop, default: 0] += 1
        }
        for (loop, count) in counts { loops[loop] = .whole(count) }
        // A loop without an iteration has none.
        for outcome in outcomes where outcome.kind == "for_each" && counts[outcome.path] == nil {
            loops[outcome.path] = .whole(0)
        }
    }

    private mutating func loadFold(of loop: StepPath, _ changes: ReuseChanges, from store: any ReadStore) async throws {
        guard !isWhole else { return try await loadAll(of: loop, from: store) }
        let touched = changes.iterations(of: loop).union(origin.iterationsReused(of: loop))
        // What is not in their rows cannot be summed up there.
        let costly = Set(children.costs.keys.compactMap { $0.iteration(of: loop) })
        guard costly.count <= Self.rareMaximum else { return try await loadAll(of: loop, from: store) }
        let apart = touched.union(costly).union(0..<Self.headCount)
        let found = try await store.iterationGroups(
            of: loop, of: origin.number, apart: apart, listed: Self.rareMaximum)
        let (alike, rare) = Self.divide(found.groups)
        let unusual = rare.flatMap { $0.indexes ?? [] }
        guard found.total > Self.wholeLoopMaximum, unusual.count <= Self.rareMaximum else {
            return try await loadAll(of: loop, from: store)
        }
        let single = apart.filter { $0 < found.total }.union(unusual).sorted()
        let read = (single + alike.map(\.first)).sorted()
        addWhole(try await store.outcomes(of: origin.number, loop: loop, iterations: read), in: loop)
        loops[loop] = .folded(LoopFold(single: single, alike: alike))
    }

    /// The groups of which one stands for all, and those of which each is looked at.
    private static func divide(_ groups: [IterationGroup]) -> (alike: [IterationGroup], rare: [IterationGroup]) {
        let rest = groups.dropFirst()
        guard rest.reduce(0, { $0 + $1.count }) > rareMaximum else { return (Array(groups.prefix(1)), Array(rest)) }
        return (groups.filter { $0.count > alikeMinimum }, groups.filter { $0.count <= alikeMinimum })
    }

    func step(_ path: StepPath) -> RecordedStep? {
        guard var step = steps[path] else { return nil }
        if let cost = children.costs[path] { step.cost += cost }
        return step.taking(over: takenOver(path))
    }

    func knows(_ container: StepPath) -> Bool { known.contains(container) }

    func loop(_ path: StepPath) -> RecordedLoop { loops[path] ?? .unknown }

    func path(ofBranch branch: StepPath) -> String? { paths[branch] }

    func isChosenByAgent(_ branch: StepPath, _ plan: ExecutablePlan) -> Bool {
        guard case .branch(let definition)? = plan.definition(at: branch)?.kind else { return false }
        return definition.chooser != nil
    }

    var knownPaths: [StepPath] { Array(steps.keys) }
}

extension ReuseChanges {
    /// The iterations of a loop in which something is named.
    fileprivate func iterations(of loop: StepPath) -> Set<Int> {
        Set(([from].compactMap(\.self) + outputs).compactMap { $0.iteration(of: loop) })
    }
}

extension TaskOrigin {
    /// The iterations of a loop of which the task has taken something over.
    fileprivate func iterationsReused(of loop: StepPath) -> Set<Int> {
        Set(reuse.keys.compactMap { $0.iteration(of: loop) })
    }
}

extension StepPath {
    /// In which iteration of a loop it stands, or which it is.
    fileprivate func iteration(of loop: StepPath) -> Int? {
        guard loop.contains(self) else { return nil }
        return Int(rawValue.dropFirst(loop.rawValue.count + 1).prefix { $0 != "/" })
    }
}
