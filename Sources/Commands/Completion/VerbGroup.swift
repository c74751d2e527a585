/// Verbs that begin with the same word.
struct VerbGroup: Sendable {
    let word: String
    private(set) var verbs: [VerbSyntax]

    /// All of them, in the order of their first verbs.
    static func groups(of verbs: [VerbSyntax]) -> [VerbGroup] {
        var groups: [VerbGroup] = []
        for verb in verbs {
            if let place = groups.firstIndex(where: { $0.word == verb.words[0] }) {
                groups[place].verbs.append(verb)
            } else {
                groups.append(VerbGroup(word: verb.words[0], verbs: [verb]))
            }
        }
        return groups
    }

    /// Whether a second word says which verb is meant.
    var isDivided: Bool { !divided.isEmpty }

    /// Those with a second word.
    var divided: [VerbSyntax] { verbs.filter { $0.words.count > 1 } }

    /// The second words.
    var secondWords: [String] { divided.map { $0.words[1] } }

    /// What is said beside the word: of a verb what it does, of several which they are.
    var summary: String { isDivided ? secondWords.joined(separator: ", ") : verbs[0].summary }
}
