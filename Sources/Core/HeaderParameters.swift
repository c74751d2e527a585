/// The value of a header such as `form-data; name="a"; filename="b c"` (RFC 9110 §5.6.6): a first word, and parameters.
public struct HeaderParameters: Sendable {
    /// What stands before the first semicolon, in lower case.
    public private(set) var word = ""
    private var parameters: [(name: String, value: String)] = []

    /// Reads what can be read: what has no value is left out.
    public init(_ text: String) {
        var rest = text.unicodeScalars[...]
        word = Self.text(Self.take(&rest) { $0 != ";" })
        while rest.popFirst() != nil {
            let name = Self.text(Self.take(&rest) { $0 != "=" && $0 != ";" })
            guard rest.first == "=" else { continue }
            rest.removeFirst()
            while let next = rest.first, next == " " || next == "\t" { rest.removeFirst() }
            let value = rest.first == "\"" ? Self.quoted(&rest) : Self.trimmed(Self.take(&rest) { $0 != ";" })
            parameters.append((name, value))
            _ = Self.take(&rest) { $0 != ";" }
        }
    }

    /// The value of the first parameter of that name, which is in lower case.
    public func first(_ name: String) -> String? {
        parameters.first { $0.name == name }?.value
    }

    /// How many parameters of that name there are.
    public func count(_ name: String) -> Int {
        parameters.count { $0.name == name }
    }

    private typealias Scalars = Substring.UnicodeScalarView

    private static func take(_ rest: inout Scalars, while belongs: (Unicode.Scalar) -> Bool) -> Scalars {
        let taken = rest.prefix(while: belongs)
        rest = rest[taken.endIndex...]
        return taken
    }

    /// A text in quotation marks. A backslash stands before a quotation mark or another backslash; before anything else it
    /// is meant as it stands, in paths of old clients.
    private static func quoted(_ rest: inout Scalars) -> String {
        rest.removeFirst()
        var value = String.UnicodeScalarView()
        while let next = rest.popFirst(), next != "\"" {
            if next == "\\", let escaped = rest.first, escaped == "\"" || escaped == "\\" {
                rest.removeFirst()
                value.append(escaped)
            } else {
                value.append(next)
            }
        }
        return String(value)
    }

    private static func text(_ scalars: Scalars) -> String { trimmed(scalars).lowercased() }

    private static func trimmed(_ scalars: Scalars) -> String {
        var rest = scalars
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(Substring(rest))
    }
}
