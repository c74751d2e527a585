internal import Glibc

/// An address of the internet protocol, version 4 or 6.
public struct NetworkAddress: Sendable, Hashable {
    /// Four or sixteen, in the order of the network.
    public let bytes: [UInt8]

    /// - Parameter bytes: nil is given for any number of them but 4 and 16.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads the usual forms alone: `192.0.2.1`, `2001:db8::1`, also in brackets. Those with fewer parts, or in octal, that
    /// some programs take are nil.
    public init?(_ text: String) {
        let isBracketed = text.hasPrefix("[") && text.hasSuffix("]") && text.utf8.count > 2
        let inner = isBracketed ? String(text.dropFirst().dropLast()) : text
        guard !inner.utf8.contains(0) else { return nil }
        var four = in_addr()
        var sixteen = in6_addr()
        if unsafe inet_pton(AF_INET, inner, &four) == 1, !isBracketed {
            bytes = unsafe withUnsafeBytes(of: &four) { unsafe Array($0) }
        } else if unsafe inet_pton(AF_INET6, inner, &sixteen) == 1 {
            bytes = unsafe withUnsafeBytes(of: &sixteen) { unsafe Array($0) }
        } else {
            return nil
        }
    }

    /// The address of version 4 that stands in one of version 6 (`::ffff:192.0.2.1`): to the system they are the same.
    public var unmapped: NetworkAddress {
        guard bytes.count == 16, bytes.starts(with: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF]) else { return self }
        return NetworkAddress(bytes: Array(bytes[12...])) ?? self
    }
}

extension NetworkAddress: CustomStringConvertible {
    /// `192.0.2.1` or `2001:db8::1`.
    public var description: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        let family = bytes.count == 4 ? AF_INET : AF_INET6
        guard unsafe inet_ntop(family, bytes, &text, socklen_t(text.count)) != nil else { return "unknown" }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
