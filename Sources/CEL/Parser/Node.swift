internal import RegularExpressions

/// A sub-expression, ready to be evaluated: names bound by macros are slots, functions are found, patterns compiled.
final class Node: Sendable {
    let kind: Kind
    /// The bytes of the source it was read from.
    let range: Range<Int>
    /// The byte that an error points at.
    let offset: Int
    /// Levels of nodes from here down, which bounds the recursion of everything that walks the tree.
    let height: Int
    /// For a chain of members of a free variable, its text `a.b.c`: a variable may have that name.
    let qualifiedName: String?

    init(_ kind: Kind, _ range: Range<Int>, offset: Int? = nil, qualifiedName: String? = nil) {
        self.kind = kind
        self.range = range
        self.offset = offset ?? range.lowerBound
        self.qualifiedName = qualifiedName
        height = 1 + (kind.children.map(\.height).max() ?? 0)
    }

    enum Kind: Sendable {
        case constant(Value)
        case variable(String)
        /// A variable that a macro binds, by its place among them.
        case local(Int)
        case select(Node, String)
        case optionalSelect(Node, String)
        case has(Node, String)
        case index(Node, Node)
        case optionalIndex(Node, Node)
        case list([Element])
        case map([Entry])
        case not(Node)
        case negate(Node)
        case binary(BinaryOperator, Node, Node)
        case and(Node, Node)
        case or(Node, Node)
        case conditional(Node, Node, Node)
        case call(Function, [Node])
        /// A call of a function that does not exist: an error when it is evaluated, so that `||` can absorb it.
        case unknownCall(UnknownFunction, [Node])
        /// `matches` with a literal pattern.
        case matches(Node, pattern: Node, RegularExpression)
        case comprehension(Comprehension)
        /// `cel.bind(name, value, body)`.
        case bind(slot: Int, Node, Node)
        /// `optMap` and `optFlatMap`.
        case optionalMap(Node, slot: Int, Node, isFlat: Bool)
        /// `or` and `orValue`, which look at their argument only when there is no value.
        case optionalOr(Node, Node, unwraps: Bool)
    }

    struct Element: Sendable {
        var value: Node
        /// Written `?value`: left out if it is `optional.none()`.
        var isOptional: Bool
    }

    struct Entry: Sendable {
        var key: Node
        var value: Node
        /// Written `?key: value`: left out if the value is `optional.none()`.
        var isOptional: Bool
    }

    struct UnknownFunction: Sendable {
        var name: String
        var isMember: Bool
    }
}

/// A macro that goes over the elements of a list or map.
struct Comprehension: Sendable {
    enum Kind: Sendable {
        case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry
    }

    var kind: Kind
    var range: Node
    /// Slots of the one or two variables.
    var slots: [Int]
    /// Only elements for which this is true are taken.
    var condition: Node?
    var body: Node
}

/// An operator with two operands that are both evaluated.
enum BinaryOperator: String, Sendable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case isIn = "in"
}

extension Node.Kind {
    /// The parts, in source order.
    var children: [Node] {
        switch self {
        case .constant, .variable, .local: []
        case .select(let operand, _), .optionalSelect(let operand, _), .has(let operand, _): [operand]
        case .not(let operand), .negate(let operand): [operand]
        case .index(let operand, let index), .optionalIndex(let operand, let index): [operand, index]
        case .list(let elements): elements.map(\.value)
        case .map(let entries): entries.flatMap { [$0.key, $0.value] }
        case .binary(_, let left, let right), .and(let left, let right), .or(let left, let right): [left, right]
        case .conditional(let condition, let first, let second): [condition, first, second]
        case .call(_, let arguments), .unknownCall(_, let arguments): arguments
        case .matches(let text, let pattern, _): [text, pattern]
        case .comprehension(let macro): [macro.range] + (macro.condition.map { [$0] } ?? []) + [macro.body]
        case .bind(_, let value, let body): [value, body]
        case .optionalMap(let operand, _, let body, _): [operand, body]
        case .optionalOr(let operand, let alternative, _): [operand, alternative]
        }
    }
}
