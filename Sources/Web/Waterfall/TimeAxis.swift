internal import Core

/// Places on an axis of time, as shares of its length.
struct TimeAxis: Sendable {
    let from: Timestamp
    let to: Timestamp
    /// Between two marks, in milliseconds.
    let interval: Int64

    private static let intervals: [Int64] = [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
        600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
        172_800_000, 604_800_000, 2_592_000_000,
    ]
    private static let marksMaximum: Int64 = 8

    /// - Parameter isOpen: whether it goes on: then it ends at a mark that lies ahead.
    init(from: Timestamp, to: Timestamp, isOpen: Bool) {
        let length = max(1, to.milliseconds(since: from))
        let interval =
            Self.intervals.first { length / $0 <= Self.marksMaximum } ?? (length / Self.marksMaximum)
        let whole = isOpen ? (length / interval + 1) * interval : length
        self.from = from
        self.to = Timestamp(millisecondsSinceEpoch: from.millisecondsSinceEpoch + whole)
        self.interval = interval
    }

    var length: Int64 { max(1, to.milliseconds(since: from)) }

    /// The marks, in milliseconds from the beginning; the last is not at the very end, where its word has no room.
    var marks: [Int64] {
        Array(stride(from: Int64(0), through: length * 93 / 100, by: Int64.Stride(interval)))
    }

    /// `12.5%`, to a thousandth.
    func share(of moment: Timestamp) -> String { Self.percent(moment.milliseconds(since: from), of: length) }

    /// How much of it a stretch takes; the shortest can still be seen.
    func share(from: Timestamp, to: Timestamp) -> String {
        Self.percent(max(0, to.milliseconds(since: from)), of: length, least: 250)
    }

    func share(ofMilliseconds milliseconds: Int64) -> String { Self.percent(milliseconds, of: length) }

    private static func percent(_ part: Int64, of whole: Int64, least: Int64 = 0) -> String {
        let thousandths = min(100_000, max(least, Int64((Double(part) / Double(whole) * 100_000).rounded())))
        let rest = String(1_000 + thousandths % 1_000).dropFirst()
        return "\(thousandths / 1_000).\(rest)%"
    }
}
