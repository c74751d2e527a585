public import Core

/// The form that starts a task.
public struct ComposerView: Sendable {
    public var mode: ComposerMode
    /// What there is to choose from, before the plan or the task is known.
    public var picker: PickerView?
    /// What is to run, once that is known.
    public var subject: Subject?
    /// The fields that say what the task is to do.
    public var fields: [FormFieldView] = []
    public var files: [UploadView] = []
    /// Name, tags and model.
    public var options: [FormFieldView] = []
    public var limits: [FormFieldView] = []
    public var state = FormStateView()
    /// What was typed in another mode and has no field in this one, by the name of its field.
    public var carried: [String: String] = [:]
    /// The form that was left for the choice of a plan or a task; nil where nothing was typed yet.
    public var left: (mode: ComposerMode, plan: String?)?
    /// What tells this form from all others, also in another mode.
    public var once = ""
    /// What to know before it is started.
    public var notice: String?
    public var approvals: Int
    public var now: Timestamp

    /// The plan or the task that is taken.
    public struct Subject: Sendable {
        public var plan: String
        public var summary: String?
        /// The previous task.
        public var task: TaskLinkView?
        /// Which version of its plan is to run: shown as a choice when there is one.
        public var version: FormFieldView?

        public init(plan: String, summary: String? = nil, task: TaskLinkView? = nil, version: FormFieldView? = nil) {
            self.plan = plan
            self.summary = summary
            self.task = task
            self.version = version
        }
    }

    public init(mode: ComposerMode, approvals: Int = 0, now: Timestamp) {
        self.mode = mode
        self.approvals = approvals
        self.now = now
    }

    /// Where the form leads: the page that shows it, so that an error has the same address.
    var path: String {
        switch (mode, subject) {
        case (.plan, let subject?): "\(mode.path)&plan=\(subject.plan)"
        case (.from, let subject?): mode.path + (subject.task.map { "&from=\($0.number.rawValue)" } ?? "")
        default: mode.path
        }
    }
}
