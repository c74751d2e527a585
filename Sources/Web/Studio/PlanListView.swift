public import Core

/// What the list of plans shows.
public struct PlanListView: Sendable {
    /// The plans that fit, by name.
    public var rows: [Row]
    /// How many there are in each state whatever is searched for; archived ones count in no other.
    public var counts: [LibraryState: Int]
    /// How many there are that are not archived.
    public var total: Int
    public var search: String
    /// Nil for all that are not archived.
    public var state: LibraryState?
    public var page: Int
    public var approvals: Int
    public var now: Timestamp

    /// How many rows a page has.
    static let pageSize = 50

    /// One plan in its latest version.
    public struct Row: Sendable {
        public var name: String
        public var summary: String?
        public var states: [LibraryState]
        public var version: ContentHash
        /// Whether a version is published, and it is another one than the latest.
        public var isAhead: Bool
        public var savedAt: Timestamp
        public var author: String?
        public var note: String?
        public var taskCount: Int
        public var isArchived: Bool { states.contains(.archived) }
    }

    var pageCount: Int { max(1, (rows.count + Self.pageSize - 1) / Self.pageSize) }

    /// The rows of the page that is shown.
    var shown: ArraySlice<Row> { rows.dropFirst((page - 1) * Self.pageSize).prefix(Self.pageSize) }
}
