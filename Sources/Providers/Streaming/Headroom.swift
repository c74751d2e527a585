internal import CEL
internal import Core
internal import HTTPClient

extension ClientHeaders {
    /// What a provider says is left of its limits, by name in lower case: `x-ratelimit-…` of OpenAI and those who do as
    /// it does, `anthropic-ratelimit-…`.
    var headroom: [String: String] {
        var headroom: [String: String] = [:]
        for (name, value) in self where headroom.count < Self.headroomFieldsMaximum {
            let name = name.lowercased()
            guard name.hasPrefix("x-ratelimit-") || name.hasPrefix("anthropic-ratelimit-") else { continue }
            headroom[name] = String(value.prefix(Self.headroomLengthMaximum))
        }
        return headroom
    }

    private static let headroomFieldsMaximum = 32
    private static let headroomLengthMaximum = 100
}

extension TemporaryRefusal {
    /// What an answer of a model's server with an error says about trying again; nil when that is no use.
    ///
    /// How long to wait it says in `retry-after-ms` or `Retry-After`; where it says neither, its limits say when they
    /// are renewed. `x-should-retry` overrules the status, as in the clients of OpenAI and Anthropic.
    /// - Parameter now: what dates are counted from.
    init?(modelStatus status: Int, headers: ClientHeaders, now: Timestamp) {
        let isTemporary: Bool =
            switch headers["x-should-retry"]?.lowercased() {
            case "true"?: true
            case "false"?: false
            // 408: the request took too long to arrive. 409: another one held a lock.
            default: Self.isTemporary(status: status) || status == 408 || status == 409
            }
        guard isTemporary else { return nil }
        if let text = headers["retry-after-ms"], let milliseconds = Double(text), milliseconds >= 0 {
            let bounded = min(milliseconds.rounded(.up), Double(RetryAfter.millisecondsMaximum))
            self.init(retryAfterMilliseconds: Int64(bounded))
        } else if let wait = headers["Retry-After"].flatMap({ RetryAfter.milliseconds($0, now: now) }) {
            self.init(retryAfterMilliseconds: wait)
        } else {
            self.init(retryAfterMilliseconds: status == 429 ? LimitResets(headers, now: now).wait : nil)
        }
    }
}

/// When the limits of a provider are renewed.
struct LimitResets: Sendable {
    private var exhausted: [Int64] = []
    private var others: [Int64] = []

    init(_ headers: ClientHeaders, now: Timestamp) {
        let headroom = headers.headroom
        for (name, text) in headroom {
            guard let wait = Self.milliseconds(text, now: now), let left = Self.remaining(for: name, in: headroom)
            else { continue }
            if left == "0" { exhausted.append(wait) } else { others.append(wait) }
        }
    }

    /// Until all limits of which nothing is left are renewed. When something is left of each, the request was too large
    /// for one of them, and the first that is renewed is the likeliest.
    var wait: Int64? { exhausted.max() ?? others.min() }

    /// What is left of the limit whose renewal that field tells: `x-ratelimit-reset-tokens` goes with
    /// `x-ratelimit-remaining-tokens`, `anthropic-ratelimit-tokens-reset` with `anthropic-ratelimit-tokens-remaining`.
    private static func remaining(for name: String, in headroom: [String: String]) -> String? {
        guard name.contains("reset") else { return nil }
        return headroom[name.replacing("reset", with: "remaining")] ?? ""
    }

    /// The wait that a field means: `1s`, `6m0s`, `20ms`, `59.5` (seconds), or a date.
    static func milliseconds(_ text: String, now: Timestamp) -> Int64? {
        let wait =
            text.contains("T")
            ? Timestamp(rfc3339: text).map { $0.milliseconds(since: now) } : duration(text.lowercased())
        return wait.map { min(max($0, 0), RetryAfter.millisecondsMaximum) }
    }

    /// A duration as Go writes it, or a number of seconds.
    private static func duration(_ text: String) -> Int64? {
        var rest = text[...]
        var sum = 0.0
        while !rest.isEmpty {
            let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
            rest = rest.dropFirst(number.count)
            let unit = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(unit.count)
            let factors = ["ms": 1.0, "s": 1000, "": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
            guard let value = Double(number), let factor = factors[String(unit)] else { return nil }
            sum += value * factor
        }
        guard !text.isEmpty, sum.isFinite, sum < Double(Int64.max / 2) else { return nil }
        // A point in time since 1970 in seconds or milliseconds, as OpenRouter sends it, is no wait: it is left out.
        return sum > 100 * 86_400_000 ? nil : Int64(sum.rounded(.up))
    }
}
