internal import Executors

extension FuzzTarget {
    /// A pattern for paths, and a path: it fits if and only if the rules as they are documented, tried one after the other,
    /// say so.
    static let filePattern = FuzzTarget("file-pattern", bytesMaximum: 128) { bytes in
        let (first, second) = Input.parts(bytes)
        let (text, path) = (Input.text(first), Input.text(second))
        let pattern = FilePattern(text)
        let fits = pattern.matches(path)
        var rules = PatternRules(pattern: text, path: path)
        try require(fits == rules.hold(), "the pattern \(fits ? "fits" : "does not fit"), the rules say the opposite")
        try require(FilePattern(text + "*").matches(path) || !fits, "a star that stands for nothing changes the answer")
        guard !pattern.hasWildcards else { return }
        let isSame = Array(text.unicodeScalars) == Array(path.unicodeScalars)
        try require(fits == isSame, "a pattern without wildcards is a name")
    }
}

/// The rules of patterns, tried at each place of the path.
private struct PatternRules {
    private let pattern: [Unicode.Scalar]
    private let path: [Unicode.Scalar]
    /// What has been found out already.
    private var known: [Int: Bool] = [:]

    init(pattern: String, path: String) {
        self.pattern = Array(pattern.unicodeScalars)
        self.path = Array(path.unicodeScalars)
    }

    mutating func hold(from place: Int = 0, at position: Int = 0) -> Bool {
        let name = place * (path.count + 1) + position
        if let answer = known[name] { return answer }
        let answer = tried(place, position)
        known[name] = answer
        return answer
    }

    private mutating func tried(_ place: Int, _ position: Int) -> Bool {
        guard place < pattern.count else { return position == path.count }
        let rest = pattern[place...]
        if rest.starts(with: "**/".unicodeScalars) {
            if hold(from: place + 3, at: position) { return true }
            return (position..<path.count).contains { path[$0] == "/" && hold(from: place + 3, at: $0 + 1) }
        }
        if rest.starts(with: "**".unicodeScalars) {
            return (position...path.count).contains { hold(from: place + 2, at: $0) }
        }
        if pattern[place] == "*" {
            let end = path[position...].firstIndex(of: "/") ?? path.count
            return (position...end).contains { hold(from: place + 1, at: $0) }
        }
        guard position < path.count, pattern[place] == (pattern[place] == "?" ? "?" : path[position]) else {
            return false
        }
        if pattern[place] == "?", path[position] == "/" { return false }
        return hold(from: place + 1, at: position + 1)
    }
}
