internal import Core
internal import Prices

/// What providers themselves say a call costs; it wins over every table.
enum ReportedCost {
    /// The amount in the usage object of a chat completion or of `responses`; nil where there is none.
    ///
    /// OpenRouter says `cost` in dollars, and with the customer's own key only its fee: what the provider behind it takes
    /// comes on top. Perplexity says `cost.total_cost`. xAI says ticks, ten thousand million of which are a dollar.
    static func ofUsage(_ usage: JSON) -> Money? {
        if let total = usage["cost"]?["total_cost"] { return Money(reportedDollars: total) }
        if let ticks = usage["cost_in_usd_ticks"], !ticks.isNull {
            return Money(reportedUnits: ticks, perDollarTenToThe: 10)
        }
        guard let cost = Money(reportedDollars: usage["cost"]) else { return nil }
        guard usage["is_byok"]?.boolValue == true else { return cost }
        return Money(reportedDollars: usage["cost_details"]?["upstream_inference_cost"]).map { cost + $0 }
    }

    /// The header `x-litellm-response-cost` of the LiteLLM proxy: dollars. Where the proxy knows no price it says zero or
    /// nothing, so zero is not believed.
    static func ofLiteLLM(header: String?) -> Money? {
        guard let header, let cost = Money(reportedDollars: .string(header)), cost > .zero else { return nil }
        return cost
    }
}
