internal import Core
internal import Store

/// Reads the steps of two tasks beside each other, container by container; of a loop a page.
struct AlignedSteps {
    let before: TaskNumber
    let after: TaskNumber
    let store: any ReadStore

    /// The steps that stand directly in each container, by its path; "" for the root.
    private var inside: [StepPath: [StepComparison]] = [:]
    private var count = 0
    /// How many iterations a loop has in the task in which it has more.
    private var totals: [StepPath: Int] = [:]
    /// What was asked for; nil for all steps.
    private var part: ComparedPart?

    init(before: TaskNumber, after: TaskNumber, store: any ReadStore) {
        self.before = before
        self.after = after
        self.store = store
    }

    /// The steps of both, each behind what it stands in. What is further outside is read first, so that no loop takes the
    /// place of the steps beside it.
    mutating func steps(_ part: ComparedPart?) async throws -> [StepComparison] {
        self.part = part
        let root = part?.loop ?? StepPath(rawValue: "")
        var waiting = [root]
        var next = 0
        while next < waiting.count, count < Limits.comparedStepsMaximum {
            let container = waiting[next]
            next += 1
            let isLoop = container == part?.loop
            let found = try await parts(of: container, after: isLoop ? part?.after : nil)
            inside[container] = Array(found.prefix(Limits.comparedStepsMaximum - count))
            count += found.count
            waiting += found.filter(\.isContainer).map(\.path)
        }
        var steps: [StepComparison] = []
        try await readTotals()
        collect(root, &steps)
        return steps
    }

    /// A loop for which there was no place has its iterations all the same.
    private mutating func readTotals() async throws {
        let shown = inside.values.joined().filter { $0.kind == "for_each" && inside[$0.path] == nil }
        for loop in shown {
            for task in [before, after] {
                let page = try await store.iterations(
                    of: loop.path, of: task, after: nil, isFailedOnly: false, limit: 0)
                totals[loop.path] = max(totals[loop.path] ?? 0, page.total)
            }
        }
    }

    private func collect(_ container: StepPath, _ steps: inout [StepComparison]) {
        for step in inside[container] ?? [] {
            steps.append(step)
            let place = steps.count - 1
            collect(step.path, &steps)
            if step.kind == "for_each" { steps[place].moreIterations = moreIterations(of: step.path) }
        }
    }

    /// How many iterations of a loop stand behind those that were read.
    func moreIterations(of loop: StepPath) -> Int {
        let asked = loop == part?.loop ? part?.after : nil
        let last = inside[loop]?.last.flatMap { Int($0.path.name) } ?? asked ?? -1
        return max(0, (totals[loop] ?? 0) - last - 1)
    }

    private mutating func parts(of container: StepPath, after index: Int?) async throws -> [StepComparison] {
        let left = try await rows(of: before, in: container, after: index)
        let right = try await rows(of: after, in: container, after: index)
        let (old, new) = (Self.byPath(left), Self.byPath(right))
        return StepAlignment.paths(left.map(\.path), right.map(\.path)).map {
            StepComparison(path: $0, before: old[$0], after: new[$0])
        }
    }

    /// The parts of a loop are a page; those of everything else are bounded by the plan.
    private mutating func rows(of task: TaskNumber, in container: StepPath, after index: Int?) async throws -> [StepRow]
    {
        guard !container.rawValue.isEmpty else {
            return try await store.steps(of: task, below: nil, offset: 0, limit: Limits.planStepsMaximum).steps
        }
        let page = try await store.iterations(
            of: container, of: task, after: index, isFailedOnly: false, limit: Limits.comparedIterationsMaximum)
        // What is no loop numbers its parts by their places, so that several may share one.
        guard page.steps.contains(where: { $0.kind != "iteration" }) else {
            totals[container] = max(totals[container] ?? 0, page.total)
            return page.steps
        }
        return try await store.steps(of: task, below: container, offset: 0, limit: Limits.planStepsMaximum).steps
    }

    private static func byPath(_ rows: [StepRow]) -> [StepPath: StepRow] {
        Dictionary(rows.map { ($0.path, $0) }) { first, _ in first }
    }
}

extension StepComparison {
    fileprivate var kind: String? { before?.kind ?? after?.kind }

    fileprivate var isContainer: Bool { kind.map(["for_each", "branch", "iteration", "path"].contains) ?? false }
}
