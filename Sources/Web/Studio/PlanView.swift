public import Core

/// What the page of one plan shows.
public struct PlanView: Sendable {
    public var name: String
    public var summary: String?
    public var states: [LibraryState]
    /// The version that was saved last.
    public var latest: ContentHash
    public var published: ContentHash?
    /// The version that the page shows.
    public var shown: Version
    public var outline: PlanOutlineView
    /// The steps as a graph; nil where it cannot be drawn.
    public var flowchart: HTML?
    public var inputs: [Input]
    public var agents: [Agent]
    public var outputs: [String]
    /// The files that the version brings along, and how large they are.
    public var files: [(path: String, bytes: Int)]
    public var versions: [Version]
    public var versionTotal: Int
    /// Of the list of versions, from 1.
    public var page: Int
    public var apps: [App]
    public var taskCount: Int
    /// What is wrong with it by what this program knows; nil for nothing.
    public var problem: String?
    public var approvals: Int
    public var now: Timestamp

    /// How many versions a page has.
    static let pageSize = 20

    public struct Version: Sendable {
        public var hash: ContentHash
        public var savedAt: Timestamp
        public var author: String?
        public var note: String?
        /// The earlier times that it was saved, the last of them first.
        public var earlier: [Saving] = []
    }

    /// One time that a version was saved.
    public struct Saving: Sendable {
        public var savedAt: Timestamp
        public var author: String?
        public var note: String?
    }

    public struct Input: Sendable {
        public var name: String
        public var type: String
        public var summary: String?
        public var isRequired: Bool
        public var defaultText: String?
    }

    public struct Agent: Sendable {
        public var name: String
        public var model: String?
        /// The agent of the library that it is.
        public var library: String?
    }

    public struct App: Sendable {
        public var name: String
        public var summary: String?
        public var hash: ContentHash
        public var parameterCount: Int
        public var isArchived: Bool
    }

    var isArchived: Bool { states.contains(.archived) }
    var isShownLatest: Bool { shown.hash == latest }
    var pageCount: Int { max(1, (versionTotal + Self.pageSize - 1) / Self.pageSize) }
}

/// The steps of a plan as a list.
public struct PlanOutlineView: Sendable {
    public var steps: [Step]

    public struct Step: Sendable {
        /// With the names of loops and branches that it stands in.
        public var path: StepPath
        public var name: String
        public var kind: String
        public var summary: String?
        public var line: Int?
        /// The steps inside, by path; a loop has one without a name.
        public var blocks: [(name: String, steps: [Step])]
    }
}
