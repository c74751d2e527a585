internal import RegularExpressions

extension FuzzTarget {
    /// A pattern, in RE2's syntax and in ECMAScript's, and a text to look for it in.
    static let regularExpression = FuzzTarget("regular-expression", bytesMaximum: 512) { bytes in
        let (pattern, text) = Input.parts(bytes)
        for result in [
            RegularExpression.compile(Input.text(pattern)),
            RegularExpression.compile(ecmaScript: Input.text(pattern)),
        ] {
            switch result {
            case .success(let expression):
                try require(expression.matchingCost(bytes: text.count) >= 0, "a cost below nothing")
                _ = expression.matches(Input.text(text))
            case .failure(let error): try require(!error.message.isEmpty, "an error says nothing")
            }
        }
    }
}
