public import Core

/// What the list of agents shows.
public struct AgentListView: Sendable {
    public var rows: [Row]
    /// How many are not archived, and how many are.
    public var total: Int
    public var archived: Int
    public var search: String
    public var isArchived: Bool
    public var page: Int
    public var approvals: Int
    public var now: Timestamp

    /// How many rows a page has.
    static let pageSize = 50

    public struct Row: Sendable {
        public var name: String
        public var summary: String?
        public var model: String?
        public var version: ContentHash
        public var savedAt: Timestamp
        /// The plans that take it from the library, as far as they were looked through.
        public var plans: [String]
    }

    var pageCount: Int { max(1, (rows.count + Self.pageSize - 1) / Self.pageSize) }
    var shown: ArraySlice<Row> { rows.dropFirst((page - 1) * Self.pageSize).prefix(Self.pageSize) }
}

/// What the page of one agent shows.
public struct AgentView: Sendable {
    public var name: String
    public var summary: String?
    public var isArchived: Bool
    public var latest: ContentHash
    public var shown: PlanView.Version
    public var text: String
    public var model: String?
    public var thinking: String?
    public var tools: [String]
    public var files: [(path: String, bytes: Int)]
    /// Those of the page that is shown.
    public var versions: [PlanView.Version]
    public var versionTotal: Int
    public var page: Int
    public var plans: [String]
    public var memory: [Memory]
    /// What is wrong with it by what this program knows.
    public var problem: String?
    public var approvals: Int
    public var now: Timestamp

    /// Something that it keeps for later tasks.
    public struct Memory: Sendable {
        public var name: String
        public var text: String
        public var savedAt: Timestamp
        public var task: TaskNumber
    }

    static let pageSize = PlanView.pageSize
    var pageCount: Int { max(1, (versionTotal + Self.pageSize - 1) / Self.pageSize) }
    var isShownLatest: Bool { shown.hash == latest }
}
