internal import Core

/// A JSON pointer (RFC 6901) as its text.
struct JSONPointer: Hashable, Sendable {
    private let exact: ExactText

    /// The whole document.
    static let root = JSONPointer(text: "")

    init(text: String) {
        exact = ExactText(text)
    }

    /// The text: empty, or each token behind a slash.
    var text: String { exact.text }

    func appending(_ name: String) -> JSONPointer { JSONPointer(text: text + "/" + Self.escaped(name)) }

    func appending(_ place: Int) -> JSONPointer { JSONPointer(text: "\(text)/\(place)") }

    /// The tokens without their escapes.
    var tokens: [String] {
        text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst().map(Self.unescaped)
    }

    /// A token as it stands in a pointer.
    static func escaped(_ name: String) -> String {
        guard name.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return name }
        var token = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "~": token += "~0"
            case "/": token += "~1"
            default: token.unicodeScalars.append(scalar)
            }
        }
        return token
    }

    private static func unescaped(_ token: Substring.UTF8View) -> String {
        var bytes: [UInt8] = []
        var rest = token
        while let byte = rest.popFirst() {
            switch (byte, rest.first) {
            case (UInt8(ascii: "~"), UInt8(ascii: "0")): rest.removeFirst()
            case (UInt8(ascii: "~"), UInt8(ascii: "1")):
                rest.removeFirst()
                bytes.append(UInt8(ascii: "/"))
                continue
            default: break
            }
            bytes.append(byte)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension JSON {
    /// The member of that name, or the element at the place that the token says.
    func child(at token: String) -> JSON? {
        switch self {
        case .object(let members): return members[token]
        case .array(let elements):
            guard let place = Int(token), String(place) == token, elements.indices.contains(place) else { return nil }
            return elements[place]
        default: return nil
        }
    }
}
