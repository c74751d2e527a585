internal import CEL
internal import Core

extension DocumentReader {
    /// A value whose strings may hold expressions.
    mutating func template(_ node: YAMLNode) -> TemplateValue {
        switch node.content {
        case .refused: return .literal(.null)
        case .sequence(let elements): return TemplateValue(elements: elements.map { template($0) })
        case .mapping(let entries):
            for entry in entries where TemplateScanner.isTemplate(entry.name) {
                report("a key cannot hold expressions", at: entry.nameRange, hint: "build the object in one expression")
            }
            return TemplateValue(members: entries.map { ($0.name, template($0.value)) })
        case .scalar(let scalar):
            return scalar.value.stringValue == nil ? .literal(scalar.value) : templateText(node)
        }
    }

    /// A value that is a text when rendered: a number or truth value is taken as it is written.
    mutating func templateText(_ node: YAMLNode, _ what: String) -> TemplateValue? {
        guard node.scalar != nil, !node.isNull else {
            reportType(node, what, mustBe: "a text")
            return nil
        }
        return templateText(node)
    }

    private mutating func templateText(_ node: YAMLNode) -> TemplateValue {
        guard let text = node.scalar?.text, let pieces = pieces(of: node) else { return .literal(.null) }
        var segments: [TemplateValue.Segment] = []
        for piece in pieces {
            switch piece {
            case .literal(let text): segments.append(.literal(text))
            case .expression(let source, _, let offset):
                if let expression = expression(source, at: offset, in: node) {
                    segments.append(.expression(expression))
                }
            }
        }
        return TemplateValue(text: text, segments: segments)
    }

    /// A condition: an expression, bare or in `${{ }}`, or `true` or `false`.
    mutating func condition(_ node: YAMLNode, _ what: String = "\"if\"") -> Expression? {
        guard let scalar = node.scalar, !node.isNull, scalar.value.stringValue != nil || scalar.value.boolValue != nil
        else {
            reportType(node, what, mustBe: "an expression", hint: "for example: steps.read.output.total > 10")
            return nil
        }
        if scalar.value.boolValue != nil { return expression(scalar.text.lowercased(), at: 0, in: node) }
        guard let (condition, offset) = conditionExpression(scalar, in: node, what) else { return nil }
        checkType(of: condition, what, mustBe: "true or false", at: offset, in: node) { $0 == .boolean }
        return condition
    }

    private mutating func conditionExpression(
        _ scalar: YAMLScalar, in node: YAMLNode, _ what: String
    ) -> (expression: Expression, offset: Int)? {
        guard TemplateScanner.isTemplate(scalar.text) else {
            let leading = scalar.text.unicodeScalars.prefix { $0.properties.isWhitespace }.count
            let source = scalar.text.trimmingWhitespace
            guard !source.isEmpty else {
                report("\(what) is empty", at: node.range, hint: "leave the key out, or write an expression")
                return nil
            }
            return expression(source, at: leading, in: node).map { ($0, leading) }
        }
        guard let pieces = pieces(of: node) else { return nil }
        let expressions = pieces.filter { piece in
            guard case .literal(let text) = piece else { return true }
            return !text.trimmingWhitespace.isEmpty
        }
        guard expressions.count == 1, case .expression(let source, _, let offset)? = expressions.first else {
            report("\(what) must be one expression", at: node.range, hint: "write it without ${{ and }}")
            return nil
        }
        return expression(source, at: offset, in: node).map { ($0, offset) }
    }

    private mutating func pieces(of node: YAMLNode) -> [TemplateScanner.Piece]? {
        do throws(TemplateScanner.Mistake) {
            return try TemplateScanner.pieces(of: node.scalar?.text ?? "")
        } catch {
            report(error.message, atIndex: text.index(ofCharacter: error.offset, in: node), hint: error.hint)
            return nil
        }
    }

    private mutating func expression(_ source: String, at offset: Int, in node: YAMLNode) -> Expression? {
        guard !isFull else { return nil }
        do {
            let expression = try Expression(parsing: source)
            note(expression, at: offset, in: node)
            for finding in expression.diagnostics {
                report(
                    finding.message, atIndex: index(of: finding.place, in: source, at: offset, node), hint: finding.hint
                )
            }
            return expression
        } catch let error as SignalboxError {
            let place = error.place ?? .source(file: nil, line: 1, column: 1)
            let message = error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message
            report(message, atIndex: index(of: place, in: source, at: offset, node), hint: error.hint)
        } catch {
            report("the expression cannot be read: \(error)", atIndex: text.index(ofCharacter: offset, in: node))
        }
        return nil
    }

    /// Index in the document of a place in an expression.
    private func index(of place: Place, in source: String, at offset: Int, _ node: YAMLNode) -> Int {
        guard case .source(_, let line, let column) = place else { return text.index(ofCharacter: offset, in: node) }
        return text.index(ofLine: line, column: column, of: source, at: offset, in: node)
    }
}

extension String {
    /// The text without white space at both ends.
    var trimmingWhitespace: String {
        var scalars = unicodeScalars[...]
        while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
        while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
        return String(scalars)
    }
}
