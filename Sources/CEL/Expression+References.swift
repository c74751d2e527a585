/// A chain of members that an expression looks up from a variable, as far as it is known without evaluating.
public struct Reference: Sendable, Hashable {
    /// The variable and the members, e.g. `["steps", "read", "output"]`.
    public let path: [String]
    /// Where the chain begins, from 1.
    public let line: Int
    /// Where the chain begins in the line, from 1, in code points.
    public let column: Int
}

extension Expression {
    /// What the expression looks up, in source order. An index by a text counts as a member; a chain stops at the
    /// first part that is computed. Names bound by macros and names of types are no variables.
    public var references: [Reference] {
        let text = SourceText(source)
        var references: [Reference] = []
        Self.collect(root, text, &references)
        return references
    }

    /// The variable and the members, if the expression looks up that and does nothing else: `secrets.TOKEN`.
    public var lookup: [String]? { Self.lookup(root) }

    static func lookup(_ node: Node) -> [String]? {
        switch node.kind {
        case .variable(let name): [name]
        case .select(let operand, let name): lookup(operand).map { $0 + [name] }
        case .index(let operand, let index):
            if case .constant(.string(let name)) = index.kind { lookup(operand).map { $0 + [name] } } else { nil }
        default: nil
        }
    }

    private static func collect(_ node: Node, _ text: SourceText, _ references: inout [Reference]) {
        if let path = path(of: node) {
            var start = node
            if case .has(let operand, _) = node.kind { start = operand }
            let (line, column) = text.position(ofByte: start.range.lowerBound)
            references.append(Reference(path: path, line: line, column: column))
            return
        }
        if case .variable = node.kind { return }
        for child in node.kind.children { collect(child, text, &references) }
    }

    /// The path, if the node is a chain from a variable with nothing computed in it.
    private static func path(of node: Node) -> [String]? {
        switch node.kind {
        case .variable(let name): TypeName.known[name] == nil ? [name] : nil
        case .select(let operand, let name), .optionalSelect(let operand, let name), .has(let operand, let name):
            path(of: operand).map { $0 + [name] }
        case .index(let operand, let index), .optionalIndex(let operand, let index):
            if case .constant(.string(let name)) = index.kind { path(of: operand).map { $0 + [name] } } else { nil }
        default: nil
        }
    }
}
