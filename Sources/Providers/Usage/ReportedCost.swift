internal import Core
internal import Prices

/// What providers themselves say a call costs; it wins over every table.
enum ReportedCost {
    /// The amount in the usage object of a chat completion or of `responses`; nil where there is none.
    ///
    /// OpenRouter and the LiteLLM proxy say `cost` in dollars. With the customer's own key OpenRouter's is its fee alone:
    /// what the provider behind it takes comes on top, and where that is not said the whole is unknown. Perplexity says
    /// `cost.total_cost`. xAI says ticks (https://docs.x.ai/developers/cost-tracking), ten thousand million of which are
    /// a dollar.
    static func ofUsage(_ usage: JSON) -> Money? {
        if let total = usage["cost"]?["total_cost"] { return Money(reportedDollars: total) }
        if let ticks = usage["cost_in_usd_ticks"], !ticks.isNull {
            return Money(reportedUnits: ticks, perDollarTenToThe: 10)
        }
        guard let cost = Money(reportedDollars: usage["cost"]) else { return nil }
        guard usage["is_byok"]?.boolValue == true else { return cost }
        guard let upstream = Money(reportedDollars: usage["cost_details"]?["upstream_inference_cost"]) else {
            return nil
        }
        let (sum, isTooLarge) = cost.rawValue.addingReportingOverflow(upstream.rawValue)
        return isTooLarge ? nil : Money(rawValue: sum)
    }

    /// The header `x-litellm-response-cost` of the LiteLLM proxy: dollars. Where the proxy knows no price, and while it
    /// streams, it says zero or nothing, so zero is not believed.
    static func ofLiteLLM(header: String?) -> Money? {
        guard let header, let cost = Money(reportedDollars: .string(header)), cost > .zero else { return nil }
        return cost
    }
}
