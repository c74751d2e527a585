/// Reads a TZif file (RFC 9636): its 64-bit block, and the rule in its footer.
package struct TimeZoneFile: ~Copyable {
    private let bytes: [UInt8]
    private var place = 0

    /// The rules in a file; nil if it is not a TZif file of version 2 or later.
    package static func read(_ bytes: [UInt8]) -> TimeZoneRules? {
        var file = TimeZoneFile(bytes: bytes)
        guard let first = file.readHeader(), first.version >= UInt8(ascii: "2") else { return nil }
        // The first block has 32-bit times and is for old readers.
        file.place += first.size(timeBytes: 4)
        guard let header = file.readHeader() else { return nil }
        return file.readRules(header)
    }

    private struct Header {
        var version: UInt8
        var universalCount: Int
        var standardCount: Int
        var leapCount: Int
        var transitionCount: Int
        var typeCount: Int
        var characterCount: Int

        func size(timeBytes: Int) -> Int {
            transitionCount * (timeBytes + 1) + typeCount * 6 + characterCount + leapCount * (timeBytes + 4)
                + standardCount + universalCount
        }
    }

    private mutating func readHeader() -> Header? {
        guard bytes.count >= place + 44, bytes[place..<place + 4].elementsEqual("TZif".utf8) else { return nil }
        let version = bytes[place + 4]
        place += 20
        let counts = (0..<6).map { _ in Int(truncatingIfNeeded: readInteger(bytes: 4)) }
        // A file fits in memory, so greater counts are not true; and they would overflow below.
        guard counts.allSatisfy({ (0...bytes.count).contains($0) }) else { return nil }
        return Header(
            version: version, universalCount: counts[0], standardCount: counts[1], leapCount: counts[2],
            transitionCount: counts[3], typeCount: counts[4], characterCount: counts[5])
    }

    private mutating func readRules(_ header: Header) -> TimeZoneRules? {
        let end = place + header.size(timeBytes: 8)
        guard header.typeCount > 0, end <= bytes.count else { return nil }
        let times = (0..<header.transitionCount).map { _ in readInteger(bytes: 8) }
        let types = (0..<header.transitionCount).map { _ in Int(readInteger(bytes: 1) & 0xFF) }
        var offsets: [Int] = []
        for _ in 0..<header.typeCount {
            offsets.append(Int(readInteger(bytes: 4)))
            place += 2
        }
        guard types.allSatisfy(offsets.indices.contains), zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }),
            offsets.allSatisfy({ abs($0) < 200_000 })
        else { return nil }
        // The footer stands between two line feeds.
        let footer = end < bytes.count ? bytes[(end + 1)...].prefix { $0 != 0x0A } : []
        return TimeZoneRules(
            transitions: zip(times, types).map { time, type in
                TimeZoneRules.Transition(secondsSinceEpoch: time, offsetSeconds: offsets[type])
            },
            initialOffsetSeconds: offsets[0], rule: TimeZoneRule(parsing: Array(footer)))
    }

    /// A big-endian integer with sign; the caller has checked that it is there.
    private mutating func readInteger(bytes count: Int) -> Int64 {
        var value: UInt64 = bytes[place] >= 0x80 ? .max : 0
        for byte in bytes[place..<place + count] { value = value << 8 | UInt64(byte) }
        place += count
        return Int64(bitPattern: value)
    }
}
