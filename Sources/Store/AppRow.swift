public import Core

/// A version of a plan that was published with a description and parameters, for people who do not know plans.
public struct AppRow: Sendable, Hashable {
    public var name: String
    /// A hash over all that was published, which is another one after each change.
    public var hash: ContentHash
    public var summary: String?
    public var planName: String
    public var planHash: ContentHash
    /// JSON text.
    public var parameters: String
    public var publishedAt: Timestamp
    public var author: String?
    /// Since when lists leave it out and nobody runs it; nil while they do.
    public var archivedAt: Timestamp?

    public init(
        name: String, hash: ContentHash, summary: String?, planName: String, planHash: ContentHash, parameters: String,
        publishedAt: Timestamp, author: String?, archivedAt: Timestamp? = nil
    ) {
        self.name = name
        self.hash = hash
        self.summary = summary
        self.planName = planName
        self.planHash = planHash
        self.parameters = parameters
        self.publishedAt = publishedAt
        self.author = author
        self.archivedAt = archivedAt
    }

    /// A word for what holds beside the content: another one once the app is archived or brought back.
    public var standing: String { archivedAt.map { "\($0.millisecondsSinceEpoch)" } ?? "active" }
}
