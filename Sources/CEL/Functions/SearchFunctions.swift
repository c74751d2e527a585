/// The strings extension: what looks for a text in a text. Indices count code points.
enum SearchFunctions: Sendable {
    static let all: [Function] = [
        .member("indexOf", 2...3, firstIndex),
        .member("lastIndexOf", 2...3, lastIndex),
        .member("replace", 3...4, replace),
        .member("split", 2...3, split),
    ]

    @Sendable private static func firstIndex(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .string(let part)) = (arguments[0], arguments[1]) else { return nil }
        var start: Int64 = 0
        if arguments.count == 3 {
            guard case .int(let value) = arguments[2] else { return nil }
            start = value
        }
        let bytes = Array(text.utf8)
        guard let place = try bytePlace(of: start, in: bytes, &budget) else { throw .indexOutOfRange(start) }
        let found = try ByteSearch.first(of: Array(part.utf8), in: bytes, from: place, &budget)
        return .int(found.map { Int64(codePoints(bytes[..<$0])) } ?? -1)
    }

    @Sendable private static func lastIndex(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .string(let part)) = (arguments[0], arguments[1]) else { return nil }
        let bytes = Array(text.utf8)
        var place = bytes.count
        if arguments.count == 3 {
            guard case .int(let start) = arguments[2] else { return nil }
            guard let start = try bytePlace(of: start, in: bytes, &budget) else { throw .indexOutOfRange(start) }
            place = start
        }
        let found = try ByteSearch.last(of: Array(part.utf8), in: bytes, from: place, &budget)
        return .int(found.map { Int64(codePoints(bytes[..<$0])) } ?? -1)
    }

    /// The byte at which a code point begins; nil if there are fewer.
    private static func bytePlace(
        of index: Int64, in bytes: [UInt8], _ budget: inout Budget
    ) throws(EvaluationError) -> Int? {
        guard index >= 0, index <= bytes.count else { return nil }
        try budget.chargeReading(bytes: bytes.count)
        var left = index
        for (place, byte) in bytes.enumerated() where byte & 0xC0 != 0x80 {
            if left == 0 { return place }
            left -= 1
        }
        return left == 0 ? bytes.count : nil
    }

    private static func codePoints(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.count { $0 & 0xC0 != 0x80 }
    }

    @Sendable private static func replace(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard
            case (.string(let text), .string(let part), .string(let replacement)) =
                (arguments[0], arguments[1], arguments[2]), let limit = limit(arguments, at: 3)
        else { return nil }
        // An empty part stands before every code point and at the end.
        let pieces = try pieces(of: text, at: part, most: limit, includesEnds: true, &budget)
        let bytes = Array(replacement.utf8)
        var out: [UInt8] = []
        for (place, piece) in pieces.enumerated() {
            try budget.chargeBuilding(bytes: piece.count + bytes.count)
            if place > 0 { out += bytes }
            out += piece
        }
        return .string(String(decoding: out, as: UTF8.self))
    }

    @Sendable private static func split(
        _ arguments: [Value], _ budget: inout Budget
    ) throws(EvaluationError) -> Value? {
        guard case (.string(let text), .string(let separator)) = (arguments[0], arguments[1]),
            let limit = limit(arguments, at: 2)
        else { return nil }
        if limit == 0 { return .list(List([] as [Value])) }
        let cuts = limit == .max ? limit : limit - 1
        let pieces = try pieces(of: text, at: separator, most: cuts, includesEnds: false, &budget)
        return .list(List(pieces.map { .string(String(decoding: $0, as: UTF8.self)) }))
    }

    /// How often at most; negative numbers and no number mean always. Nil if it is not an integer.
    private static func limit(_ arguments: [Value], at place: Int) -> Int? {
        guard arguments.count > place else { return .max }
        guard case .int(let limit) = arguments[place] else { return nil }
        return limit < 0 ? .max : Int(exactly: limit) ?? .max
    }

    /// The text cut at most that often where the part stands. An empty part stands between all code points, and if
    /// asked for also at both ends.
    private static func pieces(
        of text: String, at part: String, most limit: Int, includesEnds: Bool, _ budget: inout Budget
    ) throws(EvaluationError) -> [ArraySlice<UInt8>] {
        let (bytes, part) = (Array(text.utf8), Array(part.utf8))
        if part.isEmpty { return try codePointPieces(of: bytes, most: limit, includesEnds: includesEnds, &budget) }
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        while pieces.count < limit {
            guard start < bytes.count else { break }
            guard let found = try ByteSearch.first(of: part, in: bytes, from: start, &budget) else { break }
            try budget.charge(2)
            pieces.append(bytes[start..<found])
            start = found + part.count
        }
        pieces.append(bytes[start...])
        return pieces
    }

    private static func codePointPieces(
        of bytes: [UInt8], most limit: Int, includesEnds: Bool, _ budget: inout Budget
    ) throws(EvaluationError) -> [ArraySlice<UInt8>] {
        var pieces: [ArraySlice<UInt8>] = []
        var start = 0
        try budget.charge(bytes.count)
        var cuts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 }
        if includesEnds { cuts.append(bytes.count) } else { cuts = Array(cuts.dropFirst()) }
        for cut in cuts.prefix(limit) {
            pieces.append(bytes[start..<cut])
            start = cut
        }
        pieces.append(bytes[start...])
        // "".split("") is an empty list.
        return bytes.isEmpty && !includesEnds ? [] : pieces
    }
}
