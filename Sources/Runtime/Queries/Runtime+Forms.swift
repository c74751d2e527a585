public import Core
public import Engine
public import Plans
public import Store

/// What forms are filled from that start tasks.
extension Runtime {
    /// A version of a plan, read. One that a task runs is read as it was accepted then.
    /// - Throws: `SignalboxError` with code `invalid_plan` when it cannot be read at all.
    public func definition(of row: PlanRow) throws -> Plan { try plans.storedPlan(row.source).plan }

    /// All that was fixed when a task was created: inputs, files, model, limits.
    /// - Throws: `SignalboxError` with code `not_found` when it is not there any more.
    public func origin(of task: TaskRow) async throws -> TaskOrigin { try await origin(of: task.number) }

    /// What a step or an iteration has handed over, also where it was taken over from another task.
    /// - Throws: `SignalboxError` with code `not_found` while it has not completed.
    public func recordedOutput(of step: StepPath, of task: TaskRow) async throws -> JSON {
        var newest: EventRow?
        for kind in [EventKind.stepCompleted, .stepReused, .iterationCompleted] {
            let event = try await store.newestEvent(of: task.number, kind: kind.rawValue, step: step)
            if let event, event.position > newest?.position ?? .zero { newest = event }
        }
        guard let newest else {
            throw SignalboxError(
                .notFound, "Step \"\(step.rawValue.prefix(64))\" of task \(task.number) has no recorded output.")
        }
        return try StepResult(recorded: try await payload(of: newest)).output
    }
}
