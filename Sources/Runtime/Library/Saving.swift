/// What saving a version of a plan or an agent has come to.
public enum Saving: String, Sendable, Hashable, CaseIterable {
    /// There was no such version.
    case new
    /// An earlier version is the latest now, or an archived one is listed again.
    case latestAgain = "latest_again"
    /// It was the latest already.
    case unchanged
}
