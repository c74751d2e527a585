internal import Core

/// What saving a version of a plan or an agent has come to.
public enum SavingOutcome: String, Sendable {
    case new
    /// An earlier version is the latest now, an archived one is listed again, or something else is said of the latest.
    case latestAgain = "latest_again"
    /// It was the latest already.
    case unchanged

    /// A server of an earlier version says only whether the version is new.
    init(_ json: JSON, status: Int) {
        self =
            json["outcome"]?.stringValue.flatMap(SavingOutcome.init(rawValue:)) ?? (status == 201 ? .new : .unchanged)
    }
}
