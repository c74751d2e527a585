/// A key of a terminal, as its bytes tell it.
enum Key: Sendable, Hashable {
    case up
    case down
    case pageUp
    case pageDown
    /// Home and End.
    case first
    case last
    case enter
    /// Escape, Backspace or the arrow to the left.
    case back
    case character(Character)
    /// One that means nothing here.
    case other

    /// How long the rest of a key may take: what comes later begins another one, so a lone Escape is one too.
    private static let restMilliseconds: Int32 = 50

    /// Reads one key.
    /// - Parameter next: the next byte, waited for that long or, with nil, for ever; nil when there is none.
    /// - Returns: nil when nothing more is typed, also after Ctrl-D.
    static func read(_ next: (_ milliseconds: Int32?) -> UInt8?) -> Key? {
        guard let byte = next(nil) else { return nil }
        switch byte {
        case 0x04: return nil
        case 0x0A, 0x0D: return .enter
        case 0x08, 0x7F: return .back
        case 0x1B: return sequence(next)
        case 0x20...0x7E: return .character(Character(Unicode.Scalar(byte)))
        case 0xC2...0xF4: return character(byte, next)
        default: return .other
        }
    }

    /// What stands behind an Escape (ECMA-48, xterm's "PC-Style Function Keys").
    private static func sequence(_ next: (_ milliseconds: Int32?) -> UInt8?) -> Key {
        guard let kind = next(restMilliseconds) else { return .back }
        guard kind == UInt8(ascii: "[") || kind == UInt8(ascii: "O") else { return .other }
        var parameters: [UInt8] = []
        while let byte = next(restMilliseconds), parameters.count < 16 {
            guard (0x40...0x7E).contains(byte) else {
                parameters.append(byte)
                continue
            }
            switch byte {
            case UInt8(ascii: "A"): return .up
            case UInt8(ascii: "B"): return .down
            case UInt8(ascii: "D"): return .back
            case UInt8(ascii: "H"): return .first
            case UInt8(ascii: "F"): return .last
            case UInt8(ascii: "~"): return numbered(parameters)
            default: return .other
            }
        }
        return .other
    }

    private static func numbered(_ parameters: [UInt8]) -> Key {
        switch String(decoding: parameters, as: UTF8.self) {
        case "1", "7": .first
        case "4", "8": .last
        case "5": .pageUp
        case "6": .pageDown
        default: .other
        }
    }

    /// A character of several bytes in UTF-8.
    private static func character(_ first: UInt8, _ next: (_ milliseconds: Int32?) -> UInt8?) -> Key {
        var bytes = [first]
        let count = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
        while bytes.count < count {
            guard let byte = next(restMilliseconds) else { return .other }
            bytes.append(byte)
        }
        guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else { return .other }
        return .character(character)
    }
}
