internal import RegularExpressions

extension Parser {
    /// A call whose opening parenthesis has just been taken.
    mutating func call(of name: String, on operand: Node?, at offset: Int) throws(SyntaxError) -> Node {
        let start = operand?.range.lowerBound ?? offset
        guard let operand else {
            if name == "has" { return try has(from: start) }
            return try call(FunctionLibrary.globals[name], name, nil, arguments(), from: start, at: offset)
        }
        if case .variable(let space) = operand.kind {
            if space == "cel", name == "bind" { return try binding(from: start) }
            if let function = FunctionLibrary.globals["\(space).\(name)"] {
                return try call(function, name, nil, arguments(), from: start, at: start)
            }
        }
        if let macro = try macro(name, on: operand, from: start, at: offset) { return macro }
        let arguments = try arguments()
        if name == "or" || name == "orValue", arguments.count == 1 {
            return try node(
                .optionalOr(operand, arguments[0], unwraps: name == "orValue"), start..<end, offset: offset)
        }
        return try call(FunctionLibrary.members[name], name, operand, arguments, from: start, at: offset)
    }

    private func call(
        _ function: Function?, _ name: String, _ operand: Node?, _ arguments: [Node], from start: Int, at offset: Int
    ) throws(SyntaxError) -> Node {
        let all = (operand.map { [$0] } ?? []) + arguments
        guard let function else {
            let unknown = Node.UnknownFunction(name: name, isMember: operand != nil)
            return try node(.unknownCall(unknown, all), start..<end, offset: offset)
        }
        // A pattern that is wrong is an error of the evaluation, and of `Expression.diagnostics`.
        if function.name == "matches", all.count == 2, case .constant(.string(let pattern)) = all[1].kind,
            case .success(let expression) = RegularExpression.compile(pattern)
        {
            return try node(.matches(all[0], pattern: all[1], expression), start..<end, offset: offset)
        }
        return try node(.call(function, all), start..<end, offset: offset)
    }

    /// `has(a.b)`.
    private mutating func has(from start: Int) throws(SyntaxError) -> Node {
        let offset = current.range.lowerBound
        let arguments = try arguments()
        guard arguments.count == 1 else {
            throw SyntaxError(message: "has() takes one member, as in has(a.b)", offset: start)
        }
        switch arguments[0].kind {
        case .select(let operand, let name): return try node(.has(operand, name), start..<end, offset: offset)
        case .optionalSelect(let operand, let name):
            let optional = Node(.optionalSelect(operand, name), arguments[0].range)
            return try node(.call(FunctionLibrary.hasValue, [optional]), start..<end, offset: offset)
        default:
            throw SyntaxError(
                message: "has() asks for a member, as in has(a.b)", offset: offset,
                hint: "for an index, use \"key\" in map")
        }
    }

    /// `cel.bind(name, value, body)`: gives a value a name in the body.
    private mutating func binding(from start: Int) throws(SyntaxError) -> Node {
        let name = try macroVariable(of: "cel.bind")
        let value = try expression()
        try expect(.comma, "a comma and the expression that uses the name")
        let slot = bind(name)
        let body = try expression()
        unbind(1)
        try closeMacro("cel.bind")
        return try node(.bind(slot: slot, value, body), start..<end)
    }

    /// The name that a macro binds, and the comma after it.
    mutating func macroVariable(of macro: String) throws(SyntaxError) -> String {
        guard case .identifier(let name) = current.kind, kind(ahead: 1) == .symbol(.comma) else {
            throw SyntaxError(
                message: "\(macro) takes a name and a comma first", offset: current.range.lowerBound,
                hint: "as in list.map(item, item + 1)")
        }
        guard !["true", "false", "null", "in"].contains(name) else {
            throw SyntaxError(message: "\"\(name)\" cannot be a name", offset: current.range.lowerBound)
        }
        advance()
        advance()
        return name
    }

    mutating func closeMacro(_ macro: String) throws(SyntaxError) {
        try expect(.rightParenthesis, "the closing parenthesis of \(macro)")
    }
}
