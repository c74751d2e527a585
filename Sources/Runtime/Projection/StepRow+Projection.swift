internal import Core
internal import Engine
internal import Plans
internal import Store

extension StepRow {
    /// What is shown of the step, iteration or path of a branch; nil when the machine does not have it at hand.
    init?(projecting machine: TaskMachine, path: StepPath) {
        if let step = machine.step(at: path), let definition = machine.executable.definition(at: path) {
            self.init(projecting: machine, step, definition, path: path)
        } else if let frame = machine.frame(at: path) {
            self.init(projecting: machine, frame, path: path)
        } else {
            return nil
        }
    }

    private init(
        projecting machine: TaskMachine, _ step: StepState, _ definition: StepDefinition, path: StepPath
    ) {
        let loop = machine.loopProgress(at: path)
        self.init(
            task: machine.state.origin.number, path: path, ordinal: machine.place(of: path) ?? 0,
            status: step.status.rawValue, waitingReason: step.wait?.reason.rawValue, waitingSince: step.wait?.since,
            runs: step.runs, started: step.started, ended: step.ended, failureCause: step.failure?.cause.rawValue,
            failureMessage: step.failure?.message, preview: step.preview, models: step.models,
            usage: step.spending.usage, kind: definition.kind.name,
            waitingUntil: step.wait.flatMap { $0.until ?? $0.deadline },
            sentence: step.wait?.sentence, blocker: step.wait?.blocker?.text(of: machine.state.origin.number),
            isReused: step.isReused, cost: step.spending.cost, unpricedCalls: step.spending.unpricedCalls,
            childTask: step.child, iterationsTotal: loop?.total,
            iterationsFinished: loop.map { $0.completed + $0.failed },
            iterationsFailed: loop?.failed, modelCalls: step.spending.modelCalls, toolCalls: step.spending.toolCalls,
            idleMilliseconds: step.idle.milliseconds)
    }

    private init(projecting machine: TaskMachine, _ frame: Frame, path: StepPath) {
        self.init(
            task: machine.state.origin.number, path: path, ordinal: frame.iteration?.index ?? 0,
            status: frame.status.rawValue, waitingReason: nil, waitingSince: nil, runs: 1, started: frame.started,
            ended: frame.ended, failureCause: frame.failure?.cause.rawValue, failureMessage: frame.failure?.message,
            preview: frame.preview, models: [], usage: frame.spending.usage,
            kind: frame.iteration == nil ? "path" : "iteration", isReused: frame.isReused, cost: frame.spending.cost,
            unpricedCalls: frame.spending.unpricedCalls, modelCalls: frame.spending.modelCalls,
            toolCalls: frame.spending.toolCalls, idleMilliseconds: frame.idle.milliseconds)
    }
}

extension Wait.Blocker {
    /// The form of rows: `task:15`, `request:7-1`, `signal:paid/42`.
    fileprivate func text(of task: TaskNumber) -> String {
        switch self {
        case .request(let ordinal): "request:\(DecisionRow.id(task: task, ordinal: ordinal))"
        case .task(let number): "task:\(number.rawValue)"
        case .signal(let name, let key): key.isEmpty ? "signal:\(name)" : "signal:\(name)/\(key)"
        }
    }
}
