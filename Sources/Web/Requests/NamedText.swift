internal import Core

/// Text that others wrote, as people read it: each character that is not shown stands there by its name. What is copied
/// with a button, downloaded or sent to programs keeps the characters themselves.
enum NamedText: Sendable {
    /// The text, with a mark like `<U+202E>` for each hidden character.
    static func render(_ text: String) -> HTML {
        HTML(
            HiddenCharacter.pieces(of: text).map { piece -> HTML in
                switch piece {
                case .shown(let text): "\(text)"
                case .hidden(let character):
                    """
                    <mark class="hidden-character" title="\(character.words): a character that is not shown">\
                    \(character.mark)</mark>
                    """
                }
            })
    }

    /// The same for where marks cannot stand: titles of windows, what is told on hover, options of lists.
    static func plain(_ text: String) -> String { HiddenCharacter.naming(in: text) }
}
