/// What saving a version of a plan or an agent has come to.
public enum Saving: String, Sendable, Hashable, CaseIterable {
    /// There was no such version.
    case new
    /// An earlier version is the latest now, an archived one is listed again, or something else is said of the latest.
    case latestAgain = "latest_again"
    /// It was the latest already.
    case unchanged
}
