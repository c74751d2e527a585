public import Core

/// What must be true of a thing with versions for a change to be made: by it a client makes sure that it changes what it
/// has seen.
public enum VersionCondition: Sendable, Hashable {
    /// It exists, in whatever version.
    case exists
    /// There is none.
    case isMissing
    /// Its version is one of these.
    case isOneOf(Set<SeenVersion>)

    /// - Parameters:
    ///   - current: the version now; nil when there is none.
    ///   - standing: its standing, where the change depends on it.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func check(_ current: ContentHash?, standing: String? = nil, of name: String) throws {
        let holds =
            switch self {
            case .exists: current != nil
            case .isMissing: current == nil
            case .isOneOf(let seen): seen.contains { $0.holds(current, standing) }
            }
        guard !holds else { return }
        throw SignalboxError(
            .preconditionFailed, sentence(current, of: name.prefix(64)), hint: "Read it again, and decide anew.")
    }

    private func sentence(_ current: ContentHash?, of name: Substring) -> String {
        guard let current else { return "There is no \"\(name)\" any more." }
        if case .isOneOf(let seen) = self, seen.contains(where: { $0.content == current }) {
            return "\"\(name)\" was published, archived or brought back meanwhile."
        }
        return "\"\(name)\" is of another version now: \(current)."
    }
}

/// A version that a client has seen.
public struct SeenVersion: Sendable, Hashable {
    public var content: ContentHash
    /// How it stood (`SavedPlanRow.standing`); nil for who does not mind.
    public var standing: String?

    public init(_ content: ContentHash, standing: String? = nil) {
        self.content = content
        self.standing = standing
    }

    fileprivate func holds(_ current: ContentHash?, _ standing: String?) -> Bool {
        content == current && (self.standing == nil || standing == nil || self.standing == standing)
    }
}
