/// Takes texts apart into what a person would call a word.
enum Words: Sendable {
    /// All words in their order; together they are the text. Letters and digits in a row are one, spaces in a row are one,
    /// each line break and each other character stands alone. Ideographs, which no spaces part, do so too.
    static func all(of text: String) -> [Substring] {
        var words: [Substring] = []
        var start = text.startIndex
        var kind: Kind?
        var place = start
        while place < text.endIndex {
            let next = Kind(text[place])
            if place > start, next != kind || next == .single {
                words.append(text[start..<place])
                start = place
            }
            kind = next
            place = text.index(after: place)
        }
        if start < text.endIndex { words.append(text[start...]) }
        return words
    }

    private enum Kind {
        case word, space, single

        init(_ character: Character) {
            if character == " " || character == "\t" {
                self = .space
            } else if character == "_" || character.isLetter || character.isNumber {
                self = character.unicodeScalars.contains { $0.properties.isIdeographic } ? .single : .word
            } else {
                self = .single
            }
        }
    }
}
