internal import Store

/// Puts what an agent has kept into the order in which it fits some words.
enum MemoryRanking {
    /// Those that hold any of the words, the best fits first; all of them, the latest first, where there are no words.
    ///
    /// A word counts the more, the fewer entries hold it, and twice in an entry's name. What fits equally well stands in
    /// order of time, then of names, so that the same question always has the same answer.
    static func ranked(_ entries: [MemoryRow], by words: String) -> [MemoryRow] {
        let wanted = Self.words(of: words)
        guard !wanted.isEmpty else { return entries.sorted(by: isLater) }
        let found = entries.map { (entry: $0, name: Self.words(of: $0.name), text: Self.words(of: $0.text)) }
        var scores = [Int](repeating: 0, count: found.count)
        for word in wanted {
            let holding = found.indices.filter { found[$0].name.contains(word) || found[$0].text.contains(word) }
            let weight = found.count - holding.count + 1
            for place in holding { scores[place] += found[place].name.contains(word) ? 2 * weight : weight }
        }
        return found.indices.filter { scores[$0] > 0 }.sorted { left, right in
            scores[left] == scores[right]
                ? isLater(found[left].entry, found[right].entry) : scores[left] > scores[right]
        }.map { found[$0].entry }
    }

    private static func words(of text: String) -> Set<String> {
        Set(text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    }

    private static func isLater(_ left: MemoryRow, _ right: MemoryRow) -> Bool {
        left.savedAt == right.savedAt ? left.name < right.name : left.savedAt > right.savedAt
    }
}
