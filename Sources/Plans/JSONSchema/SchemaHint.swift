internal import Core

/// Hints that name what was probably meant. Among too many words, or for long ones, looking for it takes too long.
enum SchemaHint {
    private static let wordsMaximum = 200
    private static let wordBytesMaximum = 64

    /// The nearest of the words, if one is near enough.
    static func nearest(to word: String, among words: some Collection<String>) -> String? {
        guard word.utf8.count <= wordBytesMaximum, words.count <= wordsMaximum else { return nil }
        return Suggestion.nearest(to: word, in: words).map { "did you mean \(quoted($0))?" }
    }

    /// The nearest of the keys, if one is near enough.
    static func nearest(to word: String, among keys: [ExactText: some Any]) -> String? {
        guard keys.count <= wordsMaximum else { return nil }
        return nearest(to: word, among: keys.keys.map(\.text).filter { !$0.isEmpty }.sorted())
    }

    /// The nearest of the words, else all of them.
    static func listing(_ words: [String], for word: String, called what: String) -> String? {
        guard word.utf8.count <= wordBytesMaximum, words.count <= wordsMaximum else { return nil }
        return Suggestion.hint(for: word, among: words.map(shortened), called: what)
    }

    /// The nearest of the keys, else all of them.
    static func listing(_ keys: [ExactText: some Any], for word: String, called what: String) -> String? {
        guard keys.count <= wordsMaximum else { return nil }
        return listing(keys.keys.map(\.text).sorted(), for: word, called: what)
    }
}
