internal import Core

/// Names of elements: the same thing always has the same one, two things never share one, and a hostile name stays a
/// word. Morphing and links hang on them.
enum ElementID: Sendable {
    static func step(_ path: StepPath) -> String { "step-" + escaped(path.rawValue) }

    /// The id of a request, such as `7-1`, is digits and a dash.
    static func request(_ id: String) -> String { "request-\(id)" }

    static func field(_ name: String) -> String { "field-" + escaped(name) }

    static func output(_ name: String) -> String { "output-" + escaped(name) }

    /// Letters, digits and `_` stand for themselves; any other byte is `-` and two hexadecimal digits, so that the
    /// result can be told back and never collides.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): bytes.append(byte)
            default: bytes += [UInt8(ascii: "-"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Addresses that views carry.
enum Address: Sendable {
    /// The address if it leads to this server, else one that leads nowhere: should text from outside ever get into it,
    /// it must not become a script or another site.
    static func own(_ path: String) -> String {
        path.hasPrefix("/") && !path.hasPrefix("//") && !path.hasPrefix("/\\") ? path : "#"
    }
}
