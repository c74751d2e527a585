public import Core

/// What must be true of a thing with versions for a change to be made: by it a client makes sure that it changes what it
/// has seen.
public enum VersionCondition: Sendable, Hashable {
    /// It exists, in whatever version.
    case exists
    /// There is none.
    case isMissing
    /// Its version is one of these.
    case isOneOf(Set<ContentHash>)

    /// - Parameter current: the version now; nil when there is none.
    /// - Throws: `SignalboxError` with code `precondition_failed`.
    func check(_ current: ContentHash?, of name: String) throws {
        let holds =
            switch self {
            case .exists: current != nil
            case .isMissing: current == nil
            case .isOneOf(let hashes): current.map(hashes.contains) ?? false
            }
        guard !holds else { return }
        throw SignalboxError(
            .preconditionFailed,
            current.map { "\"\(name.prefix(64))\" is of another version now: \($0)." }
                ?? "There is no \"\(name.prefix(64))\" any more.",
            hint: "Read it again, and decide anew.")
    }
}
