internal import CEL
internal import Core

extension DocumentReader {
    /// Reports an expression whose value is certainly of a wrong type.
    /// - Parameter isRight: whether a value of that type would do.
    mutating func checkType(
        of expression: Expression, _ what: String, mustBe expected: String, at offset: Int, in node: YAMLNode,
        where isRight: (InputType) -> Bool
    ) {
        guard !isStored, let type = type(of: expression), type != .any, !isRight(type) else { return }
        report(
            "\(what) must be \(expected), not \(type.phrase)", atIndex: text.index(ofCharacter: offset, in: node))
    }

    /// Reports a template whose value is certainly of a wrong type.
    mutating func checkType(
        of template: TemplateValue, _ what: String, mustBe expected: String, in node: YAMLNode,
        where isRight: (InputType) -> Bool
    ) {
        guard !isStored else { return }
        switch template {
        case .expression(let expression):
            let offset = TemplateScanner.offsetOfFirstExpression(in: node.scalar?.text ?? "")
            checkType(of: expression, what, mustBe: expected, at: offset, in: node, where: isRight)
        case .text:
            if !isRight(.string) { report("\(what) must be \(expected), not a string", at: node.range) }
        case .literal(let value):
            let type = InputType(of: value)
            if !isRight(type) { reportType(node, what, mustBe: expected) }
        case .array: if !isRight(.array) { reportType(node, what, mustBe: expected) }
        case .object: if !isRight(.object) { reportType(node, what, mustBe: expected) }
        }
    }

    /// The value of an expression without variables; nil if it has some, cannot be evaluated, or not at once.
    func constant(_ expression: Expression) -> Value? {
        guard expression.references.isEmpty else { return nil }
        do throws(EvaluationError) {
            return try expression.evaluate(in: Scope(), costLimit: Limits.constantCostMaximum)
        } catch {
            // Whether it fails as part of something larger is seen when it runs.
            return nil
        }
    }

    /// The type that an expression's value has whenever it has one: of one without variables, or of an input.
    private func type(of expression: Expression) -> InputType? {
        if let reference = expression.references.first, reference.path.count == 2, reference.path[0] == "inputs" {
            let name = reference.path[1]
            let isAll = ["inputs.\(name)", "inputs[\"\(name)\"]", "inputs['\(name)']"].contains(expression.source)
            return isAll ? inputTypes[name] : nil
        }
        switch constant(expression) {
        case nil, .optional, .null: return nil
        case .bool: return .boolean
        case .int, .uint: return .integer
        case .double: return .number
        case .list: return .array
        case .map: return .object
        case .string, .bytes, .timestamp, .duration, .type: return .string
        }
    }
}

extension TemplateScanner {
    /// Where the source of the first expression begins, in Unicode scalars; 0 if there is none.
    static func offsetOfFirstExpression(in text: String) -> Int {
        do throws(Mistake) {
            for case .expression(_, _, let offset) in try pieces(of: text) { return offset }
            return 0
        } catch {
            return 0
        }
    }
}
