internal import Core

/// The address in the request line, taken apart. The path is split before it is decoded, so that an escaped slash stays
/// inside its segment; segments that climb (`..`) are refused rather than resolved, for no honest client sends them.
struct RequestTarget: Sendable {
    var segments: [String]
    var query: Query

    /// Reads an origin-form target (RFC 9112 §3.2.1), as bytes of the request line.
    init(_ raw: some Collection<UInt8>) throws {
        guard raw.first == UInt8(ascii: "/") else {
            throw SignalboxError(
                .malformedRequest, "The address must be a path that starts with a slash.",
                hint: "Send requests straight to the server, not as to a proxy.")
        }
        let parts = raw.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        segments = try parts[0].dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
            .map { try Self.segment($0) }
        // "/" has no segments, and "/tasks/" names the same thing as "/tasks".
        if segments.last?.isEmpty == true { segments.removeLast() }
        query = parts.count == 2 ? try Self.parameters(parts[1], part: "query") : Query()
    }

    /// Names and values of `application/x-www-form-urlencoded`, which queries and forms share.
    static func parameters(_ raw: some Collection<UInt8>, part: String) throws -> Query {
        var parameters = Query()
        for parameter in raw.split(separator: UInt8(ascii: "&")) {
            guard parameters.count < Limits.formFieldsMaximum else {
                throw SignalboxError(.limit, "The \(part) has more than \(Limits.formFieldsMaximum) parameters.")
            }
            let sides = parameter.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = sides.count == 2 ? try decoded(sides[1], plusIsSpace: true, part: part) : ""
            parameters.add(try decoded(sides[0], plusIsSpace: true, part: part), value)
        }
        return parameters
    }

    private static func segment(_ raw: some Collection<UInt8>) throws -> String {
        let segment = try decoded(raw, plusIsSpace: false, part: "path")
        guard segment != ".", segment != ".." else {
            throw SignalboxError(.malformedRequest, "The path must not contain the segments \".\" and \"..\".")
        }
        return segment
    }

    private static func decoded(_ raw: some Collection<UInt8>, plusIsSpace: Bool, part: String) throws -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(raw.count)
        var rest = raw[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(hexDigit), let low = rest.popFirst().flatMap(hexDigit) else {
                    throw SignalboxError(
                        .malformedRequest, "A percent sign in the \(part) must be followed by two hexadecimal digits.",
                        hint: "Write a plain percent sign as %25.")
                }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsSpace: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw SignalboxError(.malformedRequest, "The \(part) is not valid UTF-8 after percent-decoding.")
        }
        let isPlain = bytes.allSatisfy { $0 != 0 && (plusIsSpace || $0 >= 0x20 && $0 != 0x7F) }
        guard isPlain else {
            throw SignalboxError(.malformedRequest, "The \(part) contains control characters.")
        }
        return text
    }

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
