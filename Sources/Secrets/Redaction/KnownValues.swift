internal import Core

/// Values that must not be shown, in all spellings in which they turn up, ready to be looked for.
struct KnownValues: Sendable {
    private var patterns: [Pattern] = []
    /// Places of patterns by their first eight bytes.
    private var index: [UInt64: [Int]] = [:]
    /// For each byte, whether a pattern begins with it.
    private var starts = [Bool](repeating: false, count: 256)
    /// The length of the longest pattern, in bytes.
    private var longest = 0
    /// Values that a program may write as a number.
    private var numbers: [String: String] = [:]

    private struct Pattern: Sendable {
        var spelling: SecretSpelling
        var replacement: [UInt8]

        var bytes: [UInt8] { spelling.bytes }
    }

    /// As many bytes of a pattern are looked up at once.
    private static let width = 8

    init(_ values: [(name: String, value: String)]) {
        var taken: Set<[UInt8]> = []
        for (name, value) in values where value.utf8.count >= Limits.secretBytesMinimum {
            let mark = "[secret \(name)]"
            for spelling in SecretSpelling.all(of: value) where taken.insert(spelling.bytes).inserted {
                add(Pattern(spelling: spelling, replacement: Array(mark.utf8)))
            }
            if value.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) {
                numbers[value] = mark
            }
        }
    }

    var isEmpty: Bool { patterns.isEmpty }

    /// What stands for a number that is a known value.
    func hasNumber(_ text: String) -> String? { numbers.isEmpty ? nil : numbers[text] }

    /// The longest value that begins at that place.
    func match(_ bytes: [UInt8], at place: Int) -> Redactor.Match? {
        guard starts[Int(bytes[place])], place + Self.width <= bytes.count,
            let candidates = index[Self.head(bytes, at: place)]
        else { return nil }
        var longest: Pattern?
        for candidate in candidates {
            let pattern = patterns[candidate]
            guard pattern.bytes.count > longest?.bytes.count ?? 0, bytes[place...].starts(with: pattern.bytes) else {
                continue
            }
            longest = pattern
        }
        return longest.map {
            Redactor.Match(range: place..<$0.spelling.end(in: bytes, from: place), replacement: $0.replacement)
        }
    }

    /// Whether one of the values may begin at that place and go on behind the end, or a longer one than what stands there.
    func isOpen(_ bytes: [UInt8], at place: Int) -> Bool {
        let count = bytes.count - place
        guard starts[Int(bytes[place])], count < longest else { return false }
        guard count < Self.width else {
            return index[Self.head(bytes, at: place), default: []].contains {
                goesOn(patterns[$0].spelling, bytes, place)
            }
        }
        return patterns.contains { goesOn($0.spelling, bytes, place) }
    }

    private func goesOn(_ spelling: SecretSpelling, _ bytes: [UInt8], _ place: Int) -> Bool {
        let count = bytes.count - place
        guard spelling.bytes.count <= count else { return spelling.bytes.starts(with: bytes[place...]) }
        return spelling.hasTail && count < spelling.bytes.count + SecretSpelling.tailBytesMaximum
            && bytes[place...].starts(with: spelling.bytes) && spelling.end(in: bytes, from: place) == bytes.count
    }

    private mutating func add(_ pattern: Pattern) {
        guard pattern.bytes.count >= Self.width else { return }
        index[Self.head(pattern.bytes, at: 0), default: []].append(patterns.count)
        starts[Int(pattern.bytes[0])] = true
        longest = max(longest, pattern.bytes.count + SecretSpelling.tailBytesMaximum)
        patterns.append(pattern)
    }

    private static func head(_ bytes: [UInt8], at place: Int) -> UInt64 {
        bytes[place..<place + width].reduce(0) { $0 << 8 | UInt64($1) }
    }
}
