public import Core

extension Value {
    /// The value as JSON. Bytes become base64, timestamps RFC 3339, durations seconds with `s`, keys that are numbers
    /// or booleans their text, unsigned integers beyond 64 bits with sign doubles, and optionals their content or null.
    /// - Throws: `SignalboxError` when JSON has no word for a value (NaN, infinity, a type), when two keys have the
    ///   same text, or when the whole is larger than an output may be.
    public func json() throws -> JSON {
        // Parts may be shared many times over: what the text would take bounds the work.
        var remaining = Limits.outputBytesMaximum
        return try json(&remaining)
    }

    private func json(_ remaining: inout Int) throws -> JSON {
        switch self {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .int(let value): return .int(value)
        case .uint(let value): return Int64(exactly: value).map(JSON.int) ?? .double(Double(value))
        case .double(let value):
            guard value.isFinite else { throw Self.refusal("JSON cannot hold \(ValueText.text(of: value)).") }
            return .double(value)
        case .string(let value): return try Self.text(value, &remaining)
        case .bytes(let value): return try Self.text(Base64.encode(value), &remaining)
        case .timestamp(let value): return .string(value.text)
        case .duration(let nanoseconds): return .string(FractionText.seconds(ofNanoseconds: nanoseconds))
        case .type(let type): throw Self.refusal("JSON cannot hold the type \(type.name).")
        case .optional(let content): return try content?.json(&remaining) ?? .null
        case .list(let list):
            if let elements = list.json { return try Self.wrapped(.array(elements), &remaining) }
            return .array(
                try list.map { element in
                    try Self.take(1, from: &remaining)
                    return try element.json(&remaining)
                })
        case .map(let map):
            if let members = map.json { return try Self.wrapped(.object(members), &remaining) }
            var members = JSONObject()
            for place in 0..<map.count {
                let (key, value) = map.entry(at: place)
                guard members[key.text] == nil else {
                    throw Self.refusal("Two keys of the map are both \"\(key.text.prefix(40))\" as text.")
                }
                try Self.take(key.text.utf8.count + 4, from: &remaining)
                members[key.text] = try value.json(&remaining)
            }
            return .object(members)
        }
    }

    private static func text(_ text: String, _ remaining: inout Int) throws -> JSON {
        try take(text.utf8.count, from: &remaining)
        return .string(text)
    }

    /// JSON that goes through as it came. If it is the whole value nothing has to be counted: it was bounded when it
    /// came in.
    private static func wrapped(_ json: JSON, _ remaining: inout Int) throws -> JSON {
        if remaining < Limits.outputBytesMaximum { try count(json, &remaining) }
        return json
    }

    private static func count(_ json: JSON, _ remaining: inout Int) throws {
        switch json {
        case .null, .bool, .int, .double: try take(2, from: &remaining)
        case .string(let text): try take(text.utf8.count + 2, from: &remaining)
        case .array(let elements):
            for element in elements {
                try take(1, from: &remaining)
                try count(element, &remaining)
            }
        case .object(let members):
            for member in members {
                try take(member.name.utf8.count + 4, from: &remaining)
                try count(member.value, &remaining)
            }
        }
    }

    private static func take(_ bytes: Int, from remaining: inout Int) throws {
        guard bytes <= remaining else {
            throw SignalboxError(.limit, "The value is larger than \(Limits.outputBytesMaximum) bytes of JSON.")
        }
        remaining -= bytes
    }

    private static func refusal(_ sentence: String) -> SignalboxError {
        SignalboxError(.expression, sentence, hint: "Convert it with string(…) first.")
    }
}
