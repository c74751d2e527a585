extension NetworkAddress {
    /// What an address is for, as far as it matters to who may ask what stands there.
    public enum Kind: String, Sendable, CaseIterable {
        /// Anybody's on the internet.
        case global = "public"
        /// This machine.
        case loopback
        /// A local network (RFC 1918, RFC 4193).
        case `private`
        /// Between a provider and its customers (RFC 6598).
        case shared
        /// The same cable (RFC 3927, RFC 4291).
        case linkLocal = "link-local"
        /// Where clouds tell their machines secrets.
        case metadata
        case multicast
        /// No address, by which systems take this machine.
        case unspecified
        /// A form of version 6 that leads to one of version 4 by way of others.
        case transitional
        /// Kept for other uses (RFC 6890).
        case reserved
    }

    /// What it is for. What nobody has given out is reserved, so that nothing is public by mistake.
    public var kind: Kind {
        let address = unmapped
        if let found = Self.specialRanges.first(where: { $0.range.contains(address) }) { return found.kind }
        guard address.bytes.count == 16 else { return .global }
        // The well-known prefix of NAT64 (RFC 6052), by which networks of version 6 alone reach all of version 4.
        if Self.translated.contains(address) {
            return NetworkAddress(bytes: Array(address.bytes[12...]))?.kind ?? .reserved
        }
        return Self.globalUnicast.contains(address) ? .global : .reserved
    }

    private static let translated = known("64:ff9b::/96")
    private static let globalUnicast = known("2000::/3")

    /// The special-purpose registries of IANA, and the addresses of clouds' own services; the first that fits counts.
    private static let specialRanges: [(range: AddressRange, kind: Kind)] = texts.flatMap { kind, texts in
        texts.map { (known($0), kind) }
    }

    private static let texts: [(Kind, [String])] = [
        // Most clouds; AWS for containers, and by version 6; Azure's agent; Alibaba; Oracle; Google by version 6.
        (
            .metadata,
            [
                "169.254.169.254", "169.254.170.2", "fd00:ec2::/32", "168.63.129.16", "100.100.100.200", "192.0.0.192",
                "fd20:ce::254",
            ]
        ),
        (.unspecified, ["0.0.0.0/8", "::"]),
        (.loopback, ["127.0.0.0/8", "::1"]),
        (.private, ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"]),
        (.shared, ["100.64.0.0/10"]),
        (.linkLocal, ["169.254.0.0/16", "fe80::/10"]),
        (.multicast, ["224.0.0.0/4", "ff00::/8"]),
        // Compatible addresses, 6to4 and its relays, Teredo, and NAT64 with a prefix of the network's own.
        (.transitional, ["::/96", "2002::/16", "192.88.99.0/24", "2001::/32", "64:ff9b:1::/48"]),
        (
            .reserved,
            [
                "192.0.0.0/24", "192.0.2.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
                "2001::/23", "2001:db8::/32", "3fff::/20",
            ]
        ),
    ]

    private static func known(_ text: String) -> AddressRange {
        guard let range = AddressRange(text) else { preconditionFailure("\(text) is not a range of addresses.") }
        return range
    }
}
