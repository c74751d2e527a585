public import Core
internal import Engine
public import Store

extension Runtime {
    /// A task by its number or its id, as people and programs write them: `142`, `#142`, `01jd…`.
    /// - Throws: `SignalboxError` with code `not_found`, or `gone` for a number whose task was deleted.
    public func task(_ reference: String) async throws -> TaskRow {
        let digits = reference.hasPrefix("#") ? String(reference.dropFirst()) : reference
        if let number = Int64(digits).map(TaskNumber.init(rawValue:)) {
            if let task = try await store.task(number) { return task }
            if let tombstone = try await store.tombstone(number) { throw SignalboxError(tombstone) }
        }
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
}

/// Beside an error of code `gone`: the task that was asked for and what is still known of it.
public struct DeletedTask: Error {
    public let row: TombstoneRow
}

extension SignalboxError {
    /// A task was asked for that was deleted.
    fileprivate init(_ tombstone: TombstoneRow) {
        self.init(
            .gone,
            "Task \(tombstone.number), \"\(tombstone.name)\" of the plan \"\(tombstone.planName)\", which was \(tombstone.status), was deleted by \(tombstone.deletedBy) at \(tombstone.deletedAt.rfc3339).",
            cause: DeletedTask(row: tombstone))
    }
}
