internal import Core

/// Places on an axis of time, as shares of its length. Stretches in which nothing was done may be folded: then each is
/// drawn at the same small length, however long it was, and what was done has room.
struct TimeAxis: Sendable {
    let from: Timestamp
    let to: Timestamp
    /// Between two marks, in milliseconds.
    let interval: Int64
    /// What is drawn shorter than it was, in order.
    let folds: [ClosedRange<Timestamp>]
    /// How long each of them is drawn, in milliseconds of the rest.
    let foldLength: Int64

    private static let intervals: [Int64] = [
        1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000,
        600_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 10_800_000, 21_600_000, 43_200_000, 86_400_000,
        172_800_000, 604_800_000, 2_592_000_000,
    ]
    private static let marksMaximum: Int64 = 8

    /// - Parameters:
    ///   - isOpen: whether it goes on: then it ends at a mark that lies ahead.
    ///   - folds: in order, inside of the axis, and not all of it. One that reaches to its end keeps it from going on.
    init(from: Timestamp, to: Timestamp, isOpen: Bool, folds: [ClosedRange<Timestamp>] = []) {
        let folded = folds.reduce(0) { $0 + $1.upperBound.milliseconds(since: $1.lowerBound) }
        let length = max(1, to.milliseconds(since: from) - folded)
        let interval =
            Self.intervals.first { length / $0 <= Self.marksMaximum } ?? (length / Self.marksMaximum)
        let goesOn = isOpen && folds.last?.upperBound != to
        let whole = goesOn ? (length / interval + 1) * interval : length
        self.from = from
        self.to = Timestamp(millisecondsSinceEpoch: from.millisecondsSinceEpoch + whole + folded)
        self.interval = interval
        self.folds = folds
        foldLength = folds.isEmpty ? 0 : max(1, min(whole / 11, whole / 2 / Int64(folds.count)))
    }

    /// How long it is drawn, in milliseconds of what is not folded.
    var length: Int64 { offset(of: to) }

    /// How far from the beginning a moment is drawn.
    func offset(of moment: Timestamp) -> Int64 {
        var offset = moment.milliseconds(since: from)
        for fold in folds where moment > fold.lowerBound {
            let length = fold.upperBound.milliseconds(since: fold.lowerBound)
            let passed = min(length, moment.milliseconds(since: fold.lowerBound))
            offset += Int64(Double(passed) / Double(length) * Double(foldLength)) - passed
        }
        return offset
    }

    /// The marks: of how much time that is not folded they stand, and where. The last is not at the very end, where its
    /// word has no room.
    var marks: [(milliseconds: Int64, offset: Int64)] {
        let folded = folds.map { fold in
            (offset(of: fold.lowerBound) - foldLength / 2, offset(of: fold.upperBound))
        }
        var passed: Int64 = 0
        let begins = folds.map { fold -> Int64 in
            defer { passed += fold.upperBound.milliseconds(since: fold.lowerBound) }
            return fold.lowerBound.milliseconds(since: from) - passed
        }
        return stride(from: Int64(0), through: length, by: Int64.Stride(interval)).compactMap { mark in
            let place = mark + foldLength * Int64(begins.count { $0 <= mark })
            guard place <= length * 93 / 100, !folded.contains(where: { $0.0 < place && place < $0.1 }) else {
                return nil
            }
            return (mark, place)
        }
    }

    /// `12.5%`, to a thousandth.
    func share(of moment: Timestamp) -> String { Self.percent(offset(of: moment), of: length) }

    /// How much of it a stretch takes; the shortest can still be seen.
    func share(from: Timestamp, to: Timestamp) -> String {
        Self.percent(max(0, offset(of: to) - offset(of: from)), of: length, least: 250)
    }

    func share(ofMilliseconds milliseconds: Int64) -> String { Self.percent(milliseconds, of: length) }

    private static func percent(_ part: Int64, of whole: Int64, least: Int64 = 0) -> String {
        let whole = max(1, whole)
        let thousandths = min(100_000, max(least, Int64((Double(part) / Double(whole) * 100_000).rounded())))
        let rest = String(1_000 + thousandths % 1_000).dropFirst()
        return "\(thousandths / 1_000).\(rest)%"
    }
}
