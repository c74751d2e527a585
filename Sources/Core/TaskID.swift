/// The lasting id of a task, unique everywhere: 48 bits of time and 80 random bits, written as 26 characters that sort
/// by time (the ULID format, https://github.com/ulid/spec), in lower case.
public struct TaskID: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
    public let rawValue: String

    /// Accepts 26 characters of Crockford's base 32, in either case.
    public init?(rawValue: String) {
        guard rawValue.utf8.count == 26, rawValue.utf8.allSatisfy({ Self.alphabet.contains($0 | 0x20) || $0 < 0x40 }),
            rawValue.lowercased().utf8.allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.rawValue = rawValue.lowercased()
    }

    /// A new id of that time.
    public init(at time: Timestamp, random: inout some RandomNumberGenerator) {
        var digits = [UInt8](repeating: 0, count: 26)
        var milliseconds = UInt64(max(0, time.millisecondsSinceEpoch))
        for place in (0..<10).reversed() {
            digits[place] = Self.alphabet[Int(milliseconds & 31)]
            milliseconds >>= 5
        }
        // 16 digits of 5 bits each.
        for start in [10, 18] {
            var bits = random.next()
            for place in start..<start + 8 {
                digits[place] = Self.alphabet[Int(bits & 31)]
                bits >>= 5
            }
        }
        rawValue = String(decoding: digits, as: UTF8.self)
    }

    public var description: String { rawValue }

    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)
}
