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
        let run = request.run ?? RunNumber(rawValue: 1)
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
