internal import Glibc
internal import Synchronization

/// When a place's clocks are how far from UTC: the transitions of a TZif file (RFC 9636) and the rule after them.
public struct TimeZoneRules: Sendable {
    private let transitions: [Transition]
    private let initialOffsetSeconds: Int
    /// For moments after the last transition.
    private let rule: TimeZoneRule?

    struct Transition: Sendable {
        var secondsSinceEpoch: Int64
        var offsetSeconds: Int
    }

    init(transitions: [Transition], initialOffsetSeconds: Int, rule: TimeZoneRule?) {
        self.transitions = transitions
        self.initialOffsetSeconds = initialOffsetSeconds
        self.rule = rule
    }

    /// How far local time is ahead of UTC at a moment.
    public func offsetSeconds(atSecondsSinceEpoch seconds: Int64) -> Int {
        guard let last = transitions.last else { return rule?.offsetSeconds(at: seconds) ?? initialOffsetSeconds }
        if seconds >= last.secondsSinceEpoch, let rule { return rule.offsetSeconds(at: seconds) }
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].secondsSinceEpoch <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initialOffsetSeconds : transitions[low - 1].offsetSeconds
    }

    // MARK: By name

    private static let cache = Mutex<[String: TimeZoneRules]>([:])

    /// The rules of `UTC`, of a fixed offset (`+02:00`), or of a name of the time zone database (`Europe/Berlin`).
    /// - Throws: `SignalboxError` with code `invalid_input` if there is no such zone.
    public static func named(_ name: String) throws -> TimeZoneRules {
        if name == "UTC" || name == "Z" { return fixed(0) }
        if let offset = fixedOffset(name) { return fixed(offset) }
        if let known = cache.withLock({ $0[name] }) { return known }
        guard isName(name), let bytes = contents(of: "/usr/share/zoneinfo/" + name),
            let rules = TimeZoneFile.read(bytes)
        else {
            throw SignalboxError(
                .invalidInput, "There is no time zone \"\(name.prefix(60))\".",
                hint: "Use UTC, an offset like +02:00, or a name like Europe/Berlin.")
        }
        // The database has some 600 names, so the cache needs no other bound.
        cache.withLock { $0[name] = rules }
        return rules
    }

    private static func fixed(_ offsetSeconds: Int) -> TimeZoneRules {
        TimeZoneRules(transitions: [], initialOffsetSeconds: offsetSeconds, rule: nil)
    }

    /// Seconds of `+hh:mm` or `-hh:mm`; CEL also allows `hh:mm`.
    private static func fixedOffset(_ name: String) -> Int? {
        var digits = Array(name.utf8)
        let sign = digits.first == UInt8(ascii: "-") ? -1 : 1
        if let first = digits.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") { digits.removeFirst() }
        guard digits.count == 5, digits.remove(at: 2) == UInt8(ascii: ":"),
            digits.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let numbers = digits.map { Int($0) - 0x30 }
        let (hours, minutes) = (numbers[0] * 10 + numbers[1], numbers[2] * 10 + numbers[3])
        return hours < 24 && minutes < 60 ? sign * (hours * 3600 + minutes * 60) : nil
    }

    /// Whether a name can be one of the database's, and no path to somewhere else.
    private static func isName(_ name: String) -> Bool {
        guard (1...60).contains(name.utf8.count) else { return false }
        return name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            guard let first = part.first, (0x41...0x5A).contains(first & ~0x20) else { return false }
            return part.allSatisfy { byte in
                (0x41...0x5A).contains(byte & ~0x20) || (0x30...0x39).contains(byte) || "_+-".utf8.contains(byte)
            }
        }
    }

    private static func contents(of path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        // The largest file of the database has 4 KB.
        var bytes = [UInt8](repeating: 0, count: 64 << 10)
        var count = 0
        while count < bytes.count {
            let got = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
            }
            if got == 0 { return Array(bytes[..<count]) }
            guard got > 0 else { return nil }
            count += got
        }
        return nil
    }
}
