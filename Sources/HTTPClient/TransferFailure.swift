/// Why a transfer failed, as the cause of an `upstream_error`: for those who decide whether to try again.
public enum TransferFailure: Error, Sendable, Hashable {
    /// The name has no address, or nobody could be asked for it: nothing was sent.
    case notResolved
    /// No connection came about: nothing was sent.
    case notConnected
    /// The other side is not who it should be.
    case untrusted
    /// A time-out passed after the connection stood.
    case timedOut
    /// The connection broke, or what came is not HTTP: the request may have had its effect.
    case broken
    /// More redirects than allowed, or to a forbidden place.
    case redirected
    /// It would have gone to an address that its policy does not allow: nothing was sent there.
    case refused
    /// The header of the response is longer than is taken.
    case tooLarge

    /// Whether the same transfer may succeed a little later.
    public var isTransient: Bool {
        switch self {
        case .notResolved, .notConnected, .timedOut, .broken: true
        case .untrusted, .redirected, .refused, .tooLarge: false
        }
    }
}
