public import Core

/// What holds for all saved versions of a plan: which of them its name stands for.
public struct SavedPlanRow: Sendable, Hashable {
    public var name: String
    /// The version that was saved last.
    public var latest: ContentHash
    /// The version that runs whatever is saved later; nil to run the latest.
    public var published: ContentHash?
    /// Since when lists leave it out and nobody runs it by its name; nil while they do.
    public var archivedAt: Timestamp?

    public init(
        name: String, latest: ContentHash, published: ContentHash? = nil, archivedAt: Timestamp? = nil
    ) {
        self.name = name
        self.latest = latest
        self.published = published
        self.archivedAt = archivedAt
    }

    /// The version that runs.
    public var current: ContentHash { published ?? latest }

    /// A word for what holds beside the content: another one once another version is published, or none any more, and once
    /// the plan is archived or brought back.
    public var standing: String {
        let archived = archivedAt.map { "\($0.millisecondsSinceEpoch)" } ?? ""
        return ContentHash(of: Array("\(published?.rawValue ?? "") \(archived)".utf8)).short
    }
}

/// A saved version of a plan without its document.
public struct PlanVersionRow: Sendable, Hashable {
    public var hash: ContentHash
    public var name: String
    public var summary: String?
    /// What messages call the document.
    public var path: String
    public var savedAt: Timestamp
    public var author: String?
    public var note: String?

    public init(
        hash: ContentHash, name: String, summary: String?, path: String, savedAt: Timestamp, author: String?,
        note: String?
    ) {
        self.hash = hash
        self.name = name
        self.summary = summary
        self.path = path
        self.savedAt = savedAt
        self.author = author
        self.note = note
    }

    public init(_ plan: PlanRow) {
        self.init(
            hash: plan.hash, name: plan.name, summary: plan.summary, path: plan.path, savedAt: plan.savedAt,
            author: plan.author, note: plan.note)
    }
}

/// A saved plan as lists show it.
public struct SavedPlan: Sendable, Hashable {
    public var plan: SavedPlanRow
    public var latest: PlanVersionRow

    public init(plan: SavedPlanRow, latest: PlanVersionRow) {
        self.plan = plan
        self.latest = latest
    }
}

/// A part of the versions of a plan, the one saved last first.
public struct PlanVersionListing: Sendable, Hashable {
    public var versions: [PlanVersionRow]
    /// How many there are in all.
    public var total: Int

    public init(versions: [PlanVersionRow], total: Int) {
        self.versions = versions
        self.total = total
    }
}
