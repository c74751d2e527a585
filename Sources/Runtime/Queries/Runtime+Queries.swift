internal import CEL
public import Core
internal import Engine
internal import Plans
public import Store

extension Runtime {
    /// A task by its number or its id, as people and programs write them: `142`, `#142`, `01jd…`.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func task(_ reference: String) async throws -> TaskRow {
        let digits = reference.hasPrefix("#") ? String(reference.dropFirst()) : reference
        if let number = Int64(digits), let task = try await store.task(TaskNumber(rawValue: number)) { return task }
        if let id = TaskID(rawValue: reference), let task = try await store.task(id) { return task }
        throw SignalboxError(
            .notFound, "There is no task \"\(reference.prefix(64))\".", hint: "`signalbox tasks list` shows the latest."
        )
    }

    /// The position itself, or the beginning when it lies behind the journal's end: it is another journal's then, for
    /// example of a data directory that was replaced while a page was open.
    public func positionWithin(_ position: Position) async throws -> Position {
        position > (try await store.newestPosition()) ? .zero : position
    }

    /// The payload of an event whole, wherever it lies.
    public func payload(of event: EventRow) async throws -> JSON {
        let payloads = self.payloads
        guard payloads.isReference(event) else { return try payloads.payload(event) }
        return try await onOwnThread("blob") { try payloads.payload(event) }
    }

    /// The outputs of a task; empty while it has not completed.
    public func outputs(of task: TaskRow) async throws -> JSONObject {
        let kind = EventKind.taskCompleted.rawValue
        guard let event = try await store.newestEvent(of: task.number, kind: kind, step: nil) else { return [:] }
        return try await payload(of: event)["outputs"]?.objectValue ?? [:]
    }

    /// The output of a step; nil while it has none.
    public func output(of step: StepPath, of task: TaskRow) async throws -> JSON? {
        let kind = EventKind.stepCompleted.rawValue
        guard let event = try await store.newestEvent(of: task.number, kind: kind, step: step) else { return nil }
        return try StepResult(try await payload(of: event)).output
    }

    /// All that can be said about a task.
    public func detail(of task: TaskRow) async throws -> TaskDetail {
        guard let planRow = try await store.plan(task.planHash) else {
            throw SignalboxError(.storage, "The plan of task \(task.number) is not in the database.")
        }
        let plan = try plans.plan(planRow.source).plan
        let rows = try await store.steps(of: task.number)
        var detail = TaskDetail(
            task: task, planSummary: plan.summary, inputs: [:], files: [], steps: steps(of: plan, rows: rows),
            outputs: nil,
            events: try await store.events(after: .zero, of: task.number, limit: TaskDetail.eventsMaximum),
            isCutOff: false)
        detail.isCutOff = detail.events.last.map { $0.position < task.position } ?? false
        for event in detail.events { try await add(event, to: &detail) }
        return detail
    }

    private func steps(of plan: Plan, rows: [StepRow]) -> [StepDetail] {
        var known: [StepPath: StepRow] = [:]
        for row in rows { known[row.path] = row }
        return plan.steps.map { step in
            let path = StepPath(rawValue: step.name)
            return StepDetail(
                path: path, kind: step.kind.name, summary: step.summary, needs: step.needs,
                condition: step.condition?.source, row: known[path])
        }
    }

    private func add(_ event: EventRow, to detail: inout TaskDetail) async throws {
        guard let kind = EventKind(rawValue: event.kind) else { return }
        guard let step = event.step, let place = detail.steps.firstIndex(where: { $0.path == step }) else {
            switch kind {
            case .taskCreated:
                let origin = try TaskOrigin(try await payload(of: event))
                detail.inputs = origin.inputs
                detail.files = origin.files.map(TaskFileDetail.init)
            case .taskCompleted: detail.outputs = try await payload(of: event)["outputs"]?.objectValue
            default: break
            }
            return
        }
        let payload = try await payload(of: event)
        switch kind {
        case .stepStarted:
            detail.steps[place].input = payload["input"]
            detail.steps[place].turns = []
            detail.steps[place].trace = nil
        case .turnCompleted: detail.steps[place].turns.append(payload)
        case .stepCompleted:
            let result = try StepResult(payload)
            detail.steps[place].output = result.output
            detail.steps[place].files = result.files.map(TaskFileDetail.init)
            detail.steps[place].trace = result.trace
        case .stepFailed, .stepCancelled: detail.steps[place].trace = payload["trace"]
        default: break
        }
    }
}

extension TaskFileDetail {
    fileprivate init(_ file: TaskFile) {
        self.init(name: file.name, hash: file.hash, size: file.size, mediaType: file.mediaType)
    }
}
