/// A text that an expression compares something with.
public struct ComparedText: Sendable, Hashable {
    public let text: String
    /// Where the text begins, from 1.
    public let line: Int
    /// Where the text begins in the line, from 1, in code points.
    public let column: Int
}

extension Expression {
    /// The texts that are compared with what stands at that path, in source order: by `==`, by `!=`, and by `in` a list that
    /// is written out. What is compared in other ways is not looked through.
    public func texts(comparedWith path: [String]) -> [ComparedText] {
        let text = SourceText(source)
        var found: [ComparedText] = []
        Self.collect(root, path) { node, compared in
            let (line, column) = text.position(ofByte: node.range.lowerBound)
            found.append(ComparedText(text: compared, line: line, column: column))
        }
        return found
    }

    private static func collect(_ node: Node, _ path: [String], _ note: (Node, String) -> Void) {
        if case .binary(let comparison, let left, let right) = node.kind {
            switch comparison {
            case .equal, .notEqual:
                if lookup(left) == path { noteText(right, note) } else if lookup(right) == path { noteText(left, note) }
            case .isIn where lookup(left) == path:
                if case .list(let elements) = right.kind { for element in elements { noteText(element.value, note) } }
            default: break
            }
        }
        for child in node.kind.children { collect(child, path, note) }
    }

    private static func noteText(_ node: Node, _ note: (Node, String) -> Void) {
        if case .constant(.string(let text)) = node.kind { note(node, text) }
    }
}
