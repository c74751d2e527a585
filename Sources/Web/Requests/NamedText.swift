internal import Core

/// Text that others wrote, as people read it: each character that is not shown stands there by its name. What is copied
/// with a button, downloaded or sent to programs keeps the characters themselves.
enum NamedText: Sendable {
    /// How many marks of one text say in words what they stand for: a text may consist of nothing else.
    private static let explainedMaximum = 100

    /// The text, with a mark like `<U+202E>` for each hidden character; several equal ones in a row share one.
    static func render(_ text: String) -> HTML {
        var html: [HTML] = []
        var marks = 0
        var rest = HiddenCharacter.pieces(of: text)[...]
        while let piece = rest.popFirst() {
            guard case .hidden(let character) = piece else {
                if case .shown(let text) = piece { html.append("\(text)") }
                continue
            }
            let equal = rest.prefix { $0 == piece }.count
            rest = rest.dropFirst(equal)
            marks += 1
            html.append(mark(character, count: equal + 1, isExplained: marks <= explainedMaximum))
        }
        return HTML(html)
    }

    /// `data-count` says to the script that copies how often the character stands there.
    private static func mark(_ character: HiddenCharacter, count: Int, isExplained: Bool) -> HTML {
        let title: HTML = isExplained ? " title=\"\(character.words): a character that is not shown\"" : .empty
        guard count > 1 else { return "<mark class=\"hidden-character\"\(title)>\(character.mark)</mark>" }
        return """
            <mark class="hidden-character" data-count="\(count)"\(title)>\(character.mark)×\(Format.grouped(Int64(count)))</mark>
            """
    }

    /// The same for where marks cannot stand: titles of windows, what is told on hover, options of lists.
    static func plain(_ text: String) -> String { HiddenCharacter.naming(in: text) }
}
