internal import Core

/// Finds the stretches of an axis in which no step works: a person is asked, a timer runs, another task does something.
enum IdleStretches: Sendable {
    /// What is shorter is not worth a fold.
    private static let least: Int64 = 1_000

    /// The long stretches outside of all that was work, in order. None where they would not make the rest larger by much,
    /// or where there is nothing but them.
    static func find(from: Timestamp, to: Timestamp, work: [WaterfallBar]) -> [ClosedRange<Timestamp>] {
        var idle: [ClosedRange<Timestamp>] = []
        var end = from
        for bar in work.sorted(by: { $0.from < $1.from }) where bar.from < to {
            if bar.from > end { idle.append(end...bar.from) }
            end = max(end, min(bar.to ?? to, to))
        }
        if end < to { idle.append(end...to) }
        let length = { (stretch: ClosedRange<Timestamp>) in
            stretch.upperBound.milliseconds(since: stretch.lowerBound)
        }
        let whole = to.milliseconds(since: from)
        let active = whole - idle.reduce(0) { $0 + length($1) }
        let long = idle.filter { length($0) >= max(least, active / 5) }
        let folded = long.reduce(0) { $0 + length($1) }
        guard active > 0, folded * 2 > whole else { return [] }
        return long
    }
}
