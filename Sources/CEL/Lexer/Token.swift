/// A word of the language with its place.
struct Token: Sendable {
    var kind: Kind
    /// The bytes of the source it was read from.
    var range: Range<Int>

    enum Kind: Sendable, Equatable {
        /// A name; `null`, `true`, `false` and `in` among them.
        case identifier(String)
        /// A name in backquotes, which may follow a point only.
        case quotedIdentifier(String)
        /// The magnitude of an integer: the sign is an operator of its own.
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case symbol(Symbol)
        case end
    }

    enum Symbol: String, Sendable, CaseIterable {
        case equal = "=="
        case notEqual = "!="
        case lessOrEqual = "<="
        case greaterOrEqual = ">="
        case and = "&&"
        case or = "||"
        case less = "<"
        case greater = ">"
        case plus = "+"
        case minus = "-"
        case times = "*"
        case divide = "/"
        case remainder = "%"
        case not = "!"
        case question = "?"
        case colon = ":"
        case point = "."
        case comma = ","
        case leftParenthesis = "("
        case rightParenthesis = ")"
        case leftBracket = "["
        case rightBracket = "]"
        case leftBrace = "{"
        case rightBrace = "}"
    }
}

/// Why a text is not an expression, at a byte of it.
struct SyntaxError: Error {
    var message: String
    var offset: Int
    var hint: String?
}
