public import Core
public import Engine
public import Plans

/// What a person is asked, and what was decided about it.
public struct RequestView: Sendable {
    /// `7-1`.
    public var id: String
    public var task: TaskNumber
    /// The name of the task, where it is not the page's own.
    public var taskName: String?
    public var step: StepPath
    public var kind: DecisionRequest.Kind
    public var title: String
    /// What is proposed: nil for a question.
    public var proposal: JSON?
    /// Of a budget: how its limits came to be in the way.
    public var reckoning: [LimitReckoning]
    /// What is filled in.
    public var fields: [FormFieldView]
    /// Where the proposal can be changed; nil when it cannot.
    public var edit: FormFieldView?
    /// Where a word for whoever asked can be left.
    public var feedback: FormFieldView?
    public var deciders: [String]
    public var requestedAt: Timestamp
    public var expiresAt: Timestamp?
    public var onExpiry: RequestPolicy.Expiry
    /// How often the output may still be sent back.
    public var sendBacksLeft: Int
    /// Nil while it is open.
    public var outcome: Outcome?
    /// Whether an agent has written what is proposed, and so means Markdown.
    public var isAgentText = false
    /// Of a step in doubt: what was cut off.
    public var interrupted: InterruptedView?
    /// What was asked before it and refused; nil when it is the first of its kind.
    public var before: Before?

    /// A request for the same that was refused.
    public struct Before: Sendable {
        public var proposal: JSON?
        public var verdict: Verdict
        public var decider: String
        public var feedback: String?
        public var at: Timestamp?

        public init(proposal: JSON?, verdict: Verdict, decider: String, feedback: String? = nil, at: Timestamp? = nil) {
            self.proposal = proposal
            self.verdict = verdict
            self.decider = decider
            self.feedback = feedback
            self.at = at
        }
    }

    /// What became of it.
    public struct Outcome: Sendable {
        /// Nil when it was withdrawn: its step ended without it.
        public var decision: Decision?
        public var at: Timestamp?
        public var isExpired: Bool
        /// What was made of what was proposed, and what was filled in: `arguments/number: 3 → 1`.
        public var changes: [String]

        public init(decision: Decision?, at: Timestamp?, isExpired: Bool = false, changes: [String] = []) {
            self.decision = decision
            self.at = at
            self.isExpired = isExpired
            self.changes = changes
        }
    }

    public init(
        id: String, task: TaskNumber, taskName: String? = nil, step: StepPath, kind: DecisionRequest.Kind,
        title: String, proposal: JSON? = nil, reckoning: [LimitReckoning] = [], fields: [FormFieldView] = [],
        edit: FormFieldView? = nil, feedback: FormFieldView? = nil, deciders: [String] = [],
        requestedAt: Timestamp, expiresAt: Timestamp? = nil, onExpiry: RequestPolicy.Expiry = .wait,
        sendBacksLeft: Int = 0, outcome: Outcome? = nil
    ) {
        self.id = id
        self.task = task
        self.taskName = taskName
        self.step = step
        self.kind = kind
        self.title = title
        self.proposal = proposal
        self.reckoning = reckoning
        self.fields = fields
        self.edit = edit
        self.feedback = feedback
        self.deciders = deciders
        self.requestedAt = requestedAt
        self.expiresAt = expiresAt
        self.onExpiry = onExpiry
        self.sendBacksLeft = sendBacksLeft
        self.outcome = outcome
    }

    /// The state that its lamp shows while it is open.
    var state: DisplayState { kind == .question ? .paused : .approvalRequired }

    /// The page that shows all of what is asked and proposed, however long.
    var wholePath: String { "/approvals/\(id)/proposal" }

    /// What is proposed, for a person to decide by.
    var proposalView: PayloadView? {
        // Of a step in doubt it is only the form of the answer.
        guard let proposal, kind != .inDoubt else { return nil }
        guard let text = proposal.stringValue else { return PayloadView.json(proposal).forDecision(path: wholePath) }
        let isMarkdown = isAgentText ? Markdown.hasMarks(text) : Markdown.isLikely(text)
        let view = isMarkdown ? PayloadView.markdown(text) : PayloadView.text(text)
        return view.forDecision(path: wholePath)
    }
}

/// One thing to fill in.
public struct FormFieldView: Sendable {
    /// What it is called in what the browser sends.
    public var name: String
    public var label: String
    public var summary: String?
    public var isRequired: Bool
    public var control: Control
    /// What stands in it at first.
    public var initial: String
    /// What it must be, in words: `a whole number from 1 to 10`.
    public var rule: String?

    /// Whether the label says that it may be left empty, which goes without saying in a form where most may.
    public var saysOptional = true

    /// How it is drawn.
    public enum Control: Sendable, Hashable {
        case text, number, wholeNumber, date, longText, json, checkbox
        /// A text for which some are offered; what stands for nothing is shown in its place.
        case suggested([String], placeholder: String)
        /// One of these values, each with its label.
        case choice([Choice])
    }

    /// A value to choose.
    public struct Choice: Sendable, Hashable {
        public var text: String
        public var label: String

        public init(text: String, label: String) {
            self.text = text
            self.label = label
        }
    }

    public init(
        name: String, label: String, summary: String? = nil, isRequired: Bool = false, control: Control,
        initial: String = "", rule: String? = nil
    ) {
        self.name = name
        self.label = label
        self.summary = summary
        self.isRequired = isRequired
        self.control = control
        self.initial = initial
        self.rule = rule
    }
}

/// What a person has typed, and what is wrong with it.
public struct FormStateView: Sendable {
    /// By the name of the field; nil before anything was sent.
    public var typed: [String: String]?
    /// By the name of the field.
    public var errors: [String: String]
    /// The field that gets the focus: the first that is wrong, as they stand on the page.
    public var focus: String?
    /// What concerns no single field.
    public var message: String?

    public init(typed: [String: String]? = nil, errors: [String: String] = [:], message: String? = nil) {
        self.typed = typed
        self.errors = errors
        self.message = message
    }
}
