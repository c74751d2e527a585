public import Core

/// What the command palette offers for what was typed.
public struct PaletteView: Sendable {
    /// What was typed, without spaces around it.
    public var query: String
    /// The number that was typed, if it is one.
    public var number: TaskNumber?
    /// The task of that number; nil when there is none.
    public var numbered: TaskRowView?
    /// The tasks that fit, or the newest.
    public var tasks: [TaskRowView]
    /// How many tasks fit in all.
    public var total: Int
    /// False when more fit than `total`.
    public var isTotalExact: Bool
    /// Pages and lists that fit.
    public var places: [Place]
    /// How many requests wait for a person.
    public var approvals: Int

    /// Somewhere to go.
    public struct Place: Sendable, Hashable {
        public var word: String
        public var path: String
        /// Behind the word: what it is, or how it is reached by keys.
        public var note: String?

        public init(word: String, path: String, note: String? = nil) {
            self.word = word
            self.path = path
            self.note = note
        }
    }

    public init(
        query: String, number: TaskNumber? = nil, numbered: TaskRowView? = nil, tasks: [TaskRowView], total: Int,
        isTotalExact: Bool = true, places: [Place], approvals: Int = 0
    ) {
        self.query = query
        self.number = number
        self.numbered = numbered
        self.tasks = tasks
        self.total = total
        self.isTotalExact = isTotalExact
        self.places = places
        self.approvals = approvals
    }

    /// Whether there is nothing to choose.
    var isEmpty: Bool { numbered == nil && tasks.isEmpty && places.isEmpty }
}
