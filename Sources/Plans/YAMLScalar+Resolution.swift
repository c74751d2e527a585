internal import Core

extension YAMLScalar {
    /// What a plain (unquoted) scalar means by the core schema of YAML 1.2 (https://yaml.org/spec/1.2.2/ §10.3.2):
    /// `yes`, `no`, `on` and `off` are texts. Nil for `.inf` and `.nan`, for which JSON has no words.
    static func meaning(ofPlain text: String) -> JSON? {
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: break
        }
        // Only these characters can begin a number; most texts of a plan leave here.
        guard let first = text.utf8.first, "+-.0123456789".utf8.contains(first) else { return .string(text) }
        if let integer = integer(text) { return integer }
        let unsigned = text.drop { $0 == "+" || $0 == "-" }
        if text.count - unsigned.count <= 1, [".inf", ".Inf", ".INF"].contains(unsigned) { return nil }
        if [".nan", ".NaN", ".NAN"].contains(text) { return nil }
        guard isFloat(text.utf8[...]), let value = Double(text) else { return .string(text) }
        return value.isFinite ? .double(value) : nil
    }

    private static func integer(_ text: String) -> JSON? {
        if text.hasPrefix("0o") || text.hasPrefix("0x") {
            let digits = text.dropFirst(2)
            guard digits.first != "-", digits.first != "+" else { return nil }
            return Int64(digits, radix: text.hasPrefix("0o") ? 8 : 16).map { .int($0) }
        }
        return Int64(text).map { .int($0) }
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`; `Double` itself accepts more.
    private static func isFloat(_ text: Substring.UTF8View) -> Bool {
        var rest = text
        func dropSign() {
            if rest.first == UInt8(ascii: "+") || rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
        }
        func dropDigits() -> Int {
            let before = rest.count
            rest = rest.drop { (0x30...0x39).contains($0) }
            return before - rest.count
        }
        dropSign()
        var digits = dropDigits()
        if rest.first == UInt8(ascii: ".") {
            rest = rest.dropFirst()
            digits += dropDigits()
        }
        guard digits > 0 else { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest = rest.dropFirst()
            dropSign()
            guard dropDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
