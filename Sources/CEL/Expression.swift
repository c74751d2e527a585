public import Core

/// A parsed expression of the Common Expression Language (https://github.com/google/cel-spec). It is read once and
/// evaluated often; copies share the parsed form.
public struct Expression: Sendable {
    /// The text it was read from.
    public let source: String
    let root: Node
    private let slotCount: Int

    /// Reads an expression.
    /// - Throws: `SignalboxError` with code `expression_error` and the place within the source.
    public init(parsing source: String) throws {
        guard source.utf8.count <= Limits.expressionBytesMaximum else {
            throw SignalboxError(
                .expression, "The expression is longer than \(Limits.expressionBytesMaximum) bytes.",
                at: .source(file: nil, line: 1, column: 1), hint: "Compute a part of it in a step of its own.")
        }
        let text = SourceText(source)
        self.source = source
        do throws(SyntaxError) {
            (root, slotCount) = try Parser.parse(text)
        } catch {
            let (line, column) = text.position(ofByte: error.offset)
            throw SignalboxError(
                .expression, "Not an expression: \(error.message).",
                at: .source(file: nil, line: line, column: column), hint: error.hint)
        }
    }

    /// The value for these variables.
    /// - Parameter costLimit: Units of work after which the evaluation is given up.
    /// - Throws: `EvaluationError` with the place of the failing sub-expression.
    public func evaluate(
        in scope: Scope, costLimit: Int = Limits.expressionCostMaximum
    ) throws(EvaluationError) -> Value {
        var evaluator = Evaluator(scope: scope, costLimit: costLimit, slotCount: slotCount)
        do throws(EvaluationError) {
            return try evaluator.evaluate(root)
        } catch {
            throw error.completed(in: SourceText(source), scope)
        }
    }

    /// The value for these variables, and what every sub-expression gave on the way there.
    public func explain(in scope: Scope, costLimit: Int = Limits.expressionCostMaximum) -> Explanation {
        var evaluator = Evaluator(scope: scope, costLimit: costLimit, slotCount: slotCount)
        evaluator.recorder = Recorder()
        let text = SourceText(source)
        let outcome: Result<Value, EvaluationError>
        do throws(EvaluationError) {
            outcome = .success(try evaluator.evaluate(root))
        } catch {
            outcome = .failure(error.completed(in: text, scope))
        }
        return Explanation(outcome, evaluator.recorder ?? Recorder(), text, scope)
    }
}

extension Expression: Hashable {
    /// Expressions are equal when their sources are, byte by byte.
    public static func == (left: Expression, right: Expression) -> Bool { left.source.isSameText(as: right.source) }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(source)
    }
}
