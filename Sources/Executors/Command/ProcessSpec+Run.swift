internal import Core
internal import Engine
internal import Processes

extension ProcessSpec {
    /// Puts into its environment whose program it is: for the program itself, and for those who look for what is left of
    /// the run.
    /// - Parameter call: the tool call that runs it; programs of several can be at work in one run.
    mutating func mark(as work: StepWork, call: String? = nil, idempotencyKey: String) {
        var own = [
            (name: "SIGNALBOX_TASK", value: String(work.task.rawValue)),
            (name: "SIGNALBOX_STEP", value: work.step.rawValue), (name: "SIGNALBOX_RUN", value: work.run.description),
            (name: LeftoverProcesses.directoryVariable, value: directory),
        ]
        if let call { own.append((name: "SIGNALBOX_CALL", value: call)) }
        environment += own + [("SIGNALBOX_IDEMPOTENCY_KEY", idempotencyKey)]
        marks = own.map { "\($0.name)=\($0.value)" }
    }

    /// Has it run in the sandbox, where there is one.
    mutating func confine(by sandbox: Sandbox, hasNetwork: Bool) {
        guard case .bubblewrap(var bubblewrap) = sandbox.state else { return }
        bubblewrap.hasNetwork = hasNetwork
        self.bubblewrap = bubblewrap
    }
}
