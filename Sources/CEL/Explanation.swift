/// How an expression came to its value.
public struct Explanation: Sendable {
    /// What the whole expression gave.
    public let outcome: Result<Value, EvaluationError>
    /// The sub-expressions that were evaluated, literals left out, in source order; a larger one stands before those
    /// in it. What is missing was not needed.
    public let steps: [Step]

    /// What one sub-expression gave.
    public struct Step: Sendable {
        /// Its text in the source.
        public let text: String
        /// Where it begins, from 1.
        public let line: Int
        /// Where it begins in the line, from 1, in code points.
        public let column: Int
        /// What it gave; inside a macro the last time.
        public let outcome: Result<Value, EvaluationError>
        /// How often it was evaluated: more than once inside a macro.
        public let evaluationCount: Int
    }

    init(_ outcome: Result<Value, EvaluationError>, _ recorder: Recorder, _ source: SourceText, _ scope: Scope) {
        self.outcome = outcome
        let entries = recorder.entries.values.sorted { left, right in
            let (left, right) = (left.node.range, right.node.range)
            return (left.lowerBound, -left.upperBound) < (right.lowerBound, -right.upperBound)
        }
        steps = entries.map { entry in
            let (line, column) = source.position(ofByte: entry.node.range.lowerBound)
            return Step(
                text: source.text(entry.node.range), line: line, column: column,
                outcome: entry.outcome.mapError { $0.completed(in: source, scope) },
                evaluationCount: entry.evaluationCount)
        }
    }
}
