internal import RegularExpressions

extension RegularExpression {
    /// Whether the pattern is found anywhere in the text; charges for reading it.
    func matches(_ text: String, _ budget: inout Budget) throws(EvaluationError) -> Bool {
        try budget.chargeReading(bytes: text.utf8.count)
        try budget.charge(matchingCost(bytes: text.utf8.count))
        return matches(text)
    }
}
