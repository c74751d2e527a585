public import Core

/// A tool call of an agent has come to its end.
public struct FinishTool: TaskCommand {
    public let step: StepPath
    public let run: RunNumber
    public let call: String
    public let result: ToolReturn

    public init(_ step: StepPath, _ run: RunNumber, call: String, _ result: ToolReturn) {
        self.step = step
        self.run = run
        self.call = call
        self.result = result
    }

    public func apply(to machine: inout TaskMachine) throws {
        let address = try machine.addressOfRun(step, run)
        // A second answer: the first truth stands.
        guard let open = machine.agentRun(at: address).open.first(where: { $0.request.id == call && $0.hasStarted })
        else { return }
        machine.emit(.toolCompleted(step, run, call: call, result.behind(answers: open.request.answers)))
        machine.goOn(with: address, step, run)
    }
}

extension ToolReturn {
    /// The same with the words of the persons who did not want to answer what the tool had asked: the tool is told that
    /// they declined, and only the model can make something of why.
    fileprivate func behind(answers: JSON?) -> ToolReturn {
        guard let declined = answers?["declined"]?.arrayValue, let parts = parts.arrayValue else { return self }
        var told = self
        told.parts = .array(
            parts
                + declined.map { refusal in
                    let decider = refusal["by"]?.stringValue ?? "A person"
                    let feedback = refusal["feedback"]?.stringValue ?? ""
                    return ["text": .string("\n\(decider) did not want to answer what it asked: \(feedback)")]
                })
        return told
    }
}
