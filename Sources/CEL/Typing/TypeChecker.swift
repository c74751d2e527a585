public import Core

/// Finds operations that certainly fail, whatever the values are, because of their types. What is not known is taken to be
/// right.
struct TypeChecker {
    /// The type of what is looked up by a chain of members; nil for one that is not known.
    let known: ([String]) -> StaticType?
    let text: SourceText
    private(set) var findings: [Diagnostic] = []

    init(_ text: SourceText, known: @escaping ([String]) -> StaticType?) {
        self.text = text
        self.known = known
    }

    /// The type of a node's value, if it is known. Notes what is wrong below it.
    mutating func type(of node: Node) -> StaticType? {
        if let path = Expression.lookup(node) {
            // A variable may have the name of a type.
            return known(path) ?? (path.count == 1 && TypeName.known[path[0]] != nil ? .type : nil)
        }
        switch node.kind {
        case .constant(let value): return StaticType(value)
        case .not(let operand):
            expect(.bool, operand, of: "!", node)
            return .bool
        case .and(let left, let right):
            for operand in [left, right] { expect(.bool, operand, of: "&&", node) }
            return .bool
        case .or(let left, let right):
            for operand in [left, right] { expect(.bool, operand, of: "||", node) }
            return .bool
        case .conditional(let condition, let first, let second):
            expect(.bool, condition, of: "?", node)
            let types = (type(of: first), type(of: second))
            return types.0 == types.1 ? types.0 : nil
        case .negate(let operand): return type(of: operand)
        case .binary(let sign, let left, let right): return binary(sign, type(of: left), type(of: right), node)
        case .call(let function, let arguments): return call(function, arguments, node)
        case .optionalOr(let operand, let alternative, let unwraps):
            _ = type(of: operand)
            let type = type(of: alternative)
            return unwraps ? type : nil
        case .comprehension(let macro):
            visit(node)
            return Self.type(of: macro.kind)
        case .has, .matches:
            visit(node)
            return .bool
        case .list:
            visit(node)
            return .list
        case .map:
            visit(node)
            return .map
        default:
            visit(node)
            return nil
        }
    }

    /// Looks at the parts of something whose own type does not depend on them.
    private mutating func visit(_ node: Node) {
        for child in node.kind.children { _ = type(of: child) }
    }

    private mutating func expect(_ expected: StaticType, _ operand: Node, of sign: String, _ node: Node) {
        guard let found = type(of: operand), found != expected else { return }
        note("\"\(sign)\" needs \(expected.phrase), not \(found.phrase)", at: operand)
    }

    private mutating func binary(
        _ sign: BinaryOperator, _ left: StaticType?, _ right: StaticType?, _ node: Node
    ) -> StaticType? {
        switch sign {
        case .equal, .notEqual:
            if let left, let right, left != right, left != .null, right != .null {
                let outcome = sign == .equal ? "false" : "true"
                note("this is always \(outcome): \(left.phrase) is compared with \(right.phrase)", at: node)
            }
            return .bool
        case .less, .lessOrEqual, .greater, .greaterOrEqual:
            if let left, let right, left != right || !left.isOrdered {
                note("\"\(sign.rawValue)\" cannot compare \(left.phrase) with \(right.phrase)", at: node)
            } else if let wrong = [left, right].compactMap(\.self).first(where: { !$0.isOrdered }) {
                note("\"\(sign.rawValue)\" cannot compare \(wrong.phrase)", at: node)
            }
            return .bool
        case .isIn:
            if let right, right != .list, right != .map {
                note("\"in\" needs a list or a map behind it, not \(right.phrase)", at: node)
            }
            return .bool
        case .add, .subtract, .multiply, .divide, .remainder:
            guard let left, let right else { return nil }
            // With points in time and durations there are several forms; what is wrong there is seen when it runs.
            guard ![left, right].contains(where: { $0 == .timestamp || $0 == .duration }) else { return nil }
            let adds: [StaticType] = sign == .add ? [.number, .string, .bytes, .list] : [.number]
            guard left == right, adds.contains(left) else {
                note("\"\(sign.rawValue)\" does not take \(left.phrase) and \(right.phrase)", at: node)
                return nil
            }
            return left
        }
    }

    private mutating func call(_ function: Function, _ arguments: [Node], _ node: Node) -> StaticType? {
        let types = arguments.map { type(of: $0) }
        guard let form = Self.forms[function.name], form.isMember == function.isMember else { return nil }
        if let receiver = form.receiver, let found = types.first ?? nil, found != receiver {
            note("the function \"\(function.name)\" is for \(receiver.phrase), not \(found.phrase)", at: node)
        }
        return form.result
    }

    private mutating func note(_ message: String, at node: Node) {
        let (line, column) = text.position(ofByte: node.range.lowerBound)
        findings.append(Diagnostic(message, at: .source(file: nil, line: line, column: column)))
    }

    private static func type(of macro: Comprehension.Kind) -> StaticType {
        switch macro {
        case .all, .exists, .existsOne: .bool
        case .map, .filter, .transformList: .list
        case .transformMap, .transformMapEntry: .map
        }
    }

    /// What is known of the functions that conditions mostly use.
    private struct Form {
        var isMember: Bool
        var receiver: StaticType?
        var result: StaticType?
    }

    private static let forms: [String: Form] = {
        var forms: [String: Form] = [
            "size": Form(isMember: false, receiver: nil, result: .number),
            "int": Form(isMember: false, receiver: nil, result: .number),
            "double": Form(isMember: false, receiver: nil, result: .number),
            "string": Form(isMember: false, receiver: nil, result: .string),
        ]
        for name in ["contains", "startsWith", "endsWith", "matches"] {
            forms[name] = Form(isMember: true, receiver: .string, result: .bool)
        }
        for name in ["lowerAscii", "upperAscii", "trim"] {
            forms[name] = Form(isMember: true, receiver: .string, result: .string)
        }
        return forms
    }()
}

extension Expression {
    /// The type of the value, and what certainly fails, told from the types of what the expression looks up.
    /// - Parameter known: gets a variable and its members; nil for a type that is not known.
    public func checkTypes(
        _ known: @escaping ([String]) -> StaticType?
    ) -> (type: StaticType?, findings: [Diagnostic]) {
        var checker = TypeChecker(SourceText(source), known: known)
        let type = checker.type(of: root)
        return (type, checker.findings)
    }
}
