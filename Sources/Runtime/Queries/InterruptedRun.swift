public import Core
public import Engine
internal import Store

/// What was under way when a stop or a crash cut it off: what a person is asked about who is to say whether it has happened.
public struct InterruptedRun: Sendable, Hashable {
    /// What the run of the step was given: of a command its arguments, of a request its method and address.
    public var input: JSON
    public var startedAt: Timestamp
}

extension Runtime {
    /// What a request of a step in doubt is about, from the record of its step; nil for others, also for a call of a tool,
    /// which is the subject of its request.
    public func interruptedRun(_ request: DecisionRequest, of task: TaskNumber) async throws -> InterruptedRun? {
        guard request.kind == .inDoubt, request.call == nil else { return nil }
        let kind = EventKind.stepStarted.rawValue
        guard let event = try await store.newestEvent(of: task, kind: kind, step: request.step),
            event.run == nil || request.run == nil || event.run == request.run
        else { return nil }
        return InterruptedRun(input: try await payload(of: event)["input"] ?? .null, startedAt: event.at)
    }
}
