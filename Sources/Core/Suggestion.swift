/// Finds the word that somebody probably meant.
public enum Suggestion: Sendable {
    /// The nearest of the words, if it is near enough to be worth naming.
    public static func nearest(to word: String, in words: some Sequence<String>) -> String? {
        let bound = word.count <= 4 ? 1 : word.count <= 8 ? 2 : 3
        return words.map { (word: $0, distance: distance(Array(word.lowercased().utf8), Array($0.lowercased().utf8))) }
            .filter { $0.distance <= bound && $0.distance < $0.word.utf8.count }
            .min { ($0.distance, $0.word) < ($1.distance, $1.word) }?
            .word
    }

    /// A hint that names the nearest word, else all of them, else nothing.
    public static func hint(for word: String, among words: [String], called what: String) -> String? {
        if let nearest = nearest(to: word, in: words) { return "did you mean \"\(nearest)\"?" }
        guard !words.isEmpty else { return nil }
        let shown = words.prefix(12).joined(separator: ", ")
        return "\(what): \(shown)" + (words.count > 12 ? " and \(words.count - 12) more" : "")
    }

    /// Insertions, deletions, substitutions and swaps of neighbours between two words (optimal string alignment,
    /// Damerau 1964).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        guard abs(left.count - right.count) <= 3, left.count <= 64 else { return .max }
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for row in left.indices {
            var current = [row + 1]
            for column in right.indices {
                let isSame = left[row] == right[column]
                var best = min(last[column] + (isSame ? 0 : 1), last[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    best = min(best, beforeLast[column - 1] + 1)
                }
                current.append(best)
            }
            (beforeLast, last) = (last, current)
        }
        return last[right.count]
    }
}
