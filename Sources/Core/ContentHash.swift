internal import CSodium

/// The SHA-256 of some bytes: the address of a blob, a plan or a file.
public struct ContentHash: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    public let rawValue: String

    /// Accepts 64 lower-case hexadecimal digits.
    public init?(rawValue: String) {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte) }
        guard rawValue.utf8.count == 64, rawValue.utf8.allSatisfy(isDigit) else { return nil }
        self.rawValue = rawValue
    }

    /// The hash of these bytes.
    public init(of bytes: [UInt8]) {
        var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
        _ = unsafe crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        self.init(digest: digest)
    }

    /// The hash whose 32 bytes these are.
    init(digest: [UInt8]) {
        precondition(digest.count == Int(crypto_hash_sha256_BYTES), "A SHA-256 has 32 bytes.")
        let hex = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(64)
        for byte in digest {
            text.append(hex[Int(byte >> 4)])
            text.append(hex[Int(byte & 15)])
        }
        rawValue = String(decoding: text, as: UTF8.self)
    }

    /// The 32 bytes that the digits stand for.
    public var bytes: [UInt8] {
        let digits = rawValue.utf8.map { $0 > 0x39 ? $0 - 0x57 : $0 - 0x30 }
        return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }

    /// All 64 digits.
    public var description: String { rawValue }

    /// The first eight digits, enough for people to tell versions apart.
    public var short: String { String(rawValue.prefix(8)) }
}
