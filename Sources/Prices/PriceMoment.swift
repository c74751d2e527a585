internal import Core

/// The moments at which prices change: days, or minutes of days, in UTC.
enum PriceMoment {
    /// Reads `2026-12-01`, or `2026-08-16T16:00Z`.
    static func read(_ text: String) -> (moment: Timestamp, isDay: Bool)? {
        let bytes = Array(text.utf8)
        guard bytes.count == 10 || bytes.count == 17, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            (1970...9999).contains(year)
        else { return nil }
        let date = CivilDate(year: year, month: month, day: day)
        // A day that there is not comes back as another.
        guard (1...12).contains(month), CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date else { return nil }
        var minutes: Int64 = 0
        if bytes.count == 17 {
            guard bytes[10] == UInt8(ascii: "T"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: "Z"),
                let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), hour < 24, minute < 60
            else { return nil }
            minutes = Int64(hour * 60 + minute)
        }
        let moment = Timestamp(millisecondsSinceEpoch: date.daysSinceEpoch * 86_400_000 + minutes * 60_000)
        return (moment, bytes.count == 10)
    }

    /// The day, or the minute if it does not begin a day.
    static func write(_ moment: Timestamp) -> String {
        let text = moment.rfc3339
        return moment.millisecondsSinceEpoch % 86_400_000 == 0 ? String(text.prefix(10)) : text.prefix(16) + "Z"
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }
}
