public import Core
internal import Engine
public import Store

extension Runtime {
    /// Compares two tasks step by step; of large loops the first iterations.
    /// - Parameters:
    ///   - part: further iterations of one loop alone; nil for all steps.
    ///   - valueBytesMaximum: the longest text of a value that is told whole.
    public func compare(
        _ before: TaskRow, _ after: TaskRow, part: ComparedPart? = nil,
        valueBytesMaximum: Int = JSONDifference.valueBytesDefault
    ) async throws -> TaskComparison {
        let (old, new) = (try await origin(of: before.number), try await origin(of: after.number))
        var comparison = TaskComparison(before: before, after: after, hasSamePlan: before.planHash == after.planHash)
        comparison.inputs =
            JSONDifference.between(
                .object(old.inputs), .object(new.inputs), valueBytesMaximum: valueBytesMaximum
            ).differences
        comparison.outputs =
            JSONDifference.between(
                .object(try await outputs(of: before)), .object(try await outputs(of: after)),
                valueBytesMaximum: valueBytesMaximum
            ).differences
        var reader = AlignedSteps(before: before.number, after: after.number, store: store)
        comparison.steps = try await reader.steps(part)
        comparison.moreIterations = part.map { reader.moreIterations(of: $0.loop) }
        // To know which of them both have, each step of the one would be looked for in the other.
        let left = try await store.stepCount(of: before.number) - comparison.steps.count { $0.before != nil }
        let right = try await store.stepCount(of: after.number) - comparison.steps.count { $0.after != nil }
        comparison.hiddenSteps = max(0, left, right)
        try await addDifferences(to: &comparison, valueBytesMaximum)
        return comparison
    }

    /// The last completed task of the same plan before that one, else after it.
    /// - Throws: `SignalboxError` with code `not_found` when there is none.
    public func defaultComparison(of task: TaskRow) async throws -> TaskRow {
        var filter = TaskFilter()
        (filter.plans, filter.statuses) = ([task.planName], [TaskStatus.completed.rawValue])
        var query = TaskQuery(filter, size: 1)
        query.cursor = TaskCursor(query, last: TaskOrderKey(number: task.number.rawValue))
        if let earlier = try await store.tasks(query).tasks.first { return earlier }
        let newest = try await store.tasks(TaskQuery(filter, size: 2)).tasks
        if let later = newest.first(where: { $0.number != task.number }) { return later }
        throw SignalboxError(
            .notFound, "No other task of the plan \"\(task.planName)\" has completed.", hint: "Name the other task.")
    }

    private func addDifferences(to comparison: inout TaskComparison, _ maximum: Int) async throws {
        let shared = comparison.steps.filter { $0.before != nil && $0.after != nil }
        let left = try await contents(of: comparison.before.number, shared.compactMap(\.before))
        let right = try await contents(of: comparison.after.number, shared.compactMap(\.after))
        for place in comparison.steps.indices {
            let path = comparison.steps[place].path
            guard let old = left[path], let new = right[path] else { continue }
            // A step that was taken over was given nothing.
            if let old = old.input, let new = new.input, old.payload != new.payload {
                let found = JSONDifference.between(
                    try await payload(of: old)["input"], try await payload(of: new)["input"],
                    valueBytesMaximum: maximum)
                comparison.steps[place].input = found.differences
                comparison.steps[place].hasMore = found.hasMore
            }
            // What a large loop hands over is the list of what its iterations have: these are compared.
            if comparison.steps[place].moreIterations > 0 {
                let isOther = try await isOther(old.output, new.output)
                comparison.steps[place].hasMore = comparison.steps[place].hasMore || isOther
            } else if old.output?.payload != new.output?.payload {
                let found = JSONDifference.between(
                    try await output(of: old.output), try await output(of: new.output), valueBytesMaximum: maximum)
                comparison.steps[place].output = found.differences
                comparison.steps[place].hasMore = comparison.steps[place].hasMore || found.hasMore
            }
        }
    }

    private func contents(of task: TaskNumber, _ rows: [StepRow]) async throws -> [StepPath: StepContents] {
        try await store.contents(
            of: task, steps: rows.map(StepMoment.init), input: EventKind.stepStarted.rawValue,
            outputs: Self.outputKinds)
    }

    /// Whether another output was handed over. What was taken over says more of it than its output.
    private func isOther(_ old: EventRow?, _ new: EventRow?) async throws -> Bool {
        guard old?.payload != new?.payload else { return false }
        guard [old, new].contains(where: { $0?.kind == EventKind.stepReused.rawValue }) else { return true }
        return try await output(of: old) != output(of: new)
    }

    private func output(of event: EventRow?) async throws -> JSON? {
        guard let event else { return nil }
        return try StepResult(recorded: try await payload(of: event)).output
    }
}

/// Further iterations of a loop that are compared.
public struct ComparedPart: Sendable, Hashable {
    public var loop: StepPath
    /// Only those behind the one of that number; nil for the first ones.
    public var after: Int?

    public init(loop: StepPath, after: Int?) {
        self.loop = loop
        self.after = after
    }
}

/// Puts the steps of two tasks into one order.
enum StepAlignment: Sendable {
    /// All paths, in the order of the first; what only the second has stands behind what it follows there.
    static func paths(_ first: [StepPath], _ second: [StepPath]) -> [StepPath] {
        let known = Set(first)
        var following: [StepPath?: [StepPath]] = [:]
        var anchor: StepPath?
        for path in second {
            if known.contains(path) { anchor = path } else { following[anchor, default: []].append(path) }
        }
        var paths = following[nil] ?? []
        for path in first {
            paths.append(path)
            paths += following[path] ?? []
        }
        return paths
    }
}
