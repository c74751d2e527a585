internal import Core

/// Parts of timestamps, in UTC or in a time zone, and of durations.
enum TimeFunctions: Sendable {
    static let all: [Function] = [
        part("getFullYear") { Int64($0.date.year) },
        part("getMonth") { Int64($0.date.month - 1) },
        part("getDate") { Int64($0.date.day) },
        part("getDayOfMonth") { Int64($0.date.day - 1) },
        // 1970-01-01 was a Thursday; Sunday is 0.
        part("getDayOfWeek") { ($0.days + 4).quotientAndRemainderFloored(by: 7).remainder },
        part("getDayOfYear") { $0.days - CivilDate(year: $0.date.year, month: 1, day: 1).daysSinceEpoch },
        part("getHours", ofDuration: { $0 / 3_600_000_000_000 }) { $0.secondOfDay / 3600 },
        part("getMinutes", ofDuration: { $0 / 60_000_000_000 }) { $0.secondOfDay / 60 % 60 },
        part("getSeconds", ofDuration: { $0 / 1_000_000_000 }) { $0.secondOfDay % 60 },
        part("getMilliseconds", ofDuration: { $0 / 1_000_000 % 1000 }) { $0.nanoseconds / 1_000_000 },
    ]

    /// A timestamp as a clock on the wall shows it.
    private struct LocalTime {
        var days: Int64
        var secondOfDay: Int64
        var nanoseconds: Int64

        var date: CivilDate { CivilDate(daysSinceEpoch: days) }

        init(_ instant: Instant, offsetSeconds: Int) {
            (days, secondOfDay) = (instant.seconds + Int64(offsetSeconds)).quotientAndRemainderFloored(by: 86_400)
            nanoseconds = Int64(instant.nanoseconds)
        }
    }

    private static func part(
        _ name: String, ofDuration durationPart: (@Sendable (_ nanoseconds: Int64) -> Int64)? = nil,
        _ part: @escaping @Sendable (LocalTime) -> Int64
    ) -> Function {
        .member(name, 1...2) { arguments, budget throws(EvaluationError) in
            switch arguments[0] {
            case .timestamp(let instant):
                guard arguments.count == 2 else { return .int(part(LocalTime(instant, offsetSeconds: 0))) }
                guard case .string(let zone) = arguments[1] else { return nil }
                try budget.charge(10)
                let offset = try offsetSeconds(of: zone, at: instant)
                return .int(part(LocalTime(instant, offsetSeconds: offset)))
            case .duration(let nanoseconds):
                guard arguments.count == 1, let durationPart else { return nil }
                return .int(durationPart(nanoseconds))
            default: return nil
            }
        }
    }

    private static func offsetSeconds(of zone: String, at instant: Instant) throws(EvaluationError) -> Int {
        do {
            return try TimeZoneRules.named(zone).offsetSeconds(atSecondsSinceEpoch: instant.seconds)
        } catch {
            throw EvaluationError(.invalidArgument, "there is no time zone \"\(zone.prefix(40))\"")
        }
    }
}
