internal import Core
internal import Glibc
internal import RegularExpressions

/// The formats of texts that can be asserted; others are notes only.
enum SchemaFormat: String, Sendable, CaseIterable {
    case date, time, dateTime = "date-time", duration, email, hostname, ipv4, ipv6, uri, uriReference = "uri-reference"
    case uuid, jsonPointer = "json-pointer"

    /// Whether the text is of this format.
    func includes(_ text: String) -> Bool {
        switch self {
        case .date: Self.isDate(text)
        case .time: Self.isTime(text)
        case .dateTime:
            // The date has ten characters, and a T in between.
            text.utf8.count > 11 && [UInt8(ascii: "T"), UInt8(ascii: "t")].contains(text.utf8.dropFirst(10).first)
                && Self.isDate(String(decoding: text.utf8.prefix(10), as: UTF8.self))
                && Self.isTime(String(decoding: text.utf8.dropFirst(11), as: UTF8.self))
        case .ipv4: Self.isAddress(text, of: AF_INET)
        case .ipv6: Self.isAddress(text, of: AF_INET6)
        case .hostname: text.utf8.count <= 253 && Self.matches(text, .hostname)
        case .email: text.utf8.count <= 254 && Self.matches(text, .email)
        default: Self.matches(text, self)
        }
    }

    /// What it is, for sentences.
    var phrase: String {
        switch self {
        case .date: "a date"
        case .time: "a time of day with its zone"
        case .dateTime: "a date and time with its zone"
        case .duration: "a duration"
        case .email: "an email address"
        case .hostname: "a host name"
        case .ipv4: "an IPv4 address"
        case .ipv6: "an IPv6 address"
        case .uri: "a URI"
        case .uriReference: "a URI or a relative reference"
        case .uuid: "a UUID"
        case .jsonPointer: "a JSON pointer"
        }
    }

    /// One of them, for hints.
    var example: String? {
        switch self {
        case .date: "2026-02-28"
        case .time: "09:30:00Z"
        case .dateTime: "2026-02-28T09:30:00Z"
        case .duration: "P3DT12H"
        case .email: "someone@example.com"
        case .hostname: "www.example.com"
        case .ipv4: "192.0.2.1"
        case .ipv6: "2001:db8::1"
        case .uri: "https://example.com/"
        case .uriReference: nil
        case .uuid: "123e4567-e89b-42d3-a456-426614174000"
        case .jsonPointer: "/lines/0/amount"
        }
    }

    /// RFC 3339 `full-date`, of a day that exists.
    private static func isDate(_ text: String) -> Bool {
        guard matches(text, .date) else { return false }
        let numbers = text.utf8.split(separator: UInt8(ascii: "-")).compactMap { Int(String(Substring($0))) }
        guard numbers.count == 3, 1...12 ~= numbers[1] else { return false }
        let isLeap = numbers[0] % 4 == 0 && (numbers[0] % 100 != 0 || numbers[0] % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return 1...days[numbers[1] - 1] ~= numbers[2]
    }

    /// RFC 3339 `full-time`; a leap second is the last one of a day in UTC.
    private static func isTime(_ text: String) -> Bool {
        guard matches(text, .time) else { return false }
        let bytes = Array(text.utf8)
        let number = { (place: Int) in Int(bytes[place] - 48) * 10 + Int(bytes[place + 1] - 48) }
        guard number(6) == 60 else { return true }
        var minutes = number(0) * 60 + number(3)
        if bytes[bytes.count - 3] == UInt8(ascii: ":"), bytes.count > 8 {
            let offset = number(bytes.count - 5) * 60 + number(bytes.count - 2)
            minutes -= bytes[bytes.count - 6] == UInt8(ascii: "-") ? -offset : offset
        }
        return (minutes + 1440) % 1440 == 1439
    }

    private static func isAddress(_ text: String, of family: Int32) -> Bool {
        // C would read no further than a NUL.
        guard !text.utf8.contains(0) else { return false }
        var address = in6_addr()
        return unsafe inet_pton(family, text, &address) == 1
    }

    private static func matches(_ text: String, _ format: SchemaFormat) -> Bool {
        expressions[format]?.matches(text) ?? true
    }

    private static let expressions: [SchemaFormat: RegularExpression] = patterns.mapValues { pattern in
        switch RegularExpression.compile(pattern) {
        case .success(let expression): return expression
        case .failure(let failure): preconditionFailure("The pattern of a format is \(failure.message).")
        }
    }
}

extension SchemaFormat {
    /// What each must look like, in RE2's syntax.
    fileprivate static let patterns: [SchemaFormat: String] = [
        .date: #"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"#,
        .time: #"^(?:[01]\d|2[0-3]):[0-5]\d:(?:[0-5]\d|60)(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$"#,
        // RFC 3339, appendix A.
        .duration:
            "^P(?:\\d+W|T\(durationTime)|(?:\\d+D|\\d+M(?:\\d+D)?|\\d+Y(?:\\d+M(?:\\d+D)?)?)(?:T\(durationTime))?)$",
        .email:
            "^(?:\(atom)(?:\\.\(atom))*|\"(?:[^\"\\\\\\r\\n]|\\\\.)*\")@(?:\(host)|\\[(?:IPv6:)?[0-9A-Fa-f:.]+\\])$",
        .hostname: "^\(host)$",
        .uri: "^[A-Za-z][A-Za-z0-9+.-]*:(?:\(behindScheme))\(tail)$",
        .uriReference:
            "^(?:[A-Za-z][A-Za-z0-9+.-]*:(?:\(behindScheme))|\(authority)(?:/\(segment))*"
            + "|/(?:\(filled)(?:/\(segment))*)?"
            + "|(?:\(first)(?:/\(segment))*)?)\(tail)$",
        .uuid: "^(?i:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$",
        .jsonPointer: "^(?:/(?:[^~/]|~[01])*)*$",
    ]

    private static let durationTime = #"(?:\d+H(?:\d+M(?:\d+S)?)?|\d+M(?:\d+S)?|\d+S)"#
    /// RFC 5321, section 4.1.2.
    private static let atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
    /// RFC 1123, section 2.1.
    private static let host =
        "(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
    /// RFC 3986: characters of a path, but the slash.
    private static let segment = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})*"
    /// The same, not empty: two slashes at the beginning are for an authority.
    private static let filled = "(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-Fa-f]{2})+"
    /// The same without a colon, by which a scheme would be read.
    private static let first = "(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-Fa-f]{2})+"
    private static let authority =
        "//(?:(?:[A-Za-z0-9._~!$&'()*+,;=:-]|%[0-9A-Fa-f]{2})*@)?"
        + "(?:\\[[0-9A-Fa-fv:.]+\\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::[0-9]*)?"
    private static let behindScheme = "\(authority)(?:/\(segment))*|/?(?:\(filled)(?:/\(segment))*)?"
    private static let tail =
        "(?:\\?(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
        + "(?:#(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?"
}
