public import Core

/// The event that a step waits for has come.
public struct DeliverSignal: TaskCommand {
    public let step: StepPath
    /// What came with it.
    public let payload: JSON
    public let arrived: Timestamp

    public init(_ step: StepPath, payload: JSON, arrived: Timestamp) {
        self.step = step
        self.payload = payload
        self.arrived = arrived
    }

    public func apply(to machine: inout TaskMachine) throws {
        guard let address = machine.address(step),
            case .signal(let name, let key) = machine.state[address].wait?.blocker
        else { throw SignalboxError(.conflict, "Step \"\(step)\" does not wait for a signal.") }
        let trace: JSON = [
            "signal": .string(name), "key": .string(key), "arrived": .string(arrived.rfc3339),
        ]
        machine.emit(
            .stepCompleted(step, RunNumber(rawValue: 1), StepResult(output: payload, trace: trace)))
        machine.advance()
    }
}
