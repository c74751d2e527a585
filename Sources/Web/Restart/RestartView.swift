public import Core

/// The form by which a task that has ended is run again with changes.
public struct RestartView: Sendable {
    public var task: TaskLinkView
    public var plan: String
    public var summary: String?
    /// What to know of a task that nobody asked for: how it came to be, and what goes on by itself.
    public var notice: String?
    /// Why it cannot be restarted now.
    public var refusal: String?
    /// Which version of its plan is to run; nil when there is only one.
    public var version: FormFieldView?
    public var fields: [FormFieldView] = []
    public var files: [UploadView] = []
    public var options: [FormFieldView] = []
    public var limits: [FormFieldView] = []
    public var outputs: [RecordedOutputView] = []
    /// How many finished steps stand before those that are listed, and how many follow.
    public var outputsBefore = 0
    public var hiddenOutputs = 0
    public var preview: RestartPreviewView?
    public var state = FormStateView()
    /// What tells this form from all others.
    public var once = ""
    public var approvals: Int
    public var now: Timestamp

    public init(task: TaskLinkView, plan: String, approvals: Int = 0, now: Timestamp) {
        self.task = task
        self.plan = plan
        self.approvals = approvals
        self.now = now
    }

    var path: String { "/tasks/\(task.number.rawValue)/restart" }

    var allFields: [FormFieldView] {
        [version].compactMap(\.self) + fields + options + limits + outputs.compactMap(\.field)
    }
}

/// What a finished step has handed over, to be changed.
public struct RecordedOutputView: Sendable {
    public var step: StepPath
    public var kind: String
    /// Its beginning, in a line.
    public var preview: String?
    /// Where it is changed; nil until somebody wants to.
    public var field: FormFieldView?
    /// Why it cannot be changed here.
    public var refusal: String?

    public init(
        step: StepPath, kind: String, preview: String? = nil, field: FormFieldView? = nil, refusal: String? = nil
    ) {
        self.step = step
        self.kind = kind
        self.preview = preview
        self.field = field
        self.refusal = refusal
    }
}

/// What a restart would do.
public struct RestartPreviewView: Sendable {
    public var reused: [Reused] = []
    public var again: [Again] = []
    /// How many there are of both, also of what is not listed.
    public var reusedTotal = 0
    public var againTotal = 0
    public var savedMilliseconds: Int64 = 0
    public var savedNanoDollars: Int64 = 0
    /// What differs between the plan as it was and the one that would run.
    public var difference: String?
    public var droppedInputs: [String] = []
    /// Why it would be refused.
    public var problem: String?

    public init() {}

    /// A result that is taken over.
    public struct Reused: Sendable {
        public var step: StepPath
        public var kind: String
        public var milliseconds: Int64
        public var nanoDollars: Int64
        public var isEdited: Bool

        public init(step: StepPath, kind: String, milliseconds: Int64, nanoDollars: Int64, isEdited: Bool) {
            self.step = step
            self.kind = kind
            self.milliseconds = milliseconds
            self.nanoDollars = nanoDollars
            self.isEdited = isEdited
        }
    }

    /// A step that runs again.
    public struct Again: Sendable {
        public var step: StepPath
        public var kind: String
        public var reason: String

        public init(step: StepPath, kind: String, reason: String) {
            self.step = step
            self.kind = kind
            self.reason = reason
        }
    }
}
