extension RegularExpression {
    /// Compiles a pattern as JSON Schema has them: ECMA-262 with the flag `u`. What a search in linear time cannot do
    /// (look-around, references to groups) is refused by name.
    public static func compile(ecmaScript pattern: String) -> Result<RegularExpression, PatternError> {
        var translator = ECMAScriptTranslator(pattern)
        do throws(PatternError) {
            return compile(try translator.translate())
        } catch {
            return .failure(error)
        }
    }
}

/// Writes a pattern of ECMA-262 in the syntax of RE2, where the two differ. Groups no longer capture: nobody asks what
/// they matched.
struct ECMAScriptTranslator {
    private(set) var scalars: ArraySlice<Unicode.Scalar>
    private var out = String.UnicodeScalarView()

    init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)[...]
    }

    mutating func translate() throws(RegularExpression.PatternError) -> String {
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\\": write(try escape(isInClass: false))
            // All but the line terminators; RE2 knows only the first of them.
            case ".": write(#"[^\n\r\x{2028}\x{2029}]"#)
            case "[": try characterClass()
            case "(": write(try group())
            default: out.append(scalar)
            }
        }
        return String(out)
    }

    private mutating func write(_ text: String) {
        out.append(contentsOf: text.unicodeScalars)
    }

    /// What follows `(`.
    private mutating func group() throws(RegularExpression.PatternError) -> String {
        guard take("?") else { return "(?:" }
        if take(":") { return "(?:" }
        if take("i:") { return "(?i:" }
        if take("-i:") { return "(?-i:" }
        for look in ["=", "!", "<=", "<!"] where take(look) {
            throw failure(
                "look-around \"(?\(look)\" is not supported",
                hint: "matching takes linear time, which it would not allow; write two patterns in \"allOf\" instead")
        }
        if take("<"), let end = scalars.firstIndex(of: ">") {
            scalars = scalars[(end + 1)...]
            return "(?:"
        }
        throw failure("\"(?\(rest)\" starts no group of ECMA-262", hint: "groups start with ( or (?: or (?<name>")
    }

    /// What follows `[`, up to and with `]`.
    private mutating func characterClass() throws(RegularExpression.PatternError) {
        let isNegated = take("^")
        if take("]") {
            write(isNegated ? #"[\x00-\x{10FFFF}]"# : #"[^\x00-\x{10FFFF}]"#)
            return
        }
        write(isNegated ? "[^" : "[")
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "]":
                write("]")
                return
            case "\\": write(try escape(isInClass: true))
            // RE2 reads [[:name:]] as a class of POSIX.
            case "[": write(#"\["#)
            default: out.append(scalar)
            }
        }
        throw failure("a \"[\" is not closed")
    }

    /// Takes this text if it stands next.
    mutating func take(_ text: String) -> Bool {
        guard scalars.starts(with: text.unicodeScalars) else { return false }
        scalars = scalars.dropFirst(text.unicodeScalars.count)
        return true
    }

    /// Takes the next character.
    mutating func next() -> Unicode.Scalar? { scalars.popFirst() }

    /// Takes as many hexadecimal digits.
    mutating func hexadecimal(digits count: Int) -> UInt32? {
        let digits = scalars.prefix(count)
        guard digits.count == count, digits.allSatisfy({ $0.properties.isASCIIHexDigit }) else { return nil }
        scalars = scalars.dropFirst(count)
        return UInt32(String(String.UnicodeScalarView(digits)), radix: 16)
    }

    /// Takes what stands before this character, and the character.
    mutating func text(before end: Unicode.Scalar) -> String? {
        guard let place = scalars.firstIndex(of: end) else { return nil }
        defer { scalars = scalars[(place + 1)...] }
        return String(String.UnicodeScalarView(scalars[..<place]))
    }

    private var rest: String { String(String.UnicodeScalarView(scalars.prefix(8))) }

    func failure(_ message: String, hint: String? = nil) -> RegularExpression.PatternError {
        RegularExpression.PatternError(message: "not a regular expression: \(message)", hint: hint)
    }
}
