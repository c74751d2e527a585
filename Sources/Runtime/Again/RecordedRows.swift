internal import Core
internal import Engine
internal import Plans
internal import Store

/// What became of the steps of a task that has ended, read from its rows as far as somebody looks: a loop of a million
/// iterations costs a sum, and not a million events.
struct RecordedRows: RecordedSteps {
    let origin: TaskOrigin
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
    /// Of a larger loop, those that came out unlike most; if there are more, all are looked at.
    private static let rareMaximum = 2_000

    /// - Parameter children: what the rows do not count.
    init(_ origin: TaskOrigin, children: ChildrenCosts, in store: any ReadStore) async throws {
        self.origin = origin
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
        let shapes = try await store.iterationShapes(of: loop, of: origin.number, listed: Self.rareMaximum)
        let total = shapes.reduce(0) { $0 + $1.count }
        let rare = shapes.dropFirst().reduce(0) { $0 + $1.count }
        guard let usual = shapes.first, total > Self.wholeLoopMaximum, rare <= Self.rareMaximum else {
            return try await loadAll(of: loop, from: store)
        }
        let unusual = Set(shapes.dropFirst().flatMap { $0.indexes ?? [] })
        let touched = changes.iterations(of: loop).union(origin.iterationsReused(of: loop)).filter { $0 < total }
        let single = unusual.union(touched).union(0..<Self.headCount)
        guard let example = (usual.first..<total).first(where: { !unusual.contains($0) && !touched.contains($0) })
        else { return try await loadAll(of: loop, from: store) }
        let outcomes = try await store.outcomes(
            of: origin.number, loop: loop, iterations: single.union([example]).sorted())
        addWhole(outcomes, in: loop)
        var fold = LoopFold(
            single: single.sorted(), example: example, alikeCount: usual.count - single.subtracting(unusual).count)
        let sums = try await store.iterationSums(of: loop, of: origin.number)
        fold.add(sums, like: loop.appending(example), without: single, outcomes, in: loop)
        fold.add(children, without: single, in: loop)
        loops[loop] = .folded(fold)
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

extension LoopFold {
    /// Takes over what those have taken that are not known by themselves: all together, without the others.
    fileprivate mutating func add(
        _ sums: [IterationSum], like example: StepPath, without single: Set<Int>, _ outcomes: [StepEnding],
        in loop: StepPath
    ) {
        var statuses: [String: String] = [:]
        var known: [(place: String, outcome: StepEnding)] = []
        for outcome in outcomes {
            let rest = outcome.path.rawValue.dropFirst(loop.rawValue.count + 1)
            let number = rest.prefix { $0 != "/" }
            let place = String(rest.dropFirst(number.count))
            if outcome.path == example || example.contains(outcome.path) { statuses[place] = outcome.status }
            if let index = Int(number), single.contains(index) { known.append((place, outcome)) }
        }
        for sum in sums where statuses[sum.place] == sum.status {
            milliseconds[sum.place] = sum.milliseconds
            costs[sum.place] = sum.cost
        }
        for (place, outcome) in known where statuses[place] == outcome.status {
            milliseconds[place, default: 0] -= outcome.milliseconds
            costs[place] = Money(rawValue: (costs[place] ?? .zero).rawValue - outcome.cost.rawValue)
        }
    }
}

extension LoopFold {
    /// Adds what tasks have cost that were started in those iterations that are not known by themselves.
    fileprivate mutating func add(_ children: ChildrenCosts, without single: Set<Int>, in loop: StepPath) {
        for (path, cost) in children.costs {
            guard let index = path.iteration(of: loop), !single.contains(index) else { continue }
            let iteration = loop.appending(index).rawValue
            costs[String(path.rawValue.dropFirst(iteration.count)), default: .zero] += cost
        }
    }
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
