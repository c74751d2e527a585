public import CEL
public import Core

extension TemplateValue {
    /// All expressions, in the order they are written.
    public var expressions: [Expression] {
        switch self {
        case .literal: []
        case .expression(let expression): [expression]
        case .text(let segments):
            segments.compactMap { segment in
                guard case .expression(let expression) = segment else { return nil }
                return expression
            }
        case .array(let elements): elements.flatMap(\.expressions)
        case .object(let members): members.flatMap(\.value.expressions)
        }
    }

    /// The value with every expression replaced by what it evaluates to. In a text, strings stand as they are and other
    /// values as JSON; null is refused there, for an empty gap in a text is nearly always a mistake that nobody sees.
    /// - Throws: `SignalboxError` with code `expression_error` that names the expression, or `limit_exceeded`.
    public func evaluate(in scope: Scope, costLimit: Int = Limits.expressionCostMaximum) throws -> JSON {
        switch self {
        case .literal(let value): return value
        case .expression(let expression): return try Self.value(of: expression, scope, costLimit)
        case .text(let segments): return .string(try Self.text(segments, scope, costLimit))
        case .array(let elements):
            return .array(try elements.map { try $0.evaluate(in: scope, costLimit: costLimit) })
        case .object(let members):
            return .object(
                JSONObject(try members.map { ($0.name, try $0.value.evaluate(in: scope, costLimit: costLimit)) }))
        }
    }

    /// The text, with each value that an expression gives changed before it is put in.
    /// - Parameter change: what takes the place of a value; nil for the value as it is.
    /// - Throws: as `evaluate` does.
    public func text(in scope: Scope, changing change: (Expression, JSON) -> String?) throws -> JSON {
        let limit = Limits.expressionCostMaximum
        switch self {
        case .text(let segments): return .string(try Self.text(segments, scope, limit, changing: change))
        case .expression(let expression):
            let value = try Self.value(of: expression, scope, limit)
            return change(expression, value).map(JSON.string) ?? value
        case .literal, .array, .object: return try evaluate(in: scope)
        }
    }

    private static func text(
        _ segments: [Segment], _ scope: Scope, _ costLimit: Int,
        changing change: (Expression, JSON) -> String? = { _, _ in nil }
    ) throws -> String {
        var text = ""
        for segment in segments {
            switch segment {
            case .literal(let literal): text += literal
            case .expression(let expression):
                let value = try value(of: expression, scope, costLimit)
                if let changed = change(expression, value) {
                    text += changed
                    continue
                }
                switch value {
                case .string(let value): text += value
                case .null:
                    throw SignalboxError(
                        .expression, "\(quoted(expression.source)) is null and cannot stand in a text.",
                        hint: "say what to write instead: ${{ \(expression.source) == null ? \"none\" : … }}")
                case let value: text += value.text
                }
            }
            guard text.utf8.count <= Limits.outputBytesMaximum else {
                throw SignalboxError(
                    .limit, "A text with expressions grew larger than \(Limits.outputBytesMaximum) bytes.")
            }
        }
        return text
    }

    private static func value(of expression: Expression, _ scope: Scope, _ costLimit: Int) throws -> JSON {
        do {
            return try expression.evaluate(in: scope, costLimit: costLimit).json()
        } catch let error as EvaluationError {
            throw SignalboxError(.expression, "In \(quoted(expression.source)): \(error.message).", cause: error)
        }
    }
}
