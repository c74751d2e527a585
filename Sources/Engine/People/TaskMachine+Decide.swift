internal import Core
internal import Plans

extension TaskMachine {
    /// Records a decision that has been checked, and does what follows from it.
    mutating func decide(_ request: DecisionRequest, _ decision: Decision) {
        var decision = decision
        if request.kind == .budget, decision.verdict == .approve {
            decision.edits = decision.edits ?? request.proposal
        }
        let step = request.step
        emit(.decisionMade(step, ordinal: request.ordinal, decision))
        if request.kind == .budget, decision.verdict == .approve {
            raiseParent(TaskLimits(decision.edits), by: decision.decider)
        }
        let run = request.run ?? RunNumber(rawValue: 1)
        if let call = request.call, decision.verdict != .stop {
            answer(call, request, decision, run)
            return
        }
        switch (request.kind, decision.verdict) {
        case (.approval, .approve):
            emit(.stepCompleted(step, run, StepResult(output: request.answer(decision, isApproved: true))))
        case (.approval, .reject):
            emit(.stepCompleted(step, run, StepResult(output: request.answer(decision, isApproved: false))))
        case (.review, .approve):
            var result = request.result ?? StepResult(output: .null)
            result.output = decision.edits ?? result.output
            emit(.stepCompleted(step, run, result))
        case (.consent, .approve), (.review, .retry), (.question, .approve), (.question, .reject), (.budget, .approve),
            (.inDoubt, .retry):
            // A task step asks no executor, so it goes on through its own start.
            emit(.stepQueued(step))
        case (.inDoubt, .approve):
            let output = decision.edits?["output"] ?? .null
            emit(.stepCompleted(step, run, StepResult(output: output, trace: ["stated_by": .string(decision.decider)])))
        case (.consent, .reject), (.review, .reject):
            var failure = request.refusal(decision)
            failure.isTolerated = true
            emit(.stepFailed(step, run, failure, trace: nil))
        case (_, .stop), (.budget, _), (.inDoubt, _), (_, .retry):
            var failure = request.refusal(decision)
            failure.isStop = true
            emit(.stepFailed(step, run, failure, trace: nil))
        }
    }
}

extension TaskMachine {
    /// Lets an agent go on about whose tool call a person has decided.
    private mutating func answer(_ call: String, _ request: DecisionRequest, _ decision: Decision, _ run: RunNumber) {
        let isOfTool = agentRun(at: address(known: request.step)).open.contains {
            $0.request.id == call && $0.request.performer != .person
        }
        let result: ToolReturn? =
            switch (request.kind, decision.verdict) {
            // The tool itself is told, and goes on.
            case (.question, _) where isOfTool: nil
            case (.question, _): ToolReturn(text: decision.answer)
            case (.consent, .reject):
                ToolReturn(
                    text: "\(decision.decider) does not allow this call"
                        + (decision.feedback.map { ": \($0)" } ?? ". Find another way, or go on without it."),
                    isError: true)
            case (.inDoubt, .approve):
                ToolReturn(text: (decision.edits?["output"]).map { $0.stringValue ?? $0.text } ?? "It has happened.")
            default: nil
            }
        if let result { emit(.toolCompleted(request.step, run, call: call, result)) }
        emit(.stepQueued(request.step))
    }
}

extension DecisionRequest {
    /// What an approval step hands over.
    fileprivate func answer(_ decision: Decision, isApproved: Bool) -> JSON {
        var output: JSONObject = ["approved": .bool(isApproved)]
        if let proposal { output["proposal"] = decision.edits ?? proposal }
        output["values"] = decision.values ?? (form == nil ? nil : [:])
        output["feedback"] = decision.feedback.map(JSON.string) ?? .null
        output["by"] = .string(decision.decider)
        return .object(output)
    }

    fileprivate func refusal(_ decision: Decision) -> Failure {
        let said = decision.feedback.map { ": \($0)" } ?? "."
        switch kind {
        case .budget:
            return Failure(.budget, "\(decision.decider) did not raise the limit\(said)", step: step)
        case .inDoubt:
            return Failure(
                .crashed, "The server stopped while it ran, and \(decision.decider) decided that it failed\(said)",
                step: step)
        default:
            return Failure(.rejected, "\(decision.decider) said no\(said)", step: step)
        }
    }
}
