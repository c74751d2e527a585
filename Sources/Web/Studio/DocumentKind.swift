/// What the studio writes: plans, and agents of the library.
public enum DocumentKind: String, Sendable {
    case plan, agent

    /// The first part of its addresses.
    var collection: String { "\(rawValue)s" }

    /// The heading of their list.
    var plural: String { self == .plan ? "Plans" : "Agents" }

    var section: Layout.Section { self == .plan ? .plans : .agents }

    /// What the document is called in messages.
    var fileName: String { "\(rawValue).yaml" }
}
