internal import Core

extension FuzzTarget {
    /// TZif files, asked for moments from the first to the last that can be told.
    static let timeZone = FuzzTarget("time-zone") { bytes in
        guard let rules = TimeZoneFile.read(bytes) else { return }
        // From 1 January of the year 1 to the end of 9999, as CEL's timestamps.
        let moments: [Int64] = [
            -62_135_596_800, -5_364_662_400, 0, 1_774_745_999, 1_796_083_200, 4_118_083_200, 253_402_300_799,
        ]
        for seconds in moments {
            try require(abs(rules.offsetSeconds(atSecondsSinceEpoch: seconds)) < 200_000, "days ahead of everybody")
        }
    }
}
