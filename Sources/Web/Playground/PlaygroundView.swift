public import Core

/// The apps to choose from, or one of them to be filled in.
public struct PlaygroundView: Sendable {
    public var picker: PickerView?
    public var app: App?
    /// What is filled in, in the order of its parameters.
    public var fields: [Field] = []
    public var options: [FormFieldView] = []
    public var limits: [FormFieldView] = []
    public var state = FormStateView()
    /// What tells this form from all others.
    public var once = ""
    public var approvals: Int
    public var now: Timestamp

    public struct App: Sendable {
        public var name: String
        public var summary: String?
        public var plan: String
        public var publishedAt: Timestamp
        public var author: String?

        public init(name: String, summary: String?, plan: String, publishedAt: Timestamp, author: String?) {
            self.name = name
            self.summary = summary
            self.plan = plan
            self.publishedAt = publishedAt
            self.author = author
        }
    }

    /// One parameter.
    public enum Field: Sendable {
        case value(FormFieldView)
        /// - Parameter target: what the file is for, as `FieldName.file` takes it.
        case file(target: String, label: String, summary: String?, isRequired: Bool, files: [UploadView])
    }

    public init(approvals: Int = 0, now: Timestamp) {
        self.approvals = approvals
        self.now = now
    }
}
