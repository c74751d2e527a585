internal import Core
internal import HTTPServer

/// A parameter of an operation: declared once, read as its type.
struct Parameter<Value: Sendable>: OperationParameter {
    let name: String
    let place: ParameterPlace
    let summary: String
    let isRequired: Bool
    let schema: Schema
    /// Makes the value from the text; from nil where there is none.
    let decode: @Sendable (String?) throws -> Value

    /// - Throws: `SignalboxError` with code `invalid_input` for what is not as declared.
    func value(in request: Request) throws -> Value {
        switch place {
        case .path: try decode(request.pathParameter(name))
        case .query: try decode(request.query[name])
        case .header: try decode(request.headers[name])
        }
    }

    func check(_ request: Request) throws { _ = try value(in: request) }
}

extension Parameter<String> {
    /// A part of the path.
    static func path(_ name: String, _ summary: String) -> Parameter {
        Parameter(name: name, place: .path, summary: summary, isRequired: true, schema: .pathPart) { $0 ?? "" }
    }

    /// A text behind the question mark that must be there.
    static func requiredText(_ name: String, _ summary: String) -> Parameter {
        Parameter(name: name, place: .query, summary: summary, isRequired: true, schema: .queryText) { text in
            if let text { return text }
            throw SignalboxError(.invalidInput, "The parameter \"\(name)\" is missing: \(summary).")
        }
    }

    /// One of these words; the first is the default.
    static func word(_ name: String, of words: [String], _ summary: String) -> Parameter {
        let standard = words.first ?? ""
        return Parameter(
            name: name, place: .query, summary: summary, isRequired: false,
            schema: .word(words).with("default", .string(standard))
        ) { text in
            guard let text else { return standard }
            if words.contains(text) { return text }
            throw SignalboxError(.invalidInput, "The parameter \"\(name)\" must be \(words.joined(separator: " or ")).")
        }
    }
}

extension Parameter<String?> {
    static func text(_ name: String, _ summary: String) -> Parameter {
        Parameter(name: name, place: .query, summary: summary, isRequired: false, schema: .queryText) { $0 }
    }
}

extension Parameter<Int> {
    static func integer(
        _ name: String, _ range: ClosedRange<Int64>, default standard: Int64, _ summary: String
    ) -> Parameter {
        Parameter(
            name: name, place: .query, summary: summary, isRequired: false,
            schema: .integer(range).with("default", .int(standard))
        ) { text in
            guard let text else { return Int(standard) }
            return try number(text, of: name, in: range)
        }
    }
}

extension Parameter<Int?> {
    static func integer(_ name: String, _ range: ClosedRange<Int64>, _ summary: String) -> Parameter {
        Parameter(name: name, place: .query, summary: summary, isRequired: false, schema: .integer(range)) { text in
            try text.map { try number($0, of: name, in: range) }
        }
    }
}

private func number(_ text: String, of name: String, in range: ClosedRange<Int64>) throws -> Int {
    guard let number = Int64(text), range.contains(number) else {
        throw SignalboxError(
            .invalidInput,
            "The parameter \"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return Int(number)
}
