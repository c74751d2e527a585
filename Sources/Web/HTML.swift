/// A piece of a page as UTF-8 bytes, written as a string literal: an interpolated `String` is escaped for text and for
/// quoted attributes, an interpolated `HTML` is put in as it is. There is no other way to make one anew, so nothing
/// that came from outside can become markup.
public struct HTML: Sendable, Hashable {
    /// The markup.
    public private(set) var bytes: [UInt8]

    /// Nothing.
    public static let empty: HTML = ""

    /// The pieces one after the other.
    public init(_ pieces: some Sequence<HTML>) {
        bytes = pieces.reduce(into: []) { $0.append(contentsOf: $1.bytes) }
    }

    /// A part of markup that was made here before, as it is. Only for what takes markup apart and keeps some of it.
    init(kept bytes: ArraySlice<UInt8>) {
        self.bytes = Array(bytes)
    }

    /// The markup as text, for tests and messages.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Appends a piece.
    public static func += (left: inout HTML, right: HTML) {
        left.bytes.append(contentsOf: right.bytes)
    }
}

extension HTML: ExpressibleByStringInterpolation {
    public init(stringLiteral value: StaticString) {
        bytes = value.withUTF8Buffer { unsafe Array($0) }
    }

    public init(stringInterpolation: StringInterpolation) {
        bytes = stringInterpolation.bytes
    }

    /// Collects the bytes of one literal.
    public struct StringInterpolation: StringInterpolationProtocol, Sendable {
        fileprivate var bytes: [UInt8] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 32)
        }

        public mutating func appendLiteral(_ literal: StaticString) {
            literal.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
        }

        /// Text, escaped; nothing for nil.
        public mutating func appendInterpolation(_ text: String?) {
            if let text { bytes.appendEscaped(text) }
        }

        /// Markup, as it is; nothing for nil.
        public mutating func appendInterpolation(_ markup: HTML?) {
            if let markup { bytes.append(contentsOf: markup.bytes) }
        }

        /// Pieces of markup one after the other.
        public mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { bytes.append(contentsOf: piece.bytes) }
        }

        /// A whole number in plain digits, for attributes; people read `Format.grouped`.
        public mutating func appendInterpolation(_ number: some BinaryInteger) {
            bytes.append(contentsOf: String(number).utf8)
        }

        /// Markup that is there only under a condition, and not even made otherwise.
        public mutating func appendInterpolation(_ markup: @autoclosure () -> HTML, if condition: Bool) {
            if condition { bytes.append(contentsOf: markup().bytes) }
        }

        /// ` name="value"` with its leading space; nothing for nil.
        public mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            bytes.append(contentsOf: " \(name)=\"".utf8)
            bytes.appendEscaped(value)
            bytes.append(UInt8(ascii: "\""))
        }

        /// ` name` with its leading space, if the condition holds.
        public mutating func appendInterpolation(attribute name: StaticString, if condition: Bool) {
            if condition { bytes.append(contentsOf: " \(name)".utf8) }
        }
    }
}

extension [UInt8] {
    fileprivate mutating func appendEscaped(_ text: String) {
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): append(contentsOf: "&amp;".utf8)
            case UInt8(ascii: "<"): append(contentsOf: "&lt;".utf8)
            case UInt8(ascii: ">"): append(contentsOf: "&gt;".utf8)
            case UInt8(ascii: "\""): append(contentsOf: "&quot;".utf8)
            case UInt8(ascii: "'"): append(contentsOf: "&#39;".utf8)
            // A bare carriage return would end a line of the event stream that carries the piece.
            case UInt8(ascii: "\r"): append(contentsOf: "&#13;".utf8)
            // A parser replaces this one anyway, and some tools stop at it.
            case 0: append(contentsOf: "\u{FFFD}".utf8)
            default: append(byte)
            }
        }
    }
}
