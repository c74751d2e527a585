/// A character that is not drawn, or that changes how others are drawn: where a text holds one, what is read may differ
/// from what is there.
///
/// They are those that Unicode calls `Default_Ignorable_Code_Point`, among them all of `Bidi_Control` (UAX #44, as the
/// standard library carries it), the controls, the separators of lines and paragraphs, and the anchors of annotations.
/// What is ordinary in its place is none: joiners within emoji and in scripts that use them (UAX #31 §2.3), variation
/// selectors behind what has variants (UTS #51, UTS #37). Why it matters: UTS #39, and "Trojan Source" (CVE-2021-42574).
public struct HiddenCharacter: Sendable, Hashable {
    /// The character itself.
    public let scalar: Unicode.Scalar

    public init(_ scalar: Unicode.Scalar) {
        self.scalar = scalar
    }

    /// `U+202E`
    public var code: String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    }

    /// What stands for it where it is named: `<U+202E>`.
    public var mark: String { "<\(code)>" }

    /// In words: `right-to-left override (U+202E)`.
    public var words: String {
        guard let name = scalar.properties.name else { return scalar.value < 0xA0 ? "control (\(code))" : code }
        return "\(name.lowercased()) (\(code))"
    }

    /// Whether a character is hidden where it stands.
    /// - Parameters:
    ///   - previous: the one before it in the text; nil at its beginning.
    ///   - next: the one behind it; nil at the end.
    public static func isHidden(
        _ scalar: Unicode.Scalar, after previous: Unicode.Scalar?, before next: Unicode.Scalar?
    ) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0x0D: next != "\n"
        case 0x20..<0x7F: false
        case 0..<0xA0, 0x2028, 0x2029, 0xFFF9...0xFFFB: true
        // ZERO WIDTH NON-JOINER, ZERO WIDTH JOINER
        case 0x200C, 0x200D: !(previous.map(isJoined) ?? false)
        default:
            if scalar.properties.isVariationSelector {
                !(previous.map { hasVariants($0, next: next) } ?? false)
            } else {
                scalar.properties.isDefaultIgnorableCodePoint
            }
        }
    }

    /// Emoji, and the blocks from Arabic to Sinhala, of Myanmar, and from Khmer to Mongolian.
    private static func isJoined(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x80: false
        case 0x0600...0x0DFF, 0x1000...0x109F, 0x1780...0x18AF, 0xFE0F: true
        default: scalar.properties.isEmoji
        }
    }

    private static func hasVariants(_ scalar: Unicode.Scalar, next: Unicode.Scalar?) -> Bool {
        // Keys such as 1️⃣ are a digit with a selector and a frame.
        if scalar.isASCII { return scalar.properties.isEmoji && next == "\u{20E3}" }
        let isMongolian = (0x1800...0x18AF).contains(scalar.value)
        return isMongolian || scalar.properties.isEmoji || scalar.properties.isIdeographic
    }
}

extension HiddenCharacter {
    /// A stretch of a text.
    public enum Piece: Sendable, Hashable {
        case shown(String)
        case hidden(HiddenCharacter)
    }

    /// The text in stretches: what is shown, and one by one what is not.
    public static func pieces(of text: String) -> [Piece] {
        guard text.utf8.contains(where: mayBelong) else { return text.isEmpty ? [] : [.shown(text)] }
        var pieces: [Piece] = []
        var shown = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if isHidden(scalar, after: previous, before: rest.first) {
                if !shown.isEmpty { pieces.append(.shown(String(shown))) }
                shown = String.UnicodeScalarView()
                pieces.append(.hidden(HiddenCharacter(scalar)))
            } else {
                shown.append(scalar)
            }
            previous = scalar
        }
        if !shown.isEmpty { pieces.append(.shown(String(shown))) }
        return pieces
    }

    /// The first hidden character of a text, also a line break or a tab where a text must stand on one line; nil when it has
    /// none.
    /// - Parameter isLine: whether it must.
    public static func first(in text: String, isLine: Bool = false) -> HiddenCharacter? {
        if isLine, let scalar = text.unicodeScalars.first(where: { $0 == "\t" || $0 == "\n" || $0 == "\r" }) {
            return HiddenCharacter(scalar)
        }
        return pieces(of: text).lazy.compactMap { piece in
            if case .hidden(let character) = piece { character } else { nil }
        }.first
    }

    /// What is wrong with a name that people read on one line: that it holds a character that is not seen; nil for a fine
    /// one.
    public static func complaint(about name: String) -> String? {
        first(in: name, isLine: true).map { "it holds a character that is not seen: \($0.words)" }
    }

    /// Whether nothing of a text is seen.
    public static func isBlank(_ text: String) -> Bool {
        pieces(of: text).allSatisfy { piece in
            if case .shown(let text) = piece { text.allSatisfy(\.isWhitespace) } else { true }
        }
    }

    /// The text with each hidden character named where it stands: `invoice<U+202E>fdp.exe`.
    public static func naming(in text: String) -> String {
        pieces(of: text).map { piece in
            switch piece {
            case .shown(let text): text
            case .hidden(let character): character.mark
            }
        }.joined()
    }

    /// Whether a byte can be a part of one; most texts have none of these.
    private static func mayBelong(_ byte: UInt8) -> Bool {
        byte >= 0x7F || (byte < 0x20 && byte != 0x09 && byte != 0x0A)
    }
}
