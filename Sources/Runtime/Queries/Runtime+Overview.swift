public import Core
internal import Engine
internal import Plans
public import Store

/// What the steps of a task's page are made from, so much at a time as is looked at.
extension Runtime {
    /// The steps of a task from their rows.
    public func overview(of task: TaskRow, opening: StepOpening = StepOpening()) async throws -> StepOverview {
        var reader = StepOverviewReader(
            try await executable(of: task), of: task.number, in: store, opening: opening)
        return try await reader.whole()
    }

    /// What stands in a loop or an iteration; of a loop a page.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func overview(inside path: StepPath, of task: TaskRow, opening: StepOpening) async throws -> StepOverview {
        let executable = try await executable(of: task)
        let place = try await StepFinder(executable: executable, task: task.number, store: store).place(at: path)
        var reader = StepOverviewReader(executable, of: task.number, in: store, opening: opening)
        return try await reader.inside(place)
    }

    /// One step with what it was given and has made, and the events that say so. Unlike `step(_:of:)` it looks only where
    /// the step's row says that they are, and of a loop only at its two ends.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func contents(of path: StepPath, in task: TaskRow) async throws -> StepRecord {
        let executable = try await executable(of: task)
        let finder = StepFinder(executable: executable, task: task.number, store: store)
        guard let detail = try await finder.place(at: path).detail else {
            preconditionFailure("A path leads to a step.")
        }
        var record = StepRecord(step: detail, runs: [], isCutOff: false)
        record.events = try await events(of: detail, in: task)
        for event in record.events {
            guard let kind = EventKind(rawValue: event.kind) else { continue }
            if kind == .taskRepriced {
                record.step.runs.note(try Event(try await entry(event)), of: path)
            } else {
                try await add(event, kind, to: &record.step)
            }
        }
        if record.step.kind == "branch", record.step.reason != nil {
            let parts = try await store.steps(of: task.number, below: path, offset: 0, limit: Limits.planStepsMaximum)
            let taken = Set(parts.steps.map { String($0.path.name) })
            record.step.pathsNotTaken = record.step.blocks.map(\.name).filter { !taken.contains($0) }
        }
        if detail.kind == "path", let branch = path.parent {
            // What was looked at before the path was taken is on record with the branch.
            let chosen = try await store.newestEvent(
                of: task.number, kind: EventKind.branchChosen.rawValue, step: branch, until: detail.row?.started)
            if let chosen { record.step.reason = try await payload(of: chosen)["reason"] }
        }
        return record
    }

    private func events(of step: StepDetail, in task: TaskRow) async throws -> [EventRow] {
        guard let row = step.row else { return [] }
        let limit = TaskDetail.eventsMaximum
        func read(since: Timestamp?, until: Timestamp?) async throws -> [EventRow] {
            try await store.events(of: task.number, step: row.path, since: since, until: until, limit: limit)
        }
        var events: [EventRow]
        if step.isContainer, step.kind != "branch", let started = row.started {
            events = try await read(since: started, until: started)
            if let ended = row.ended, ended > started { events += try await read(since: ended, until: ended) }
        } else {
            // Earlier runs are older than the latest start; what was never started ended as it was looked at.
            let first = row.runs > 1 ? nil : row.started ?? row.ended
            events = try await read(since: first, until: row.ended)
        }
        if row.modelCalls > 0 {
            events += try await store.events(
                after: .zero, of: task.number, kinds: [EventKind.taskRepriced.rawValue], limit: limit)
        }
        return events
    }

    /// The files that steps of a task have kept, as far as that has gone since a position.
    /// - Returns: the files in order, and the position up to which they are known.
    public func filesKept(
        in task: TaskRow, after position: Position
    ) async throws -> (files: [TaskFileDetail], position: Position) {
        let executable = try await executable(of: task)
        guard executable.plan.steps.contains(where: \.mayKeepFiles) else { return ([], task.position) }
        let kinds = [EventKind.stepCompleted, .stepReused].map(\.rawValue)
        var files: [TaskFileDetail] = []
        var position = position
        while true {
            let events = try await store.events(
                after: position, of: task.number, kinds: kinds, limit: Self.filesAtOnce)
            for event in events {
                guard let step = event.step, executable.definition(at: step)?.mayKeepFiles == true else { continue }
                let payload = try await payload(of: event)
                let result = event.kind == EventKind.stepReused.rawValue ? payload["result"] : payload
                guard let result, result["files"] != nil else { continue }
                files += try StepResult(result).files.map(TaskFileDetail.init)
            }
            // Some may have come after the row was read.
            position = events.last?.position ?? position
            guard events.count == Self.filesAtOnce else { break }
        }
        return (files, max(position, task.position))
    }

    /// Events that are read at once: each may have 64 KiB.
    private static let filesAtOnce = 250
}

extension StepDefinition {
    /// Whether it, or one of those inside it, may hand out files.
    fileprivate var mayKeepFiles: Bool {
        switch kind {
        case .command(let command): !command.outputFiles.isEmpty
        case .agent, .tool, .task: true
        default: kind.blocks.contains { $0.block.steps.contains(where: \.mayKeepFiles) }
        }
    }
}
