internal import Core
internal import Engine
internal import Store

/// Reads what became of a task, event by event: a large one never lies in memory as a whole.
extension Runtime {
    private static let eventsPerRead = 500

    /// Hands over all events of a task that are there, oldest first.
    func forEachEvent(of task: TaskNumber, _ body: (EventKind, EventRow) async throws -> Void) async throws {
        var position = Position.zero
        while true {
            let events = try await store.events(after: position, of: task, limit: Self.eventsPerRead)
            for event in events {
                guard let kind = EventKind(rawValue: event.kind) else { throw JournalFormatError.member(event.kind) }
                try await body(kind, event)
            }
            guard let last = events.last, events.count == Self.eventsPerRead else { return }
            position = last.position
        }
    }

    /// All that was fixed when a task was created.
    func origin(of task: TaskNumber) async throws -> TaskOrigin {
        guard let event = try await store.events(after: .zero, of: task, limit: 1).first else {
            throw SignalboxError(.notFound, "There is no task \(task).")
        }
        return try TaskOrigin(try await payload(of: event))
    }

    /// What became of the steps of a task.
    /// - Parameter watched: the agent step whose conversation is kept.
    func record(of origin: TaskOrigin, watching watched: StepPath? = nil) async throws -> TaskRecord {
        var record = TaskRecord(origin, watching: watched)
        try await forEachEvent(of: origin.number) { kind, event in
            let payload = TaskRecord.needsPayload(kind) ? try await self.payload(of: event) : nil
            try record.note(kind, event, payload: payload)
        }
        record.leaveOut(try await store.idleTimes(of: origin.number))
        return record
    }
}

extension StepResult {
    /// The result that an event holds: `step_completed`, `step_reused` or `iteration_completed`.
    init(recorded payload: JSON) throws {
        try self.init(payload["result"] ?? payload)
    }
}
