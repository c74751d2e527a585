internal import Core
internal import HTTPClient
internal import Providers

extension FuzzTarget {
    /// The header fields of a refusal that tell when a provider's limits are renewed: a line each.
    static let limitResets = FuzzTarget("limit-resets", bytesMaximum: 1 << 10) { bytes in
        let fields = Input.text(bytes).split(separator: "\n").compactMap { line -> (name: String, value: String)? in
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            return (String(parts[0]), String(parts[1].drop { $0 == " " }))
        }
        let now = Timestamp(millisecondsSinceEpoch: 1_796_083_200_005)
        for status in [429, 503] {
            let wait = ReadLimits.waitMilliseconds(status: status, fields: fields, now: now)
            guard let wait else { continue }
            try require((0...RetryAfter.millisecondsMaximum).contains(wait), "a wait of \(wait) ms")
            try require(!fields.isEmpty, "a wait that nobody has asked for")
        }
    }
}
