/// A pattern for paths: `*` stands for any characters but a slash, `?` for one of them.
struct FilePattern {
    private let pattern: [Unicode.Scalar]

    init(_ text: String) {
        pattern = Array(text.unicodeScalars)
    }

    var hasWildcards: Bool { pattern.contains("*") || pattern.contains("?") }

    /// Whether the whole path fits. Goes back to the last star only, so it takes at most pattern × path steps.
    func matches(_ path: String) -> Bool {
        let text = Array(path.unicodeScalars)
        var place = 0
        var inPattern = 0
        var star: (inPattern: Int, place: Int)?
        while place < text.count {
            if inPattern < pattern.count, pattern[inPattern] == "*" {
                star = (inPattern, place)
                inPattern += 1
            } else if inPattern < pattern.count,
                pattern[inPattern] == text[place] || (pattern[inPattern] == "?" && text[place] != "/")
            {
                inPattern += 1
                place += 1
            } else if let last = star, text[last.place] != "/" {
                star = (last.inPattern, last.place + 1)
                inPattern = last.inPattern + 1
                place = last.place + 1
            } else {
                return false
            }
        }
        return pattern[inPattern...].allSatisfy { $0 == "*" }
    }
}
