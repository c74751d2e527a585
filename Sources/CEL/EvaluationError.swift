public import Core

/// Why an expression has no value.
public struct EvaluationError: Error, Sendable {
    /// What kind of failure it is, for programs.
    public var kind: Kind
    /// What is wrong, without a capital letter and a final stop.
    public var message: String
    /// Line of the failing sub-expression in the expression's source, from 1.
    public internal(set) var line = 1
    /// Column of the failing sub-expression in that line, from 1, in code points.
    public internal(set) var column = 1
    /// Where it stands in the source, in bytes; nil until the evaluator has filled it in.
    var offset: Int?
    /// What was looked for in vain. Names near by are looked for only at the public edge: most errors inside a macro
    /// are absorbed, and the search takes far longer than what it is for.
    var missing: Missing?

    enum Missing: Sendable {
        case key(String, Map)
        case variable(String)
    }

    init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    /// What kind of failure it is; new ones may be added.
    public struct Kind: Sendable, Hashable, RawRepresentable {
        public let rawValue: String

        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// No variable of that name.
        public static let undeclaredVariable = Kind(rawValue: "undeclared_variable")
        /// No function of that name.
        public static let unknownFunction = Kind(rawValue: "unknown_function")
        /// The map has no such key.
        public static let noSuchField = Kind(rawValue: "no_such_field")
        /// The operator or function does not take values of these types.
        public static let noSuchOverload = Kind(rawValue: "no_such_overload")
        /// A number, timestamp or duration is out of its range.
        public static let overflow = Kind(rawValue: "overflow")
        /// Division or remainder by zero.
        public static let divisionByZero = Kind(rawValue: "division_by_zero")
        /// An index, pattern, format or text that the function cannot use.
        public static let invalidArgument = Kind(rawValue: "invalid_argument")
        /// The evaluation took more than its cost limit.
        public static let costExceeded = Kind(rawValue: "cost_exceeded")
    }

    /// The same error at that place, unless its place is known already.
    func located(at offset: Int) -> EvaluationError {
        guard self.offset == nil else { return self }
        var copy = self
        copy.offset = offset
        return copy
    }

    /// The same error as it leaves the room: with its line and column, and the name that may have been meant.
    func completed(in source: SourceText, _ scope: Scope) -> EvaluationError {
        var copy = self
        (copy.line, copy.column) = source.position(ofByte: offset ?? 0)
        let known: String? =
            switch missing {
            case .key(let key, let map):
                // Of a large map only some keys are looked at.
                Suggestion.nearest(to: key, in: (0..<min(map.count, 64)).map { map.entry(at: $0).key.text })
            case .variable(let name): Suggestion.nearest(to: name, in: scope.names)
            case nil: nil
            }
        if let known { copy.message += " (\"\(known)\" exists)" }
        copy.missing = nil
        return copy
    }
}

extension EvaluationError: CustomStringConvertible {
    /// `line:column: message`.
    public var description: String { "\(line):\(column): \(message)" }
}

extension SignalboxError {
    /// The failure of an evaluation in the common vocabulary; the place is within the expression's source.
    public init(_ error: EvaluationError) {
        let sentence = error.message.prefix(1).uppercased() + error.message.dropFirst() + "."
        self.init(
            .expression, sentence, at: .source(file: nil, line: error.line, column: error.column), cause: error)
    }
}
