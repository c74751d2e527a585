/// The strings extension: what makes texts from texts. Indices count code points.
enum StringFunctions: Sendable {
    static let all: [Function] = [
        .member("charAt", 2...2, character),
        .member("substring", 2...3, substring),
        .member("lowerAscii", 1...1) { arguments, budget throws(EvaluationError) in
            try mapBytes(arguments, &budget) { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 }
        },
        .member("upperAscii", 1...1) { arguments, budget throws(EvaluationError) in
            try mapBytes(arguments, &budget) { (0x61...0x7A).contains($0) ? $0 - 0x20 : $0 }
        },
        .member("trim", 1...1, trim),
        .member("reverse", 1...1, reverse),
        .member("join", 1...2, join),
        .global("strings.quote", 1...1, quote),
        .member("format", 2...2, format),
    ]

    @Sendable private static func character(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .int(let index)) = (arguments[0], arguments[1]) else { return nil }
        try budget.chargeReading(bytes: text.utf8.count)
        let scalars = text.unicodeScalars
        guard let offset = Int(exactly: index), offset >= 0,
            let place = scalars.index(scalars.startIndex, offsetBy: offset, limitedBy: scalars.endIndex)
        else { throw .indexOutOfRange(index) }
        return .string(place == scalars.endIndex ? "" : String(scalars[place]))
    }

    @Sendable private static func substring(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .int(let start)) = (arguments[0], arguments[1]) else { return nil }
        try budget.chargeBuilding(bytes: text.utf8.count)
        let scalars = Array(text.unicodeScalars)
        var end = Int64(scalars.count)
        if arguments.count == 3 {
            guard case .int(let value) = arguments[2] else { return nil }
            end = value
        }
        guard start >= 0, start <= scalars.count else { throw .indexOutOfRange(start) }
        guard end >= 0, end <= scalars.count else { throw .indexOutOfRange(end) }
        guard start <= end else {
            throw EvaluationError(
                .invalidArgument, "the substring would start at \(start) and end before it, at \(end)")
        }
        return .string(String(String.UnicodeScalarView(scalars[Int(start)..<Int(end)])))
    }

    private static func mapBytes(
        _ arguments: [Value], _ budget: inout Budget, _ transform: (UInt8) -> UInt8
    ) throws(EvaluationError) -> Value? {
        guard case .string(let text) = arguments[0] else { return nil }
        try budget.chargeBuilding(bytes: text.utf8.count)
        return .string(String(decoding: text.utf8.map(transform), as: UTF8.self))
    }

    /// Without Unicode's white space at both ends.
    @Sendable private static func trim(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        guard case .string(let text) = arguments[0] else { return nil }
        try budget.chargeBuilding(bytes: text.utf8.count)
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return .string("") }
        return .string(String(scalars[first...last]))
    }

    /// The code points of a text, or the elements of a list, from last to first.
    @Sendable private static func reverse(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        switch arguments[0] {
        case .string(let text):
            try budget.chargeBuilding(bytes: text.utf8.count)
            return .string(String(String.UnicodeScalarView(text.unicodeScalars.reversed())))
        case .list(let list):
            try budget.charge(list.count)
            return .list(List(list.values.reversed()))
        default: return nil
        }
    }

    @Sendable private static func join(_ arguments: [Value], _ budget: inout Budget) throws(EvaluationError) -> Value? {
        guard case .list(let list) = arguments[0] else { return nil }
        var separator = ""
        if arguments.count == 2 {
            guard case .string(let text) = arguments[1] else { return nil }
            separator = text
        }
        var joined = ""
        for place in list.indices {
            guard case .string(let text) = list[place] else { return nil }
            try budget.chargeBuilding(bytes: text.utf8.count + separator.utf8.count)
            if place > 0 { joined += separator }
            joined += text
        }
        return .string(joined)
    }

    /// The text between double quotes with escapes, as it would stand in an expression.
    @Sendable private static func quote(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case .string(let text) = arguments[0] else { return nil }
        try budget.chargeBuilding(bytes: text.utf8.count * 2)
        var out = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{07}": out += "\\a"
            case "\u{08}": out += "\\b"
            case "\u{0C}": out += "\\f"
            case "\n": out += "\\n"
            case "\r": out += "\\r"
            case "\t": out += "\\t"
            case "\u{0B}": out += "\\v"
            case "\\": out += "\\\\"
            case "\"": out += "\\\""
            default: out.unicodeScalars.append(scalar)
            }
        }
        return .string(out + "\"")
    }

    @Sendable private static func format(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let pattern), .list(let values)) = (arguments[0], arguments[1]) else { return nil }
        return .string(try Formatter.format(pattern, values, &budget))
    }
}

extension EvaluationError {
    static func indexOutOfRange(_ index: Int64) -> EvaluationError {
        EvaluationError(.invalidArgument, "the index \(index) is outside of the text")
    }
}
