/// What Signalbox itself tells an agent something for.
public enum AgentNotice: String, Sendable, CaseIterable {
    /// Its answer cannot be used as it is.
    case correction
    /// A bound is near.
    case warning
    /// A bound that it was warned of has been raised.
    case raised
}
