internal import Core
internal import Plans
public import Store

/// Two versions of a plan beside each other.
public struct PlanComparison: Sendable {
    public var before: PlanRow
    public var after: PlanRow
    /// The texts with the files they bring along, in the unified format; nil when they are the same.
    public var text: String?
    /// Where the documents differ in what they say: comments and spaces do not count.
    public var differences: [JSONDifference]
    /// Whether there are more.
    public var hasMore: Bool

    public init(_ before: PlanRow, _ after: PlanRow) {
        self.before = before
        self.after = after
        text = Runtime.difference(before.source, after.source)
        (differences, hasMore) = JSONDifference.between(before.source.document, after.source.document)
    }
}
