internal import Core

/// Hours in which the usual service costs other than else: DeepSeek charges by the time of day.
public struct PeakHours: Sendable, Hashable {
    /// Minutes of the day, in UTC.
    public var minutes: [Range<Int>]
    /// Whether they hold from Monday to Friday only.
    public var isOnWeekdaysOnly: Bool
    /// Days without such hours, as days after 1970-01-01.
    public var exceptions: Set<Int64>
    public var schedule: PriceSchedule

    public init(minutes: [Range<Int>], isOnWeekdaysOnly: Bool, exceptions: Set<Int64>, schedule: PriceSchedule) {
        self.minutes = minutes
        self.isOnWeekdaysOnly = isOnWeekdaysOnly
        self.exceptions = exceptions
        self.schedule = schedule
    }

    /// Whether a moment is in these hours.
    func contains(_ moment: Timestamp) -> Bool {
        let (day, millisecond) = moment.millisecondsSinceEpoch.quotientAndRemainderFloored(by: 86_400_000)
        guard !exceptions.contains(day) else { return false }
        // 1970-01-01 was a Thursday; Monday is 0.
        if isOnWeekdaysOnly, (day + 3).quotientAndRemainderFloored(by: 7).remainder > 4 { return false }
        return minutes.contains { $0.contains(Int(millisecond / 60_000)) }
    }

    /// Reads `01:00-04:00`.
    static func range(_ text: String) -> Range<Int>? {
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end -> Int? in
            let parts = end.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
                let minute = Int(parts[1]), (0...24).contains(hour), (0..<60).contains(minute)
            else { return nil }
            return hour * 60 + minute
        }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < end, end <= 1440 else { return nil }
        return start..<end
    }

    /// Writes what `range` reads.
    static func text(_ range: Range<Int>) -> String {
        func clock(_ minute: Int) -> String {
            let hour = String(100 + minute / 60).dropFirst()
            return "\(hour):\(String(100 + minute % 60).dropFirst())"
        }
        return "\(clock(range.lowerBound))-\(clock(range.upperBound))"
    }
}
