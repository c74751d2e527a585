/// Splits a text at its `${{ expressions }}`.
struct TemplateScanner {
    /// A stretch of the text.
    enum Piece: Equatable {
        case literal(String)
        /// What stands between the braces, without the white space around it. Offsets count Unicode scalars from the
        /// start of the text: `opening` of the `${{`, `offset` of the source.
        case expression(source: String, opening: Int, offset: Int)
    }

    /// What is wrong with a text.
    struct Mistake: Error, Equatable {
        var message: String
        /// Unicode scalars from the start of the text.
        var offset: Int
        var hint: String
    }

    private let text: [Unicode.Scalar]
    private var place = 0

    private init(_ text: String) {
        self.text = Array(text.unicodeScalars)
    }

    /// Whether the text holds anything that the scanner would change.
    static func isTemplate(_ text: String) -> Bool {
        var beforeLast: UInt8 = 0
        var last: UInt8 = 0
        for byte in text.utf8 {
            if beforeLast == UInt8(ascii: "$"), last == UInt8(ascii: "{"), byte == UInt8(ascii: "{") { return true }
            (beforeLast, last) = (last, byte)
        }
        return false
    }

    /// The pieces in order, literal ones never empty and never two in a row. `$${{` stands for a literal `${{`.
    static func pieces(of text: String) throws(Mistake) -> [Piece] {
        var scanner = TemplateScanner(text)
        return try scanner.scan()
    }

    private mutating func scan() throws(Mistake) -> [Piece] {
        var pieces: [Piece] = []
        var literal = String.UnicodeScalarView()
        while place < text.count {
            if starts(with: "$${{") {
                literal.append(contentsOf: "${{".unicodeScalars)
                place += 4
            } else if starts(with: "${{") {
                if !literal.isEmpty { pieces.append(.literal(String(literal))) }
                literal = String.UnicodeScalarView()
                pieces.append(try expression())
            } else {
                literal.append(text[place])
                place += 1
            }
        }
        if !literal.isEmpty { pieces.append(.literal(String(literal))) }
        return pieces
    }

    private mutating func expression() throws(Mistake) -> Piece {
        let opening = place
        place += 3
        var start = place
        var end = try endOfExpression(openedAt: opening)
        while start < end, text[start].properties.isWhitespace { start += 1 }
        while end > start, text[end - 1].properties.isWhitespace { end -= 1 }
        guard start < end else {
            throw Mistake(
                message: "there is no expression between ${{ and }}", offset: opening,
                hint: "write one, such as ${{ inputs.name }}; a literal ${{ is written $${{")
        }
        let source = String(String.UnicodeScalarView(text[start..<end]))
        return .expression(source: source, opening: opening, offset: start)
    }

    /// Goes past the closing braces; those inside its strings, comments and maps do not
    /// close it.
    private mutating func endOfExpression(openedAt opening: Int) throws(Mistake) -> Int {
        var depth = 0
        while place < text.count {
            switch text[place] {
            case "\"", "'": try skipString()
            case "/" where starts(with: "//"):
                while place < text.count, text[place] != "\n" { place += 1 }
            case "{":
                depth += 1
                place += 1
            case "}" where depth == 0 && starts(with: "}}"):
                place += 2
                return place - 2
            case "}":
                depth = max(0, depth - 1)
                place += 1
            default: place += 1
            }
        }
        throw Mistake(
            message: "the expression that starts here does not end", offset: opening,
            hint: "close it with }}; a literal ${{ is written $${{")
    }

    /// Goes past a CEL string: in one or three quotes, without escapes after `r`.
    private mutating func skipString() throws(Mistake) {
        let start = place
        let prefix = String(
            String.UnicodeScalarView(text[..<start].suffix(3).reversed().prefix(while: isWordCharacter)))
        let isRaw = ["r", "br", "rb"].contains(prefix.lowercased())
        let quote = text[start]
        let isTriple = isQuote(quote, threeTimesAt: start)
        let width = isTriple ? 3 : 1
        place = start + width
        while place < text.count, isTriple || text[place] != "\n" {
            if text[place] == "\\", !isRaw {
                place += 2
            } else if text[place] == quote, !isTriple || isQuote(quote, threeTimesAt: place) {
                place += width
                return
            } else {
                place += 1
            }
        }
        throw Mistake(
            message: "the text in quotes that starts here does not end", offset: start,
            hint: "close it with \(String(repeating: Character(quote), count: width))")
    }

    private func isWordCharacter(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar == "_" || ("0"..."9").contains(scalar)
    }

    private func isQuote(_ quote: Unicode.Scalar, threeTimesAt index: Int) -> Bool {
        text[index...].starts(with: [quote, quote, quote])
    }

    private func starts(with prefix: String) -> Bool {
        text[place...].starts(with: prefix.unicodeScalars)
    }
}
