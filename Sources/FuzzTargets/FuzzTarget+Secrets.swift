internal import Core
internal import Secrets

extension FuzzTarget {
    /// Known secrets between two texts, in each spelling, and a document: nothing of a secret is left, whatever stands
    /// around it.
    static let redaction = FuzzTarget("redaction", bytesMaximum: 1 << 10) { bytes in
        let (first, second) = Input.parts(bytes)
        let (before, after) = (Input.text(first), Input.text(second))
        let redactor = Redactor(values: secrets.enumerated().map { (name: "N\($0)", value: $1) })
        for value in secrets {
            for spelling in [value, escaped(value), percentEncoded(value)] {
                try requireHidden(in: Array(redactor.redact(before + spelling + after).utf8))
            }
            for digits in [hexadecimal(value), hexadecimal(value).uppercased()] {
                let shown = redactor.redact(before + digits + after)
                try require(Array(shown.utf8).firstRange(of: Array(digits.utf8)) == nil, "its digits are shown")
            }
            let text = before + value + after
            let encoded = Base64.encode(Array(text.utf8))
            let shown = redactor.redact(encoded)
            try require(Array(shown.utf8).firstRange(of: Array(encoded.utf8)) == nil, "it stands there in Base64")
            let document: JSON = ["text": .string(text), text: [.string(value)]]
            try requireHidden(in: redactor.redact(document).bytes)
        }
        guard let json = try unlessRefused({ try JSON(parsing: bytes) }) else { return }
        try requireHidden(in: redactor.redact(json).bytes)
    }

    /// One is the beginning of another, two have characters that are escaped.
    private static let secrets = [
        "correct-horse-battery", "correct-horse-battery-staple", "pässwört \"mit\" \\ Zeichen/+%",
        "Zeilen\nund\tLücken",
    ]

    private static func requireHidden(in shown: [UInt8]) throws {
        for value in secrets {
            for spelling in [value, escaped(value), percentEncoded(value)] {
                try require(shown.firstRange(of: Array(spelling.utf8)) == nil, "a secret is shown")
            }
        }
    }

    /// As inside a text of JSON.
    private static func escaped(_ value: String) -> String { String(JSON.string(value).text.dropFirst().dropLast()) }

    private static func hexadecimal(_ value: String) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: value.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// RFC 3986: all but the unreserved characters.
    private static func percentEncoded(_ value: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        let unreserved = Array("-._~".utf8)
        let encoded = value.utf8.flatMap { byte -> [UInt8] in
            let isAlphanumeric = [0x30...0x39, 0x41...0x5A, 0x61...0x7A].contains { $0.contains(byte) }
            guard !isAlphanumeric, !unreserved.contains(byte) else { return [byte] }
            return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}
