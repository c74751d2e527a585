internal import Core

extension TokenUsage {
    /// The usage object of an answer of Anthropic's Messages; nil if it does not hold the two numbers that matter. Of a
    /// stream it is that of `message_start` with what `message_delta` replaces (`JSON.usage(updatedBy:)`).
    ///
    /// `input_tokens` holds only what was neither read from a cache nor written to one, thinking stands within
    /// `output_tokens`. Where the provider summarised the conversation on the way, the sums at the top leave that out
    /// and only `iterations` tells it. What another model gave as advice is left out: it has another price.
    init?(anthropic usage: JSON) {
        guard let own = Self(anthropicCounts: usage) else { return nil }
        self = own
        for part in usage["iterations"]?.arrayValue ?? [] where part["type"]?.stringValue == "compaction" {
            self += Self(anthropicCounts: part) ?? .zero
        }
        webSearches = usage["server_tool_use"]?["web_search_requests"]?.tokenCount ?? 0
        reasoning = (usage["output_tokens_details"]?["thinking_tokens"]).tokenCount(within: output)
    }

    private init?(anthropicCounts usage: JSON) {
        guard let input = usage["input_tokens"]?.tokenCount, let output = usage["output_tokens"]?.tokenCount else {
            return nil
        }
        let short = usage["cache_creation"]?["ephemeral_5m_input_tokens"]?.tokenCount ?? 0
        let hour = usage["cache_creation"]?["ephemeral_1h_input_tokens"]?.tokenCount ?? 0
        // The sum is older than its two parts, and what stands in neither was written for the short time.
        let written = max(usage["cache_creation_input_tokens"]?.tokenCount ?? 0, short + hour)
        self.init(
            input: input, cacheRead: usage["cache_read_input_tokens"]?.tokenCount ?? 0, cacheWrite: written - hour,
            cacheWriteHour: hour, output: output)
    }
}

extension JSON {
    /// This usage object with what a later one of the same answer says: its numbers are sums, not additions. What the
    /// later one leaves out or has no value for stays.
    func usage(updatedBy later: JSON) -> JSON {
        guard case .object(var members) = self else { return later }
        for (name, value) in later.objectValue ?? [:] where !value.isNull { members[name] = value }
        return .object(members)
    }
}
