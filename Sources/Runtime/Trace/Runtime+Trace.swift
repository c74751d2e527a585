public import Core
internal import Engine
public import Store

extension Runtime {
    /// The runs of a step with their turns, in full.
    /// - Throws: `SignalboxError` with code `not_found` when the task has no such step, or none that asks models.
    public func trace(of step: StepPath, in task: TaskRow) async throws -> StepTrace {
        let traces = try await traces(of: task) { $0 == step }
        guard let trace = traces[step] else {
            throw SignalboxError(
                .notFound, "Step \"\(step)\" of task \(task.number) has not asked a model.",
                hint: "`signalbox tasks show \(task.number.rawValue)` lists its steps.")
        }
        return trace
    }

    /// The steps of a task that have asked models, in the order in which they began.
    public func tracedSteps(of task: TaskRow) async throws -> [StepPath] {
        var steps: [StepPath] = []
        try await forEachEvent(of: task) { event in
            guard let kind = EventKind(rawValue: event.kind), let step = event.step, !steps.contains(step),
                UsageTally.kinds.contains(kind), try Event(try await entry(event)).asksModel
            else { return }
            steps.append(step)
        }
        return steps
    }

    /// The traces of all steps that are meant and have asked models.
    func traces(of task: TaskRow, where isMeant: (StepPath) -> Bool) async throws -> [StepPath: StepTrace] {
        var traces: [StepPath: StepTrace] = [:]
        var asked: Set<StepPath> = []
        var count = 0
        try await forEachEvent(of: task) { row in
            guard let kind = EventKind(rawValue: row.kind) else { return }
            guard let step = row.step else {
                guard kind == .taskRepriced else { return }
                let event = try Event(try await entry(row))
                for step in asked { traces[step]?.note(event, of: step) }
                return
            }
            guard isMeant(step), StepTrace.kinds.contains(kind) else { return }
            count += 1
            guard count <= Limits.traceEventsMaximum else {
                throw SignalboxError(
                    .limit,
                    "Task \(task.number) has more than \(Limits.traceEventsMaximum) events to be read for that.",
                    hint: "Name one step.")
            }
            let event = try Event(try await entry(row))
            if event.asksModel { asked.insert(step) }
            traces[step, default: StepTrace()].note(event, of: step)
        }
        return traces.filter { asked.contains($0.key) }
    }

    private func forEachEvent(of task: TaskRow, _ body: (EventRow) async throws -> Void) async throws {
        var after = Position.zero
        while true {
            let events = try await store.events(after: after, of: task.number, limit: 1_000)
            for event in events { try await body(event) }
            guard events.count == 1_000, let last = events.last else { return }
            after = last.position
        }
    }

    /// An event as the journal keeps it, with its payload whole.
    func entry(_ row: EventRow) async throws -> JournalEntry {
        guard let kind = EventKind(rawValue: row.kind) else {
            throw SignalboxError(.storage, "The journal has an event that this version does not know: \(row.kind).")
        }
        return JournalEntry(at: row.at, kind: kind, step: row.step, run: row.run, payload: try await payload(of: row))
    }
}

extension Event {
    /// Whether it tells of a call of a model: of its answer, or that it was cut off.
    fileprivate var asksModel: Bool {
        if case .turnCompleted = body { true } else { lostCall != nil }
    }
}

extension StepTrace {
    /// The events of a step that its trace is made from.
    static let kinds: Set<EventKind> = [
        .stepStarted, .stepResumed, .stepInterrupted, .turnCompleted, .toolStarted, .toolCompleted, .agentNoticed,
        .decisionRequested, .decisionMade, .stepCompleted, .stepFailed, .stepRetrying, .stepCancelled,
    ]
}
