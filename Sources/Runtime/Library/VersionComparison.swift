internal import Core
public import Plans
public import Store

/// What the library keeps versions of.
public protocol LibraryVersion: Sendable {
    /// Its document with the files beside it.
    var source: PlanSource { get }
}

extension PlanRow: LibraryVersion {}
extension AgentRow: LibraryVersion {}

/// Two versions of a plan beside each other.
public typealias PlanComparison = VersionComparison<PlanRow>

/// Two versions of the same thing beside each other.
public struct VersionComparison<Version: LibraryVersion>: Sendable {
    public var before: Version
    public var after: Version
    /// The texts with the files they bring along, in the unified format; nil when they are the same.
    public var text: String?
    /// Where the documents differ in what they say: comments and spaces do not count.
    public var differences: [JSONDifference]
    /// Whether there are more.
    public var hasMore: Bool

    public init(_ before: Version, _ after: Version) {
        self.before = before
        self.after = after
        text = Runtime.difference(before.source, after.source)
        (differences, hasMore) = JSONDifference.between(before.source.document, after.source.document)
    }
}
