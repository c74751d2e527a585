internal import API
public import Core

/// The part of a task's page with its steps, what it was given and what came out.
public struct StepsPartView: Sendable {
    public var input: InputView
    /// In the plan's order.
    public var steps: [StepView]
    public var outputs: [OutputView]
    /// Whether there may be a result when the task completes.
    public var isResultAwaited = false
    /// Whether the plan hands something out and the task has ended without it.
    public var isResultMissing = false
    /// Whether the task has completed.
    public var isCompleted = false
    /// Files kept as outputs.
    public var files: [FileView]
    /// What people were asked and have decided, oldest first.
    public var settled: [RequestView]
    /// What the address says beside the part, so that the stream shows the same: `step=each%2F3&run=2`.
    public var query: String
    /// What happened, in words.
    public var story = StoryView([])

    public init(
        input: InputView, steps: [StepView], outputs: [OutputView] = [], files: [FileView] = [],
        settled: [RequestView] = [], query: String = ""
    ) {
        self.input = input
        self.steps = steps
        self.outputs = outputs
        self.files = files
        self.settled = settled
        self.query = query
    }
}

/// Exactly what was given.
public struct InputView: Sendable {
    /// The text of a bare prompt.
    public var prompt: String?
    public var values: JSONObject
    public var files: [FileView]
    /// The task whose inputs can be loaded whole; nil where they cannot.
    public var task: TaskNumber?

    public init(
        prompt: String? = nil, values: JSONObject = [:], files: [FileView] = [], task: TaskNumber? = nil
    ) {
        self.prompt = prompt
        self.values = values
        self.files = files
        self.task = task
    }

    /// Where a value can be loaded whole.
    func path(of name: String) -> String? {
        task.map { "/tasks/\($0.rawValue)/inputs/\(Attachment.percentEncoded(name))" }
    }
}
