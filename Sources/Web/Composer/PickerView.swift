public import Core

/// Something to choose from by search: plans, tasks, apps.
public struct PickerView: Sendable {
    /// What is searched for.
    public var text: String
    /// Where the search leads; what stands behind `?` is sent with it.
    public var path: String
    public var parameters: [(name: String, value: String)]
    /// What is searched for, in words: `plans`.
    public var what: String
    public var picks: [Pick]
    /// How many fit.
    public var total: Int
    /// What is wrong with the search.
    public var problem: String?

    public struct Pick: Sendable {
        public var path: String
        public var name: String
        public var summary: String?
        /// Of a task.
        public var number: TaskNumber?
        public var state: DisplayState?
        public var created: Timestamp?

        public init(
            path: String, name: String, summary: String? = nil, number: TaskNumber? = nil, state: DisplayState? = nil,
            created: Timestamp? = nil
        ) {
            self.path = path
            self.name = name
            self.summary = summary
            self.number = number
            self.state = state
            self.created = created
        }
    }

    public init(
        text: String, path: String, parameters: [(name: String, value: String)] = [], what: String, picks: [Pick],
        total: Int
    ) {
        self.text = text
        self.path = path
        self.parameters = parameters
        self.what = what
        self.picks = picks
        self.total = total
    }
}
