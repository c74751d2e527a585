internal import Engine
internal import Plans

/// The words in which people are asked and answer, by the kind of request.
extension DecisionRequest.Kind {
    /// What is wanted of the person.
    var word: String {
        switch self {
        case .approval: "Approval"
        case .consent: "Consent"
        case .review: "Review"
        case .question: "Question"
        case .budget: "Budget"
        case .inDoubt: "In doubt"
        }
    }

    /// What stands above that which is proposed.
    var proposalName: String {
        switch self {
        case .approval: "What is proposed"
        case .consent: "What it is about to do"
        case .review: "What it put out"
        case .question, .inDoubt: "What is known"
        case .budget: "What it asks for"
        }
    }

    /// The word on the button.
    func button(_ verdict: Verdict) -> String {
        switch (self, verdict) {
        case (.approval, .approve), (.consent, .approve), (.review, .approve): "Approve"
        case (.question, .approve): "Answer"
        case (.budget, .approve): "Raise the limit"
        case (.inDoubt, .approve): "It is done, with this output"
        case (.inDoubt, .retry): "Run it again"
        case (.inDoubt, .stop): "It failed"
        case (.question, .reject): "Go on without an answer"
        case (_, .retry): "Send back"
        case (_, .reject): "Reject"
        case (_, .stop): "Stop the task"
        }
    }

    /// What follows from it.
    func consequence(_ verdict: Verdict) -> String {
        switch (self, verdict) {
        case (.approval, .approve): "The task goes on."
        case (.approval, .reject): "The task goes on and is told that you said no, and why."
        case (.consent, .approve): "The step does this, once."
        case (.consent, .reject): "It is not done, and the task goes on; an agent is told so, and why."
        case (.review, .approve): "Later steps get this output."
        case (.review, .reject): "The output is thrown away; the task goes on without it."
        case (.review, .retry): "The step runs again and is told why."
        case (.question, .approve): "The agent goes on with your answer."
        case (.question, .reject): "The agent is told that there is no answer."
        case (.budget, .approve): "The task goes on where it stopped."
        case (.inDoubt, .approve): "The step is not run again."
        case (.inDoubt, .retry): "Only if it has not happened: it happens a second time otherwise."
        case (.inDoubt, .stop): "The task ends here as failed."
        default: "The task ends here as failed; it can be retried."
        }
    }

    /// What is said when it is done.
    func done(_ verdict: Verdict) -> String {
        switch (self, verdict) {
        case (.question, .approve): "Answered"
        case (.budget, .approve): "Limit raised"
        case (.inDoubt, .approve): "Noted as done"
        case (.inDoubt, .retry): "It runs again"
        case (.inDoubt, .stop): "Noted as failed"
        case (_, .approve): "Approved"
        case (_, .reject): "Rejected"
        case (_, .retry): "Sent back"
        case (_, .stop): "Task stopped"
        }
    }
}

extension RequestView {
    /// The word on the button. A tool that has nothing filled in wants a yes or no.
    func button(_ verdict: Verdict) -> String {
        let wantsAgreement = kind == .question && !fields.contains { $0.name != FormFieldView.Name.by }
        return switch verdict {
        case .approve where wantsAgreement: "Yes"
        case .reject where wantsAgreement: "No"
        default: kind.button(verdict)
        }
    }
}

extension RequestPolicy.Expiry {
    /// What happens then, behind a comma.
    var words: String {
        switch self {
        case .wait: "then it goes on waiting"
        case .reject: "then it counts as rejected"
        case .approve: "then it counts as approved"
        }
    }
}
