internal import Core

/// Says before a person decides that there are characters in what they read which are not shown.
enum HiddenWarning: Sendable {
    /// How many different ones it names.
    private static let namesMaximum = 5

    /// What to say about a request; nothing where all is shown.
    static func render(_ request: RequestView) -> HTML {
        var found = Found()
        found.read(request.title)
        // Not all writers of JSON leave these characters as they are, so the texts themselves are read.
        if let proposal = request.proposal { found.read(proposal) }
        for field in request.fields { found.read(field) }
        for name in request.deciders { found.read(name) }
        guard !found.words.isEmpty else { return .empty }
        let more = found.words.count - namesMaximum
        return """
            <p class="problem">Holds characters that are not shown and can make it read as something else: \
            \(found.words.prefix(namesMaximum).joined(separator: ", "))\
            \(more > 0 ? " and \(Format.count(more, "other"))" : ""). They are named below where they stand.</p>
            """
    }

    private struct Found {
        private(set) var words: [String] = []

        mutating func read(_ value: JSON) {
            switch value {
            case .string(let text): read(text)
            case .array(let items): for item in items { read(item) }
            case .object(let members):
                for (name, member) in members {
                    read(name)
                    read(member)
                }
            default: break
            }
        }

        mutating func read(_ field: FormFieldView) {
            for text in [field.label, field.summary, field.rule].compactMap(\.self) { read(text) }
            guard case .choice(let choices) = field.control else { return }
            for choice in choices { read(choice.label) }
        }

        mutating func read(_ text: String) {
            for case .hidden(let character) in HiddenCharacter.pieces(of: text)
            where !words.contains(character.words) { words.append(character.words) }
        }
    }
}
