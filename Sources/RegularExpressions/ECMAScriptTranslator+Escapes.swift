extension ECMAScriptTranslator {
    /// What follows a backslash, in RE2's syntax.
    mutating func escape(isInClass: Bool) throws(RegularExpression.PatternError) -> String {
        guard let scalar = next() else { throw failure("it ends with a backslash") }
        switch scalar {
        case "d", "D", "w", "W", "f", "n", "r", "t", "v": return "\\\(scalar)"
        case "s": return isInClass ? Self.space : "[\(Self.space)]"
        case "S": return isInClass ? Self.notSpace : "[\(Self.notSpace)]"
        case "b": return isInClass ? #"\x08"# : #"\b"#
        case "B" where !isInClass: return #"\B"#
        case "p", "P": return try property(isNegated: scalar == "P", isInClass: isInClass)
        case "x":
            guard let code = hexadecimal(digits: 2) else {
                throw failure(#"two hexadecimal digits should follow "\x""#)
            }
            return Self.character(code)
        case "u": return try unicodeEscape()
        case "c":
            guard let letter = next(), letter.isASCII, letter.properties.isAlphabetic else {
                throw failure(#"a letter should follow "\c""#)
            }
            return Self.character(letter.value & 31)
        case "0": return Self.character(0)
        case "1"..."9", "k":
            throw failure(
                "references to groups (\"\\\(scalar)\") are not supported",
                hint: "matching takes linear time, which they would not allow")
        default:
            guard !scalar.properties.isAlphabetic, !scalar.properties.isWhitespace else {
                let meant = ["A": "^", "Z": "$", "z": "$"][scalar].map { "write \($0) for the end that it stands for" }
                throw failure("\"\\\(scalar)\" is no escape of ECMA-262", hint: meant)
            }
            return scalar.isASCII ? "\\\(scalar)" : String(scalar)
        }
    }

    /// White space and line terminators of ECMA-262, of which RE2's `\s` has the ASCII ones but `\v`.
    private static let space =
        #"\t-\r \x{A0}\x{1680}\x{2000}-\x{200A}\x{2028}\x{2029}\x{202F}\x{205F}\x{3000}\x{FEFF}"#

    private static let notSpace =
        #"\x00-\x08\x0E-\x1F!-\x{9F}\x{A1}-\x{167F}\x{1681}-\x{1FFF}\x{200B}-\x{2027}\x{202A}-\x{202E}"#
        + #"\x{2030}-\x{205E}\x{2060}-\x{2FFF}\x{3001}-\x{FEFE}\x{FF00}-\x{10FFFF}"#

    private static func character(_ code: UInt32) -> String { "\\x{\(String(code, radix: 16))}" }

    /// What follows `\u`: four digits, a pair of surrogates, or digits in braces.
    private mutating func unicodeEscape() throws(RegularExpression.PatternError) -> String {
        if take("{") {
            guard let digits = text(before: "}"), let code = UInt32(digits, radix: 16), Unicode.Scalar(code) != nil
            else { throw failure(#""\u{…}" names no character"#) }
            return Self.character(code)
        }
        guard let unit = hexadecimal(digits: 4) else { throw failure(#"four hexadecimal digits should follow "\u""#) }
        if Unicode.Scalar(unit) != nil { return Self.character(unit) }
        guard unit < 0xDC00, take("\\u"), let low = hexadecimal(digits: 4), (0xDC00...0xDFFF).contains(low) else {
            throw failure("half of a surrogate pair stands alone")
        }
        return Self.character(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
    }

    /// What follows `\p` or `\P`: a category or script in braces.
    private mutating func property(
        isNegated: Bool, isInClass: Bool
    ) throws(RegularExpression.PatternError) -> String {
        let letter = isNegated ? "P" : "p"
        guard take("{"), let written = text(before: "}") else {
            throw failure(
                "a property in braces should follow \"\\\(letter)\"", hint: #"such as \p{L}, \p{Lu}, \p{Greek}"#)
        }
        if written == "ASCII" {
            let range = isNegated ? #"\x{80}-\x{10FFFF}"# : #"\x00-\x7F"#
            return isInClass ? range : "[\(range)]"
        }
        var name = written[...]
        for prefix in ["General_Category=", "gc=", "Script=", "sc=", "Script_Extensions=", "scx="]
        where written.hasPrefix(prefix) {
            name = written.dropFirst(prefix.count)
        }
        return "\\\(letter){\(Self.categories[String(name)] ?? String(name))}"
    }

    /// Long names of the general categories (PropertyValueAliases.txt of Unicode); RE2 knows the short ones.
    private static let categories = [
        "Other": "C", "Control": "Cc", "cntrl": "Cc", "Format": "Cf", "Private_Use": "Co",
        "Letter": "L", "Lowercase_Letter": "Ll", "Modifier_Letter": "Lm", "Other_Letter": "Lo",
        "Titlecase_Letter": "Lt", "Uppercase_Letter": "Lu",
        "Mark": "M", "Combining_Mark": "M", "Spacing_Mark": "Mc", "Enclosing_Mark": "Me", "Nonspacing_Mark": "Mn",
        "Number": "N", "Decimal_Number": "Nd", "digit": "Nd", "Letter_Number": "Nl", "Other_Number": "No",
        "Punctuation": "P", "punct": "P", "Connector_Punctuation": "Pc", "Dash_Punctuation": "Pd",
        "Close_Punctuation": "Pe", "Final_Punctuation": "Pf", "Initial_Punctuation": "Pi",
        "Other_Punctuation": "Po", "Open_Punctuation": "Ps",
        "Symbol": "S", "Currency_Symbol": "Sc", "Modifier_Symbol": "Sk", "Math_Symbol": "Sm", "Other_Symbol": "So",
        "Separator": "Z", "Line_Separator": "Zl", "Paragraph_Separator": "Zp", "Space_Separator": "Zs",
    ]
}
