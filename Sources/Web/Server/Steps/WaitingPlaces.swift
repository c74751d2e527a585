internal import Core
internal import Runtime
internal import Store

/// Where a task waits while nothing of it runs: loops, iterations, branches and paths hold what waits, and wait with it.
struct WaitingPlaces {
    /// Nothing of the task runs.
    private let isAtRest: Bool
    /// The steps that ask a person.
    private let asking: [StepPath]

    /// Of a task that is under way or over.
    static let none = WaitingPlaces(isAtRest: false, asking: [])

    private init(isAtRest: Bool, asking: [StepPath]) {
        self.isAtRest = isAtRest
        self.asking = asking
    }

    /// Reads the steps that wait, as many as the head of the page tells of.
    static func read(_ task: TaskRow, _ runtime: Runtime) async throws -> WaitingPlaces {
        guard task.status == "waiting" else { return .none }
        let rows = try await runtime.store.waitingSteps(of: task.number, limit: TaskHead.waitingMaximum)
        return WaitingPlaces(isAtRest: true, waiting: rows)
    }

    /// Those of a task whose waiting steps have been read already.
    init(_ head: TaskHead) {
        self.init(isAtRest: head.task.status == "waiting", waiting: head.waiting.compactMap(\.row))
    }

    private init(isAtRest: Bool, waiting: [StepRow]) {
        self.init(
            isAtRest: isAtRest, asking: waiting.filter { $0.blocker?.hasPrefix("request:") ?? false }.map(\.path))
    }

    /// The word for a step that has this one by itself.
    func state(_ state: DisplayState, at path: StepPath) -> DisplayState {
        guard isAtRest, state == .running else { return state }
        return asking.contains { path.contains($0) } ? .approvalRequired : .waiting
    }
}
