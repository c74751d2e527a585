internal import Core
internal import Prices
internal import Providers

extension FuzzTarget {
    /// What a provider says that a call costs: an amount by itself, and the report of what was used with one in it.
    static let reportedCost = FuzzTarget("reported-cost", bytesMaximum: 1 << 10) { bytes in
        guard let json = try unlessRefused({ try JSON(parsing: bytes) }) else { return }
        let amount = Money(reportedDollars: json)
        try requireAmount(amount)
        try requireAmount(Money(reportedUnits: json, perDollarTenToThe: 10))
        // More than 15 digits are the noise of binary fractions and are rounded.
        if let text = json.stringValue, text.utf8.count <= 15, let exact = Money(dollars: text) {
            try require(amount == exact, "\(text) dollars are reckoned as another amount")
        }
        try requireAmount(try cost(inUsage: json))
    }

    private static func requireAmount(_ amount: Money?) throws {
        try require(amount ?? .zero >= .zero, "a call that brings money in")
    }

    /// The cost of an answer with this report; nil where it says none, or is nested too deeply for a document around it.
    private static func cost(inUsage usage: JSON) throws -> Money? {
        guard usage.isShallow else { return nil }
        let choice: JSON = [
            "index": 0, "message": ["role": "assistant", "content": "Well."], "finish_reason": "stop",
        ]
        let document: JSON = ["id": "c1", "model": "m", "choices": [choice], "usage": usage]
        switch ReadAnswer.chatCompletion(document.bytes).result {
        case .success(let response): return response.reportedCost
        case .failure(let error): throw Violation("an answer is lost for its report: \(error)")
        }
    }
}
