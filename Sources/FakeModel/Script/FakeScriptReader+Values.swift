internal import CEL
internal import Core
internal import Plans

extension FakeScriptReader {
    /// The values of a mapping that has only known keys.
    mutating func fields(
        of node: PositionedValue, _ what: String, keys: [String]
    ) -> [String: PositionedValue]? {
        guard let entries = node.entries else {
            report("\(what) must be a mapping", at: node.place, hint: "its keys are \(keys.joined(separator: ", "))")
            return nil
        }
        for entry in entries where !keys.contains(entry.name) {
            report(
                "\(what) has no key \"\(entry.name)\"", at: entry.place,
                hint: Suggestion.hint(for: entry.name, among: keys, called: "its keys are"))
        }
        return Dictionary(entries.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// An expression that is true or false, written without `${{` and `}}`.
    mutating func condition(_ node: PositionedValue) -> Expression? {
        if let value = node.json.boolValue { return expression(value ? "true" : "false", at: node.place) }
        guard let source = node.json.stringValue else {
            report("\"when\" must be an expression", at: node.place, hint: "for example: turn == 1")
            return nil
        }
        return expression(source, at: node.place)
    }

    /// A text that may hold expressions; a number or truth value is taken as it is written.
    mutating func text(_ node: PositionedValue, _ name: String) -> TemplateValue? {
        switch node.json {
        case .string: return template(node, name)
        case .int, .double, .bool: return .literal(.string(node.json.text))
        default:
            report("\"\(name)\" must be a text", at: node.place)
            return nil
        }
    }

    /// A value whose texts may hold expressions.
    mutating func template(_ node: PositionedValue, _ name: String) -> TemplateValue? {
        do {
            let template = try TemplateValue(parsing: node.json)
            for expression in template.expressions { note(expression, at: node.place) }
            return template
        } catch {
            report("\"\(name)\": \(sentence(of: error))", at: node.place, hint: (error as? SignalboxError)?.hint)
            return nil
        }
    }

    mutating func integer(_ node: PositionedValue, _ name: String, in range: ClosedRange<Int64>) -> Int64? {
        guard let value = node.json.intValue, range.contains(value) else {
            report(
                "\"\(name)\" must be a whole number from \(range.lowerBound) to \(range.upperBound)", at: node.place)
            return nil
        }
        return value
    }

    mutating func duration(_ node: PositionedValue, _ name: String) -> Duration? {
        guard let text = node.json.stringValue, let milliseconds = DurationText.milliseconds(text) else {
            report(
                "\"\(name)\" must be a duration", at: node.place,
                hint: "write a number and a unit: 500ms, 10s, 5m")
            return nil
        }
        return .milliseconds(milliseconds)
    }

    private mutating func expression(_ source: String, at place: Place) -> Expression? {
        do {
            let expression = try Expression(parsing: source)
            note(expression, at: place)
            return expression
        } catch {
            report(sentence(of: error), at: place, hint: (error as? SignalboxError)?.hint)
            return nil
        }
    }

    /// Without its full stop, as findings are written.
    private func sentence(of error: any Error) -> String {
        let message = (error as? SignalboxError)?.message ?? "\(error)"
        return message.hasSuffix(".") ? String(message.dropLast()) : message
    }
}
