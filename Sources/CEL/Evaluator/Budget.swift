/// What an evaluation may still cost. A unit is about one node evaluated, one element or 16 bytes built, or 64 bytes
/// looked at, so that it bounds time and memory.
struct Budget {
    private let limit: Int
    private var remaining: Int

    init(limit: Int) {
        self.limit = limit
        remaining = limit
    }

    mutating func charge(_ units: Int) throws(EvaluationError) {
        // Compared before it is taken off, so that no charge can overflow.
        guard units <= remaining else { throw exceeded() }
        remaining -= units
    }

    /// Charges for a text or bytes that are made.
    mutating func chargeBuilding(bytes: Int) throws(EvaluationError) {
        try charge(bytes / 16 + 1)
    }

    /// Charges for a text or bytes that are looked at.
    mutating func chargeReading(bytes: Int) throws(EvaluationError) {
        try charge(bytes / 64 + 1)
    }

    private mutating func exceeded() -> EvaluationError {
        // Whatever absorbs errors must not go on after this one.
        remaining = 0
        return EvaluationError(.costExceeded, "the evaluation takes more than its limit of \(limit) cost units")
    }
}
