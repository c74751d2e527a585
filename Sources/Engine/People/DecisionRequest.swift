public import Core
public import Plans

/// Something that only a person can decide: one mechanism for all kinds.
public struct DecisionRequest: Sendable {
    /// Counts the requests of the task from 1.
    public var ordinal: Int
    public var kind: Kind
    public var step: StepPath
    /// The run that waits for it; nil when none has begun.
    public var run: RunNumber?
    /// The tool call of an agent that it is about; nil for the step itself.
    public var call: String?
    /// The question, in a line.
    public var title: String
    /// What it is about, where the proposal does not say it: the tool call of which nobody knows whether it has happened.
    public var subject: JSON?
    /// What is proposed, in full: the value to approve, the call to agree to, the output to accept.
    public var proposal: JSON?
    /// What the person fills in, as a JSON Schema of an object; nil for nothing.
    public var form: JSON?
    /// Names of those who may decide; empty for everybody.
    public var deciders: [String]
    public var requestedAt: Timestamp
    /// When it expires; nil for never.
    public var expiresAt: Timestamp?
    public var onExpiry: RequestPolicy.Expiry
    /// Of a review: what the step will hand over when it is accepted.
    public var result: StepResult?
    /// When the step fails because it has waited too long; nil for never.
    public var deadline: Timestamp?
    /// The call of a model that was cut off, where it is asked whether the step has happened.
    public var lostCall: LostCall?

    public enum Kind: String, Sendable, CaseIterable {
        /// The plan asks.
        case approval
        /// A step is about to act.
        case consent
        /// A step has an output that is to be accepted.
        case review
        /// An agent asks.
        case question
        /// A limit on tokens, cost or calls is reached.
        case budget
        /// A crash interrupted a step that may not be repeated.
        case inDoubt = "in_doubt"

        /// What the step waits for meanwhile.
        public var waitingReason: WaitingReason {
            switch self {
            case .approval, .consent: .approval
            case .review: .review
            case .question: .question
            case .budget: .budget
            case .inDoubt: .inDoubt
            }
        }

        /// What can be decided.
        public var verdicts: [Verdict] {
            switch self {
            case .approval, .consent: [.approve, .reject, .stop]
            case .review: [.approve, .reject, .retry, .stop]
            case .question: [.approve, .reject, .stop]
            case .budget: [.approve, .stop]
            case .inDoubt: [.approve, .retry, .stop]
            }
        }
    }
}

/// What a person decides.
public enum Verdict: String, Sendable, CaseIterable {
    /// Yes: as proposed, with changes, with the answer, with the new limit, with this output.
    case approve
    /// No, but the task goes on, and whoever asked is told why.
    case reject
    /// Do it again: with feedback, or because it has not happened.
    case retry
    /// No, and the task ends here.
    case stop
}

/// A verdict with all that belongs to it.
public struct Decision: Sendable, Hashable {
    public var verdict: Verdict
    /// What takes the place of the proposal: the changed call or output, the answer, the new limits.
    public var edits: JSON?
    /// The filled-in form.
    public var values: JSON?
    /// Why, for whoever asked.
    public var feedback: String?
    /// The name of who decided.
    public var decider: String

    public init(
        _ verdict: Verdict, edits: JSON? = nil, values: JSON? = nil, feedback: String? = nil, by decider: String
    ) {
        self.verdict = verdict
        self.edits = edits
        self.values = values
        self.feedback = feedback
        self.decider = decider
    }

    /// The name under which an expired request decides itself.
    public static let expiryDecider = "expiry"
}

extension DecisionRequest {
    /// The decision in the form in which it is checked and kept: a plain answer fills in the form that asks for nothing else,
    /// and the arguments of a tool call alone stand for the call with them.
    func filled(_ decision: Decision) -> Decision {
        if isToolCall, let edits = decision.edits?.objectValue {
            var filled = decision
            filled.edits = .object(changedCall(edits))
            return filled
        }
        guard kind == .question, decision.values == nil, case .string? = decision.edits,
            form?["properties"]?.objectValue?.names == ["answer"]
        else { return decision }
        var filled = decision
        filled.values = ["answer": decision.edits ?? .null]
        filled.edits = nil
        return filled
    }
}

extension DecisionRequest {
    /// Whether the call of a tool is proposed, by an agent or by a step.
    var isToolCall: Bool {
        kind == .consent && proposal?["tool"]?.stringValue != nil && proposal?["arguments"]?.objectValue != nil
    }

    /// The proposed tool call with what a person gives in its place: the whole call, or its arguments alone.
    private func changedCall(_ edits: JSONObject) -> JSONObject {
        guard var call = proposal?.objectValue else { return edits }
        let arguments = call["arguments"]?.objectValue ?? [:]
        // A tool may itself have arguments that are called so; then only the whole call, by its own tool, is one.
        let isAmbiguous = arguments["tool"] != nil && arguments["arguments"] != nil
        let isCall =
            edits["tool"] != nil && edits["arguments"]?.objectValue != nil
            && (!isAmbiguous || edits["tool"] == call["tool"])
        guard isCall else {
            call["arguments"] = .object(edits)
            return call
        }
        // What the model said of the call need not be said again.
        for member in edits { call[member.name] = member.value }
        return call
    }
}

/// What became of a request, kept so that whoever comes second is told who was first.
public struct DecisionRecord: Sendable, Hashable {
    public var request: StepPath
    public var kind: DecisionRequest.Kind
    public var verdict: Verdict
    public var decider: String
    public var decidedAt: Timestamp
}
