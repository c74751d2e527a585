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
        try await recordedOutput(of: step, of: task.number)
    }

    /// The events that say what a step or an iteration has made.
    static let outputKinds = [EventKind.stepCompleted, .stepReused, .iterationCompleted].map(\.rawValue)

    func recordedOutput(of step: StepPath, of task: TaskNumber) async throws -> JSON {
        // Where its end is known, its events are those of a moment.
        if let row = try await store.step(step, of: task) {
            let found = try await store.contents(
                of: task, steps: [StepMoment(row)], input: EventKind.stepStarted.rawValue,
                outputs: Self.outputKinds)
            if let event = found[step]?.output { return try StepResult(recorded: try await payload(of: event)).output }
        }
        var newest: EventRow?
        for kind in Self.outputKinds {
            let event = try await store.newestEvent(of: task, kind: kind, step: step)
            if let event, event.position > newest?.position ?? .zero { newest = event }
        }
        guard let newest else {
            throw SignalboxError(
                .notFound, "Step \"\(step.rawValue.prefix(64))\" of task \(task) has no recorded output.")
        }
        return try StepResult(recorded: try await payload(of: newest)).output
    }
}
