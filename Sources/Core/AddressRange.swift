/// Neighbouring addresses: all that begin with the same bits, as in `10.0.0.0/8`.
public struct AddressRange: Sendable, Hashable {
    private let first: NetworkAddress
    private let prefixBits: Int

    /// Reads `10.0.0.0/8`, `fd00::/8`, or one address. Nil for anything else, also when bits are set behind the prefix.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = NetworkAddress(String(parts[0])) else { return nil }
        var bits = address.bytes.count * 8
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let given = Int(parts[1]), given <= bits
            else { return nil }
            bits = given
        }
        first = address
        prefixBits = bits
        guard Self.prefix(of: address, bits: bits) == address.bytes else { return nil }
    }

    /// Whether an address is one of them; one of version 4 inside one of version 6 counts as what it stands for.
    public func contains(_ address: NetworkAddress) -> Bool {
        [address, address.unmapped].contains { other in
            other.bytes.count == first.bytes.count && Self.prefix(of: other, bits: prefixBits) == first.bytes
        }
    }

    private static func prefix(of address: NetworkAddress, bits: Int) -> [UInt8] {
        address.bytes.enumerated().map { place, byte in
            let kept = min(max(bits - place * 8, 0), 8)
            return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
        }
    }
}
