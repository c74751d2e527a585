internal import CEL
internal import Core

extension FuzzTarget {
    /// Expressions, read and evaluated with a value of each type at hand; explaining gives what evaluating gives.
    static let cel = FuzzTarget("cel", bytesMaximum: 512) { bytes in
        guard let expression = try unlessRefused({ try Expression(parsing: Input.text(bytes)) }) else { return }
        _ = expression.references
        let scope = Scope([
            "n": .null, "b": .bool(true), "i": .int(-7), "u": .uint(7), "d": .double(1.5), "s": .string("Grüße, Ada"),
            "y": .bytes([0, 0xFF]), "l": Value([1, "two", [3.5, nil]]), "m": Value(["a": 1, "b": ["c": [true]]]),
            "t": Value(Timestamp(millisecondsSinceEpoch: 1_796_083_200_005)),
            "p": .duration(nanoseconds: 90_000_000_001),
        ])
        let isValue = hasValue(
            Result { () throws(EvaluationError) in try expression.evaluate(in: scope, costLimit: 20_000) })
        try require(
            isValue == hasValue(expression.explain(in: scope, costLimit: 20_000).outcome), "explained as another")
    }

    private static func hasValue(_ outcome: Result<Value, EvaluationError>) -> Bool {
        switch outcome {
        case .success: true
        case .failure: false
        }
    }
}
