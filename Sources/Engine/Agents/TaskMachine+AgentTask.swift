internal import Core
internal import Plans

/// Tasks that agents start with the tool `create_task`.
extension TaskMachine {
    mutating func startTask(
        for call: ToolRequest, at address: StepAddress, _ path: StepPath, _ run: RunNumber
    ) throws {
        let depth = (state.origin.parent?.depth ?? 0) + 1
        guard depth <= Limits.taskDepthMaximum, let plan = call.arguments["plan"]?.stringValue else {
            let reason =
                depth > Limits.taskDepthMaximum
                ? "Tasks may stand \(Limits.taskDepthMaximum) deep below one another." : "No plan is named."
            emit(.toolCompleted(path, run, call: call.id, ToolReturn(text: reason, isError: true)))
            emit(.stepQueued(path))
            advance()
            return
        }
        guard !isSpending(beside: address) else { return waitForBudget(path) }
        emit(.toolStarted(path, run, call))
        act(
            .spawn(
                ChildRequest(
                    step: path, run: run, call: call.id, plan: .saved(plan),
                    inputs: call.arguments["inputs"]?.objectValue ?? [:], limits: remainingLimits,
                    parentLimits: wholeLimits, depth: depth, deadline: deadline(of: definition(at: address)))))
    }

    /// The call of a run that a task carries out.
    func taskCall(at address: StepAddress) -> ToolRequest? {
        agentRun(at: address).open.first { $0.hasStarted && $0.request.performer == .task }?.request
    }

    /// Tells an agent what has become of its task, and lets it go on.
    mutating func answerTaskCall(_ result: ToolReturn, at address: StepAddress, _ path: StepPath, _ run: RunNumber) {
        guard let call = taskCall(at: address) else { return }
        emit(.toolCompleted(path, run, call: call.id, result))
        emit(.stepQueued(path))
    }
}

extension ChildEnded.Ending {
    /// What an agent is told that has started the task.
    func told(of child: TaskNumber) -> ToolReturn {
        switch self {
        case .completed(let outputs):
            let text: JSON = ["task": .int(child.rawValue), "status": "completed", "outputs": .object(outputs)]
            return ToolReturn(text: MarkedData.wrap(text.text, from: "task \(child)", callID: "task \(child)"))
        case .failed(let failure):
            // The sentence may quote what others said.
            let message = MarkedData.wrap(failure.message, from: "task \(child)", callID: "task \(child)")
            return ToolReturn(text: "Task \(child) failed (\(failure.cause.rawValue)).\n\(message)", isError: true)
        case .cancelled: return ToolReturn(text: "Task \(child) was cancelled.", isError: true)
        }
    }
}
