internal import Core

/// Words as they are typed to a shell.
enum ShellWord: Sendable {
    /// The word itself if a shell takes it as it is, else in quotes. What a terminal would not show, or would obey, is written
    /// in escapes that shells such as bash and zsh read: `$'\\x1b'`.
    static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "@"):
                true
            default: false
            }
        }
        if isPlain, !word.isEmpty { return word }
        let pieces = HiddenCharacter.pieces(of: word)
        guard pieces.allSatisfy({ if case .shown = $0 { true } else { false } }) else { return escaped(pieces) }
        return "'" + word.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }

    private static func escaped(_ pieces: [HiddenCharacter.Piece]) -> String {
        let text = pieces.map { piece in
            switch piece {
            case .shown(let text):
                text.map { ["'", "\\"].contains($0) ? "\\\($0)" : $0 == "\n" ? "\\n" : String($0) }.joined()
            case .hidden(let character):
                // Byte by byte: `\u` would depend on the language of the shell.
                String(character.scalar).utf8.map { "\\x" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
            }
        }
        return "$'" + text.joined() + "'"
    }
}
