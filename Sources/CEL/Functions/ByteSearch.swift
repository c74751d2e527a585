/// Search for a text in a text, by bytes: in UTF-8 a text can only be found where a code point begins.
enum ByteSearch: Sendable {
    /// The first place at or after `start` where `part` stands. Charges for the bytes that are compared.
    static func first(
        of part: [UInt8], in text: [UInt8], from start: Int, _ budget: inout Budget
    ) throws(EvaluationError) -> Int? {
        guard let letter = part.first else { return start }
        guard start <= text.count - part.count else { return nil }
        for place in start...(text.count - part.count) where text[place] == letter {
            guard try stands(part, in: text, at: place, &budget) else { continue }
            try budget.chargeReading(bytes: place - start)
            return place
        }
        try budget.chargeReading(bytes: text.count - start)
        return nil
    }

    /// The last place at or before `start` where `part` stands.
    static func last(
        of part: [UInt8], in text: [UInt8], from start: Int, _ budget: inout Budget
    ) throws(EvaluationError) -> Int? {
        guard let letter = part.first else { return start }
        let last = min(start, text.count - part.count)
        guard last >= 0 else { return nil }
        try budget.chargeReading(bytes: text.count)
        for place in stride(from: last, through: 0, by: -1) where text[place] == letter {
            if try stands(part, in: text, at: place, &budget) { return place }
        }
        return nil
    }

    private static func stands(
        _ part: [UInt8], in text: [UInt8], at place: Int, _ budget: inout Budget
    ) throws(EvaluationError) -> Bool {
        // Without this, a long part that nearly stands everywhere would take the product of both lengths.
        var length = 1
        while length < part.count, text[place + length] == part[length] { length += 1 }
        if length > 64 { try budget.chargeReading(bytes: length) }
        return length == part.count
    }
}
