extension Parser {
    /// What a macro over elements is, and how many variables and arguments it may have.
    private struct MacroShape {
        var kind: Comprehension.Kind
        /// How many names it binds: always one or two, or as many as are followed by a comma.
        var variables: ClosedRange<Int>
        /// Whether an expression that selects elements may stand before the last argument.
        var takesCondition = false
    }

    private static let macros: [String: MacroShape] = [
        "all": MacroShape(kind: .all, variables: 1...2),
        "exists": MacroShape(kind: .exists, variables: 1...2),
        "exists_one": MacroShape(kind: .existsOne, variables: 1...2),
        "existsOne": MacroShape(kind: .existsOne, variables: 1...2),
        "filter": MacroShape(kind: .filter, variables: 1...1),
        "map": MacroShape(kind: .map, variables: 1...1, takesCondition: true),
        "transformList": MacroShape(kind: .transformList, variables: 2...2, takesCondition: true),
        "transformMap": MacroShape(kind: .transformMap, variables: 2...2, takesCondition: true),
        "transformMapEntry": MacroShape(kind: .transformMapEntry, variables: 2...2, takesCondition: true),
    ]

    /// The names of all macros that are called as members: for hints.
    static var memberMacroNames: [String] { Array(macros.keys) + ["optMap", "optFlatMap"] }

    /// A macro whose opening parenthesis has just been taken; nil if the name is not one.
    mutating func macro(
        _ name: String, on operand: Node, from start: Int, at offset: Int
    ) throws(SyntaxError) -> Node? {
        if name == "optMap" || name == "optFlatMap" {
            let slot = bind(try macroVariable(of: name))
            let body = try expression()
            unbind(1)
            try closeMacro(name)
            return try node(
                .optionalMap(operand, slot: slot, body, isFlat: name == "optFlatMap"), start..<end, offset: offset)
        }
        guard let shape = Self.macros[name] else { return nil }
        var names = [try macroVariable(of: name)]
        if shape.variables.contains(2), case .identifier = current.kind, kind(ahead: 1) == .symbol(.comma) {
            names.append(try macroVariable(of: name))
        }
        guard shape.variables.contains(names.count) else { throw unexpected("a second name and a comma") }
        guard Set(names).count == names.count else {
            throw SyntaxError(message: "\(name) binds the same name twice", offset: offset)
        }
        var slots: [Int] = []
        for name in names { slots.append(bind(name)) }
        var body = try expression()
        var condition: Node?
        if shape.takesCondition, take(.comma) {
            condition = body
            body = try expression()
        }
        unbind(slots.count)
        try closeMacro(name)
        let comprehension = Comprehension(
            kind: shape.kind, range: operand, slots: slots, condition: condition, body: body)
        return try node(.comprehension(comprehension), start..<end, offset: offset)
    }
}
