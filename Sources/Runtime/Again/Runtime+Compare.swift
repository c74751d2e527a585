internal import Core
internal import Engine
public import Store

extension Runtime {
    /// Compares two tasks step by step.
    public func compare(_ before: TaskRow, _ after: TaskRow) async throws -> TaskComparison {
        let (old, new) = (try await origin(of: before.number), try await origin(of: after.number))
        var comparison = TaskComparison(before: before, after: after, hasSamePlan: before.planHash == after.planHash)
        comparison.inputs = JSONDifference.between(.object(old.inputs), .object(new.inputs)).differences
        comparison.outputs =
            JSONDifference.between(
                .object(try await outputs(of: before)), .object(try await outputs(of: after))
            ).differences
        let left = try await rows(of: before.number)
        let right = try await rows(of: after.number)
        let order = StepAlignment.paths(left.map(\.path), right.map(\.path))
        comparison.hiddenSteps = max(0, order.count - Limits.comparedStepsMaximum)
        let shown = order.prefix(Limits.comparedStepsMaximum)
        let (rowsBefore, rowsAfter) = (Self.byPath(left), Self.byPath(right))
        let valuesBefore = try await values(of: before.number, at: Set(shown))
        let valuesAfter = try await values(of: after.number, at: Set(shown))
        for path in shown {
            var step = StepComparison(path: path, before: rowsBefore[path], after: rowsAfter[path])
            if step.before != nil, step.after != nil {
                try await addDifferences(to: &step, valuesBefore[path], valuesAfter[path], before, after)
            }
            comparison.steps.append(step)
        }
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

    private func rows(of task: TaskNumber) async throws -> [StepRow] { try await store.steps(of: task) }

    private static func byPath(_ rows: [StepRow]) -> [StepPath: StepRow] {
        Dictionary(rows.map { ($0.path, $0) }) { first, _ in first }
    }

    /// Where the latest input and output of steps are in the journal, and what hash they have.
    private struct Values: Sendable {
        var input: (position: Position, hash: ContentHash)?
        var output: (position: Position, hash: ContentHash)?
    }

    private func values(of task: TaskNumber, at paths: Set<StepPath>) async throws -> [StepPath: Values] {
        var values: [StepPath: Values] = [:]
        try await forEachEvent(of: task) { kind, event in
            guard let path = event.step, paths.contains(path) else { return }
            switch kind {
            case .stepStarted:
                let input = try await payload(of: event)["input"] ?? .null
                values[path, default: Values()].input = (event.position, ContentHash(of: input.bytes))
            case .stepCompleted, .stepReused, .iterationCompleted:
                let result = try StepResult(recorded: try await payload(of: event))
                values[path, default: Values()].output = (event.position, ContentHash(of: result.output.bytes))
            default: break
            }
        }
        return values
    }

    private func addDifferences(
        to step: inout StepComparison, _ left: Values?, _ right: Values?, _ before: TaskRow, _ after: TaskRow
    ) async throws {
        // A step that was taken over was given nothing.
        if let old = left?.input, let new = right?.input, old.hash != new.hash {
            let found = JSONDifference.between(
                try await input(at: old.position, of: before.number),
                try await input(at: new.position, of: after.number))
            step.input = found.differences
            step.hasMore = found.hasMore
        }
        if left?.output?.hash != right?.output?.hash {
            let found = JSONDifference.between(
                try await output(at: left?.output?.position, of: before.number),
                try await output(at: right?.output?.position, of: after.number))
            step.output = found.differences
            step.hasMore = step.hasMore || found.hasMore
        }
    }

    private func input(at position: Position, of task: TaskNumber) async throws -> JSON? {
        let before = Position(rawValue: position.rawValue - 1)
        guard let event = try await store.events(after: before, of: task, limit: 1).first else { return nil }
        return try await payload(of: event)["input"]
    }

    private func output(at position: Position?, of task: TaskNumber) async throws -> JSON? {
        guard let position else { return nil }
        return try await result(at: position, of: task).output
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
