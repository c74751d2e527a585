internal import Core

extension Money {
    /// The cost that a usage object names: `cost` of OpenRouter and of the LiteLLM proxy in dollars, `cost.total_cost`
    /// of Perplexity, `cost_in_usd_ticks` of xAI (https://docs.x.ai/developers/cost-tracking: 10,000,000,000 are a
    /// dollar). With a key of one's own OpenRouter charges a fee and its upstream the rest: both count.
    init?(reportedIn usage: JSON) {
        if let ticks = usage["cost_in_usd_ticks"]?.intValue, ticks >= 0 {
            self.init(rawValue: Self.halfEven(ticks, dividedBy: 10))
            return
        }
        guard let cost = (usage["cost"]?["total_cost"] ?? usage["cost"]).flatMap(Money.init(reportedDollars:)) else {
            return nil
        }
        let isOwnKey = usage["is_byok"]?.boolValue ?? false
        let upstream = isOwnKey ? usage["cost_details"]?["upstream_inference_cost"] : nil
        let (sum, isTooLarge) = cost.rawValue.addingReportingOverflow(
            upstream.flatMap(Money.init(reportedDollars:))?.rawValue ?? 0)
        guard !isTooLarge else { return nil }
        self.init(rawValue: sum)
    }

    /// Dollars as a JSON number, or as text with one in it. The shortest decimal that means the same binary number is
    /// what its sender has written, as long as that had no more than 15 digits.
    init?(reportedDollars json: JSON) {
        switch json {
        case .int(let value): self.init(reportedDollars: String(value))
        case .double(let value): self.init(reportedDollars: value.description)
        case .string(let text): self.init(reportedDollars: text)
        default: return nil
        }
    }

    /// Dollars as a decimal, also with an exponent such as `1.25e-05`; what is beyond nano-dollars is rounded to the
    /// nearest, halves to the even one. Nil for anything else, and below zero.
    init?(reportedDollars text: String) {
        let parts = text.lowercased().split(separator: "e", maxSplits: 1, omittingEmptySubsequences: false)
        let places = parts[0].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let fraction = places.dropFirst().first ?? ""
        let digits = places[0] + fraction
        guard (1...Self.reportedDigitsMaximum).contains(digits.utf8.count),
            digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let exponent = parts.count == 1 ? 0 : Int(parts[1]), (-100...100).contains(exponent)
        else { return nil }
        // Nano-dollars are these digits times 10 to the power of this.
        let shift = 9 - fraction.utf8.count + exponent
        let significant = digits.drop { $0 == "0" }
        guard !significant.isEmpty else {
            self.init(rawValue: 0)
            return
        }
        if shift >= 0 {
            guard significant.utf8.count + shift <= 18,
                let value = Int64(significant + String(repeating: "0", count: shift))
            else { return nil }
            self.init(rawValue: value)
            return
        }
        let kept = significant.dropLast(-shift)
        let dropped =
            String(repeating: "0", count: max(0, -shift - significant.utf8.count)) + significant.suffix(-shift)
        guard kept.utf8.count <= 18, let whole = kept.isEmpty ? 0 : Int64(kept) else { return nil }
        let half = "5" + String(repeating: "0", count: dropped.utf8.count - 1)
        let isUp = dropped > half || (dropped == half && whole % 2 == 1)
        self.init(rawValue: whole + (isUp ? 1 : 0))
    }

    private static let reportedDigitsMaximum = 60

    private static func halfEven(_ value: Int64, dividedBy divisor: Int64) -> Int64 {
        let (quotient, remainder) = value.quotientAndRemainder(dividingBy: divisor)
        let isUp = remainder * 2 > divisor || (remainder * 2 == divisor && quotient % 2 == 1)
        return quotient + (isUp ? 1 : 0)
    }
}

extension JSON {
    /// A report that may be kept in the journal; nil when it is too large or too deep for that.
    var asEvidence: JSON? {
        hasBoundedDepth && bytes.count <= Limits.inlinePayloadBytesMaximum ? self : nil
    }
}
