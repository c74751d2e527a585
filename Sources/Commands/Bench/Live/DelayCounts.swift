/// How long events were on their way, counted by the millisecond.
struct DelayCounts: Sendable {
    private var counts = [Int](repeating: 0, count: 60_001)
    private(set) var total = 0

    /// - Parameter milliseconds: from the moment an event was decided to its arrival.
    mutating func add(_ milliseconds: Int64) {
        counts[Int(max(0, min(milliseconds, 60_000)))] += 1
        total += 1
    }

    /// In milliseconds; of a minute or more, a minute.
    func percentile(_ share: Double) -> Int {
        var left = max(1, Int((Double(total) * share / 100).rounded(.up)))
        for (milliseconds, count) in counts.enumerated() {
            left -= count
            if left <= 0 { return milliseconds }
        }
        return 0
    }
}
