extension Parser {
    /// Words that are kept free for the languages around CEL; as members they may be used.
    private static let reservedWords: Set = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop", "package",
        "namespace", "return", "var", "void", "while",
    ]

    /// A primary with the members, indices and calls after it.
    mutating func member() throws(SyntaxError) -> Node {
        try members(of: primary())
    }

    /// The members, indices and calls after an operand.
    mutating func members(of operand: Node) throws(SyntaxError) -> Node {
        var node = operand
        while true {
            if take(.point) {
                node = try memberOrCall(of: node)
            } else if take(.leftBracket) {
                node = try index(of: node)
            } else {
                return node
            }
        }
    }

    private mutating func memberOrCall(of operand: Node) throws(SyntaxError) -> Node {
        let start = operand.range.lowerBound
        let isOptional = take(.question)
        let offset = current.range.lowerBound
        let isQuoted: Bool
        let name: String
        switch current.kind {
        case .identifier(let word): (name, isQuoted) = (word, false)
        case .quotedIdentifier(let word): (name, isQuoted) = (word, true)
        default: throw unexpected("a member's name")
        }
        advance()
        if isOptional { return try node(.optionalSelect(operand, name), start..<end, offset: offset) }
        if !isQuoted, take(.leftParenthesis) { return try call(of: name, on: operand, at: offset) }
        let qualifiedName = isQuoted ? nil : self.qualifiedName(of: operand).map { "\($0).\(name)" }
        if let qualifiedName, TypeName.known[qualifiedName] != nil {
            return Node(.variable(qualifiedName), start..<end)
        }
        return try node(.select(operand, name), start..<end, offset: offset, qualifiedName: qualifiedName)
    }

    private func qualifiedName(of node: Node) -> String? {
        if case .variable(let name) = node.kind { return name }
        return node.qualifiedName
    }

    private mutating func index(of operand: Node) throws(SyntaxError) -> Node {
        let isOptional = take(.question)
        let offset = current.range.lowerBound
        let index = try expression()
        try expect(.rightBracket, "a closing bracket")
        let kind: Node.Kind = isOptional ? .optionalIndex(operand, index) : .index(operand, index)
        return try node(kind, operand.range.lowerBound..<end, offset: offset)
    }

    private mutating func primary() throws(SyntaxError) -> Node {
        let token = current
        let start = token.range.lowerBound
        switch token.kind {
        case .int(let magnitude):
            guard let value = Int64(exactly: magnitude) else {
                throw SyntaxError(
                    message: "the integer does not fit 64 bits", offset: start,
                    hint: "integers beyond 9223372036854775807 are written with u after them")
            }
            return constant(.int(value), from: start)
        case .uint(let value): return constant(.uint(value), from: start)
        case .double(let value): return constant(.double(value), from: start)
        case .string(let value): return constant(.string(value), from: start)
        case .bytes(let value): return constant(.bytes(value), from: start)
        case .identifier(let word): return try name(word, isGlobal: false)
        case .symbol(.point):
            advance()
            guard case .identifier(let word) = current.kind else { throw unexpected("a name") }
            return try name(word, isGlobal: true)
        case .symbol(.leftParenthesis):
            advance()
            let inner = try expression()
            try expect(.rightParenthesis, "a closing parenthesis")
            return inner
        case .symbol(.leftBracket): return try list()
        case .symbol(.leftBrace): return try map()
        default: throw unexpected("a value")
        }
    }

    /// A word of the language, a variable, or the call of a global function.
    private mutating func name(_ word: String, isGlobal: Bool) throws(SyntaxError) -> Node {
        let start = current.range.lowerBound
        if !isGlobal {
            switch word {
            case "true": return constant(.bool(true), from: start)
            case "false": return constant(.bool(false), from: start)
            case "null": return constant(.null, from: start)
            default: break
            }
        }
        guard !Self.reservedWords.contains(word) else {
            throw SyntaxError(message: "\"\(word)\" is a reserved word and cannot be a name", offset: start)
        }
        advance()
        if take(.leftParenthesis) { return try call(of: word, on: nil, at: start) }
        if current.kind == .symbol(.leftBrace) {
            throw SyntaxError(
                message: "messages cannot be built here", offset: start, hint: "write a map: {\"name\": value}")
        }
        if !isGlobal, let slot = slot(of: word) { return Node(.local(slot), start..<end) }
        return Node(.variable(word), start..<end)
    }

    private mutating func list() throws(SyntaxError) -> Node {
        let start = current.range.lowerBound
        advance()
        var elements: [Node.Element] = []
        while current.kind != .symbol(.rightBracket) {
            let isOptional = take(.question)
            elements.append(Node.Element(value: try expression(), isOptional: isOptional))
            guard take(.comma) else { break }
        }
        try expect(.rightBracket, "a comma or a closing bracket")
        return try node(.list(elements), start..<end)
    }

    private mutating func map() throws(SyntaxError) -> Node {
        let start = current.range.lowerBound
        advance()
        var entries: [Node.Entry] = []
        while current.kind != .symbol(.rightBrace) {
            let isOptional = take(.question)
            let key = try expression()
            try expect(.colon, "a colon and the key's value")
            entries.append(Node.Entry(key: key, value: try expression(), isOptional: isOptional))
            guard take(.comma) else { break }
        }
        try expect(.rightBrace, "a comma or a closing brace")
        return try node(.map(entries), start..<end)
    }

    /// The arguments of a call up to and with the closing parenthesis.
    mutating func arguments() throws(SyntaxError) -> [Node] {
        var arguments: [Node] = []
        while current.kind != .symbol(.rightParenthesis) {
            arguments.append(try expression())
            guard take(.comma) else { break }
        }
        try expect(.rightParenthesis, "a comma or a closing parenthesis")
        return arguments
    }
}
