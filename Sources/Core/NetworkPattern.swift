/// A part of a network as people name it: hosts by their name, or addresses by their number.
public enum NetworkPattern: Sendable, Hashable {
    case hosts(HostPattern)
    case addresses(AddressRange)

    /// Reads `intranet.example`, `*.example`, `10.1.2.3` or `10.0.0.0/8`.
    /// - Throws: `SignalboxError` with code `invalid_input`.
    public init(parsing text: String) throws {
        if let range = AddressRange(text) {
            self = .addresses(range)
        } else if let pattern = HostPattern(text) {
            self = .hosts(pattern)
        } else {
            throw SignalboxError(
                .invalidInput, "\"\(text)\" names no host and no addresses.",
                hint:
                    "Write a name such as api.example.com or *.example.com, an address, or a range such as 10.0.0.0/8.")
        }
    }
}
