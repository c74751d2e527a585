/// SHA-1 (RFC 3174). It is broken as a protection; here it is what the WebSocket handshake asks for (RFC 6455 §1.3), and
/// nothing else may use it.
public enum SHA1: Sendable {
    /// The 20 bytes of the digest.
    public static func digest(of message: [UInt8]) -> [UInt8] {
        var padded = message + [0x80]
        padded.append(contentsOf: [UInt8](repeating: 0, count: (120 - padded.count % 64) % 64))
        let bits = UInt64(message.count) * 8
        for shift in stride(from: UInt64(56), through: 0, by: -8) {
            padded.append(UInt8(truncatingIfNeeded: bits >> shift))
        }
        var state: [UInt32] = [0x6745_2301, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0]
        for start in stride(from: 0, to: padded.count, by: 64) { take(padded[start..<start + 64], into: &state) }
        return state.flatMap { word in
            stride(from: UInt32(24), through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
        }
    }

    private static func take(_ block: ArraySlice<UInt8>, into state: inout [UInt32]) {
        var words: [UInt32] = []
        words.reserveCapacity(80)
        for start in stride(from: block.startIndex, to: block.endIndex, by: 4) {
            words.append(block[start..<start + 4].reduce(0) { $0 << 8 | UInt32($1) })
        }
        for place in 16..<80 {
            let mixed = words[place - 3] ^ words[place - 8] ^ words[place - 14] ^ words[place - 16]
            words.append(rotate(mixed, by: 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (round, word) in words.enumerated() {
            let next = rotate(a, by: 5) &+ mix(b, c, d, in: round) &+ e &+ word &+ constants[round / 20]
            (a, b, c, d, e) = (next, a, rotate(b, by: 30), c, d)
        }
        for (place, value) in [a, b, c, d, e].enumerated() { state[place] &+= value }
    }

    private static let constants: [UInt32] = [0x5A82_7999, 0x6ED9_EBA1, 0x8F1B_BCDC, 0xCA62_C1D6]

    private static func mix(_ b: UInt32, _ c: UInt32, _ d: UInt32, in round: Int) -> UInt32 {
        switch round {
        case ..<20: b & c | ~b & d
        case 40..<60: b & c | b & d | c & d
        default: b ^ c ^ d
        }
    }

    private static func rotate(_ word: UInt32, by count: UInt32) -> UInt32 { word << count | word >> (32 - count) }
}
