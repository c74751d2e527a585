internal import Core
internal import Engine
internal import Store

/// A machine with what must be remembered of its events to tell the rows that follow from them. The journal's writer
/// tells the rows of a task through it, and so does a rebuild: both come to the same.
///
/// A class, so that a machine is never copied; it belongs to whoever made it.
final class TaskProjector {
    var machine: TaskMachine
    /// The event of each open request.
    private var requestPositions: [Int: Position] = [:]
    /// The event of each decision.
    private var decisionPositions: [Int: Position] = [:]
    /// The event of each step that waits for a signal.
    private var signalPositions: [StepPath: Position] = [:]
    /// The newest event.
    private(set) var position: Position
    /// The times of the machine as its clock has gone.
    var clock: TaskClock
    /// The name that searches were told last.
    private var toldName: String?

    /// - Parameter position: the event of the task's creation.
    /// - Parameter lead: `TimeSource.lead` now.
    init(_ machine: TaskMachine, position: Position, lead: Int64 = 0) {
        self.machine = machine
        self.position = position
        clock = TaskClock(lead: lead)
    }

    /// Remembers where the event stands.
    func note(_ event: Event, at position: Position) {
        self.position = position
        switch event.body {
        case .decisionRequested(let request): requestPositions[request.ordinal] = position
        case .decisionMade(_, let ordinal, _): decisionPositions[ordinal] = position
        case .stepWaiting(let step, _, let wait):
            if case .signal = wait.blocker { signalPositions[step] = position }
        default: break
        }
    }

    var taskRow: TaskRow { TaskRow(projecting: machine, position: position) }

    /// What searches look through; nil when they were told already.
    func newText() -> TaskText? {
        guard toldName != machine.state.origin.name else { return nil }
        toldName = machine.state.origin.name
        return TaskText(projecting: machine)
    }

    /// The rows of the requests that were opened or settled by the events since the machine was last asked to handle or
    /// fold something.
    func decisionRows() -> [DecisionRow] {
        let task = machine.state.origin.number
        let settled = machine.settledRequests
        guard !settled.isEmpty || !machine.state.requests.isEmpty else { return [] }
        var rows = machine.state.requests.values.sorted { $0.ordinal < $1.ordinal }.map {
            DecisionRow($0, of: task, requestedAt: requestPositions[$0.ordinal] ?? .zero)
        }
        for (request, record) in settled {
            rows.append(
                DecisionRow(
                    request, settled: record, of: task, requestedAt: requestPositions[request.ordinal] ?? .zero,
                    decidedAt: decisionPositions[request.ordinal] ?? .zero))
        }
        return rows
    }

    /// The step's wait for a signal; nil when it does not wait for one.
    func signalWait(of step: StepPath) -> SignalWaitRow? {
        guard case .signal(let name, let key) = machine.step(at: step)?.wait?.blocker else { return nil }
        return SignalWaitRow(
            name: name, key: key, task: machine.state.origin.number, step: step,
            since: signalPositions[step] ?? .zero)
    }

    /// All waits for signals.
    var signalWaits: [SignalWaitRow] { machine.waitingSteps.compactMap { signalWait(of: $0.path) } }
}
