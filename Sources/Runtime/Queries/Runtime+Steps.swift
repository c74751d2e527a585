public import Core
internal import Engine
internal import Plans
public import Store

/// The steps of a task one page, or one step, at a time.
extension Runtime {
    /// A page of the steps that stand directly in one place of a task, in order; those of the plan that have not begun
    /// too. It stays the same page while a loop goes on.
    /// - Parameters:
    ///   - container: a loop, a branch, an iteration or a path; nil for the root.
    ///   - after: the step behind which the page begins; nil for the first one.
    ///   - isFailedOnly: only those that have failed.
    /// - Throws: `SignalboxError` with code `not_found` for what the task does not have, and `invalid_input` for a step in
    ///   which nothing can stand.
    public func steps(
        of task: TaskRow, in container: StepPath?, after: StepPath?, isFailedOnly: Bool, size: Int
    ) async throws -> StepPage {
        let finder = try await finder(of: task)
        return try await finder.page(
            in: try await finder.place(at: container), after: after, isFailedOnly: isFailedOnly, size: size)
    }

    /// One step with all it was given and has made, and its runs.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func step(_ path: StepPath, of task: TaskRow) async throws -> StepRecord {
        let place = try await finder(of: task).place(at: path)
        guard let detail = place.detail else { preconditionFailure("A path leads to a step.") }
        let events = try await store.events(of: task.number, step: path, limit: TaskDetail.eventsMaximum)
        var record = StepRecord(step: detail, runs: [], isCutOff: events.count == TaskDetail.eventsMaximum)
        for event in events {
            guard let kind = EventKind(rawValue: event.kind) else { continue }
            try await add(event, kind, to: &record.step)
            try await record.note(kind, event) { try await payload(of: event) }
        }
        if case .step(let definition, _, _) = place, case .branch = definition.kind, record.step.reason != nil {
            let parts = try await store.steps(
                of: task.number, below: path, offset: 0, limit: Limits.planStepsMaximum)
            let taken = Set(parts.steps.map { String($0.path.name) })
            record.step.pathsNotTaken = definition.kind.blocks.map(\.name).filter { !taken.contains($0) }
        }
        return record
    }

    private func finder(of task: TaskRow) async throws -> StepFinder {
        StepFinder(executable: try await executable(of: task), task: task.number, store: store)
    }
}

extension StepRecord {
    /// Takes what an event says about runs.
    fileprivate mutating func note(
        _ kind: EventKind, _ event: EventRow, payload: () async throws -> JSON
    ) async throws {
        switch kind {
        case .stepStarted:
            guard let run = event.run else { return }
            runs.append(StepRun(number: run, started: event.at))
        case .stepCompleted, .stepFailed, .stepRetrying, .stepCancelled, .stepInterrupted:
            guard let run = event.run else { return }
            if runs.last?.number != run { runs.append(StepRun(number: run)) }
            let place = runs.count - 1
            runs[place].ended = event.at
            runs[place].ending = kind
            if kind == .stepFailed || kind == .stepRetrying {
                runs[place].failure = try Failure(try await payload()["failure"])
            }
        case .stepResumed:
            guard let place = runs.lastIndex(where: { $0.number == event.run }) else { return }
            runs[place].ended = nil
            runs[place].ending = nil
        default: break
        }
    }
}
