internal import CEL
public import Core

extension TemplateValue {
    /// Reads the expressions in the strings of a JSON value.
    /// - Throws: `SignalboxError` with code `expression_error` for the first mistake.
    public init(parsing json: JSON) throws {
        switch json {
        case .string(let text): try self.init(parsingText: text)
        case .array(let elements):
            self = TemplateValue(elements: try elements.map(TemplateValue.init(parsing:)))
        case .object(let members):
            self = TemplateValue(members: try members.map { ($0.name, try TemplateValue(parsing: $0.value)) })
        default: self = .literal(json)
        }
    }

    /// Reads the expressions in the strings of a YAML (or JSON) document, such as the answers of a script model.
    /// - Throws: `SignalboxError` with code `invalid_plan`; its diagnostics tell all mistakes with their places.
    public init(parsingYAML text: String, path: String) throws {
        var reader = DocumentReader(PlanSource(path: path, text: text))
        let value = reader.root.map { reader.template($0) }
        try reader.throwMistakes()
        self = value ?? .literal(.null)
    }

    private init(parsingText text: String) throws {
        let pieces: [TemplateScanner.Piece]
        do throws(TemplateScanner.Mistake) {
            pieces = try TemplateScanner.pieces(of: text)
        } catch {
            throw SignalboxError(.expression, "In \(quoted(text)): \(error.message).", hint: error.hint)
        }
        self.init(
            text: text,
            segments: try pieces.map { piece in
                switch piece {
                case .literal(let text): .literal(text)
                case .expression(let source, _, _): .expression(try Expression(parsing: source))
                }
            })
    }

    /// Puts together what the scanner found; a text that is one expression, perhaps with the line break of a block
    /// behind it, becomes that expression and keeps its type.
    init(text: String, segments: [Segment]) {
        switch (segments.first, segments.dropFirst().first) {
        case (nil, _): self = .literal(.string(text))
        case (.literal(let text)?, nil): self = .literal(.string(text))
        case (.expression(let expression)?, nil): self = .expression(expression)
        case (.expression(let expression)?, .literal(let rest)?)
        where segments.count == 2 && rest.unicodeScalars.allSatisfy({ $0 == "\n" || $0 == "\r" }):
            self = .expression(expression)
        default: self = .text(segments)
        }
    }

    /// An array, or a literal when no element holds an expression.
    init(elements: [TemplateValue]) {
        let literals = elements.compactMap(\.literalValue)
        self = literals.count == elements.count ? .literal(.array(literals)) : .array(elements)
    }

    /// An object, or a literal when no member holds an expression.
    init(members: [(name: String, value: TemplateValue)]) {
        let literals = members.compactMap { member in member.value.literalValue.map { (member.name, $0) } }
        self = literals.count == members.count ? .literal(.object(JSONObject(literals))) : .object(members)
    }

    /// The value, if no expression is in it.
    public var literalValue: JSON? {
        guard case .literal(let value) = self else { return nil }
        return value
    }
}

/// A text for a message in quotes, shortened to one readable line.
func quoted(_ text: String) -> String { "\"\(shortened(text))\"" }

/// A text for a message, shortened to one readable line.
func shortened(_ text: String) -> String {
    let line = text.split(whereSeparator: \.isNewline).joined(separator: " ")
    return line.count > 60 ? line.prefix(60) + "…" : line
}
