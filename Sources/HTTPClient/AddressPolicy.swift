public import Core

/// Where a request may be sent to. What counts is the address that is really connected to, not what a name led to a
/// moment before, so no name can lead astray by changing its mind.
public enum AddressPolicy: Sendable, Hashable {
    /// Anywhere; for addresses that people have written themselves.
    case any
    /// Public addresses only, through no proxy; for addresses that a model or another system has chosen.
    ///
    /// A host that is allowed by name may have a private address, a shared one, or be this machine. What belongs to a cloud,
    /// to the same cable or to many at once is allowed by its address alone.
    case publicOnly(allowing: [NetworkPattern] = [])

    /// Why an address must not be connected to for what stands behind a host and port; nil when it may be.
    func problem(with address: NetworkAddress, of host: String, port: Int) -> SignalboxError? {
        guard case .publicOnly(let exceptions) = self else { return nil }
        let kind = address.kind
        let isAllowed = exceptions.contains { exception in
            switch exception {
            case .addresses(let range): range.contains(address)
            case .hosts(let pattern): kind.isAllowableByName && pattern.matches(host, port: port)
            }
        }
        guard kind != .global, !isAllowed else { return nil }
        let name = NetworkAddress(host)?.unmapped == address.unmapped ? "\(host) is" : "\(host) leads to \(address),"
        let article = kind == .unspecified ? "an" : "a"
        return SignalboxError(
            .addressRefused,
            "\(name) \(article) \(kind.rawValue) address, and this request may go to public ones only.",
            hint: kind.isAllowableByName
                ? "If it is meant, allow \(host) or the address where the request is set up."
                : "If it is meant, allow the address \(address) itself where the request is set up.",
            cause: TransferFailure.refused)
    }
}

extension NetworkAddress.Kind {
    fileprivate var isAllowableByName: Bool { [.loopback, .private, .shared].contains(self) }
}
