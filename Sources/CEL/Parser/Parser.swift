internal import Core

/// Reads tokens by precedence climbing into nodes. Macros are recognised while they are read, so that the names they
/// bind are known in their bodies.
struct Parser: ~Copyable {
    private let tokens: [Token]
    private var place = 0
    private var depth = 0
    /// Names bound by the macros around this place; the index is the slot.
    private(set) var locals: [String] = []
    /// The most locals there are at once.
    private(set) var slotCount = 0

    private init(_ tokens: [Token]) {
        self.tokens = tokens
    }

    /// Reads a whole expression.
    static func parse(_ source: SourceText) throws(SyntaxError) -> (root: Node, slotCount: Int) {
        var lexer = Lexer(source)
        var parser = Parser(try lexer.tokens())
        let root = try parser.expression()
        guard parser.current.kind == .end else { throw parser.unexpected("the end of the expression") }
        return (root, parser.slotCount)
    }

    /// A conditional or anything that binds tighter.
    mutating func expression() throws(SyntaxError) -> Node {
        try enter()
        defer { depth -= 1 }
        let condition = try binary(minimum: 1)
        guard take(.question) else { return condition }
        let first = try binary(minimum: 1)
        try expect(.colon, "a colon and the value for \"otherwise\"")
        let second = try expression()
        return try node(.conditional(condition, first, second), condition.range.lowerBound..<second.range.upperBound)
    }

    /// Operators from `||` (1) to `*` (5); all are left-associative.
    private mutating func binary(minimum: Int) throws(SyntaxError) -> Node {
        var left = try unary()
        while let (level, make) = binaryOperator(), level >= minimum {
            place += 1
            let right = try binary(minimum: level + 1)
            left = try node(make(left, right), left.range.lowerBound..<right.range.upperBound)
        }
        return left
    }

    private func binaryOperator() -> (level: Int, make: (Node, Node) -> Node.Kind)? {
        func of(_ level: Int, _ name: BinaryOperator) -> (Int, (Node, Node) -> Node.Kind) {
            (level, { .binary(name, $0, $1) })
        }
        switch current.kind {
        case .symbol(.or): return (1, Node.Kind.or)
        case .symbol(.and): return (2, Node.Kind.and)
        case .symbol(.equal): return of(3, .equal)
        case .symbol(.notEqual): return of(3, .notEqual)
        case .symbol(.less): return of(3, .less)
        case .symbol(.lessOrEqual): return of(3, .lessOrEqual)
        case .symbol(.greater): return of(3, .greater)
        case .symbol(.greaterOrEqual): return of(3, .greaterOrEqual)
        case .identifier("in"): return of(3, .isIn)
        case .symbol(.plus): return of(4, .add)
        case .symbol(.minus): return of(4, .subtract)
        case .symbol(.times): return of(5, .multiply)
        case .symbol(.divide): return of(5, .divide)
        case .symbol(.remainder): return of(5, .remainder)
        default: return nil
        }
    }

    private mutating func unary() throws(SyntaxError) -> Node {
        try enter()
        defer { depth -= 1 }
        let start = current.range.lowerBound
        if take(.not) {
            let operand = try unary()
            return try node(.not(operand), start..<operand.range.upperBound)
        }
        guard take(.minus) else { return try member() }
        // A sign belongs to the number after it, so that the least integer can be written.
        switch current.kind {
        case .int(let magnitude) where magnitude <= Int64.min.magnitude:
            return try members(of: constant(.int(Int64(truncatingIfNeeded: 0 &- magnitude)), from: start))
        case .double(let value):
            return try members(of: constant(.double(-value), from: start))
        default:
            let operand = try unary()
            return try node(.negate(operand), start..<operand.range.upperBound)
        }
    }

    // MARK: Tokens

    var current: Token { tokens[place] }

    /// The kind of the token that many places ahead.
    func kind(ahead distance: Int) -> Token.Kind {
        place + distance < tokens.count ? tokens[place + distance].kind : .end
    }

    /// The end of the token before this place.
    var end: Int { place > 0 ? tokens[place - 1].range.upperBound : 0 }

    mutating func advance() {
        if place < tokens.count - 1 { place += 1 }
    }

    mutating func take(_ symbol: Token.Symbol) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        place += 1
        return true
    }

    mutating func expect(_ symbol: Token.Symbol, _ description: String) throws(SyntaxError) {
        guard take(symbol) else { throw unexpected(description) }
    }

    func unexpected(_ wanted: String) -> SyntaxError {
        if current.kind == .end {
            return SyntaxError(message: "the expression ends where \(wanted) should stand", offset: end)
        }
        return SyntaxError(message: "\(wanted) should stand here", offset: current.range.lowerBound)
    }

    // MARK: Nodes

    /// A literal that is the current token, which is taken.
    mutating func constant(_ value: Value, from start: Int) -> Node {
        advance()
        return Node(.constant(value), start..<end)
    }

    /// A node whose nesting is checked.
    func node(
        _ kind: Node.Kind, _ range: Range<Int>, offset: Int? = nil, qualifiedName: String? = nil
    ) throws(SyntaxError) -> Node {
        let node = Node(kind, range, offset: offset, qualifiedName: qualifiedName)
        guard node.height <= Limits.expressionDepthMaximum else { throw Self.tooDeep(range.lowerBound) }
        return node
    }

    private mutating func enter() throws(SyntaxError) {
        // Parentheses take two levels here (expression and operand) and none in the tree.
        guard depth < 2 * Limits.expressionDepthMaximum else { throw Self.tooDeep(current.range.lowerBound) }
        depth += 1
    }

    private static func tooDeep(_ offset: Int) -> SyntaxError {
        SyntaxError(
            message: "the expression is nested deeper than \(Limits.expressionDepthMaximum) levels", offset: offset,
            hint: "compute a part of it in a step of its own")
    }

    // MARK: Locals

    /// The slot of a name that a macro binds here.
    func slot(of name: String) -> Int? { locals.lastIndex(of: name) }

    mutating func bind(_ name: String) -> Int {
        locals.append(name)
        slotCount = max(slotCount, locals.count)
        return locals.count - 1
    }

    mutating func unbind(_ count: Int) {
        locals.removeLast(count)
    }
}
