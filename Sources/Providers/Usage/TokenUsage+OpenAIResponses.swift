internal import Core

extension TokenUsage {
    /// The usage object of an answer of OpenAI's interface `responses`; nil if it does not hold the two numbers that
    /// matter. Cached tokens and those written to the cache stand within `input_tokens`, reasoning within
    /// `output_tokens`. What is written for 30 minutes counts as short, for 12 hours as long.
    /// - Parameter output: The items of the answer. Searches are not in the usage; each `web_search_call` that searched
    ///   is one, those that opened a page or looked for words in it cost nothing by themselves.
    init?(openAIResponses usage: JSON, output items: JSON? = nil) {
        guard let prompt = usage["input_tokens"]?.tokenCount, let answer = usage["output_tokens"]?.tokenCount else {
            return nil
        }
        let parts = usage["input_tokens_details"]
        let read = (parts?["cached_tokens"]).tokenCount(within: prompt)
        let written = (parts?["cache_write_tokens"]).tokenCount(within: prompt - read)
        let input = prompt - read - written
        let writtenForLong = (parts?["cache_write_tokens_details"]?["ttl_12h_tokens"]).tokenCount(within: written)
        self.init(
            input: input, cacheRead: read, cacheWrite: written - writtenForLong, cacheWriteHour: writtenForLong,
            output: answer,
            reasoning: (usage["output_tokens_details"]?["reasoning_tokens"]).tokenCount(within: answer),
            webSearches: Self.searches(in: items))
        audioInput = min((parts?["audio_tokens"]).tokenCount(within: prompt), input)
        imageInput = min((parts?["image_tokens"]).tokenCount(within: prompt), input - audioInput)
        audioOutput = (usage["output_tokens_details"]?["audio_tokens"]).tokenCount(within: answer)
        imageOutput = (usage["output_tokens_details"]?["image_tokens"]).tokenCount(within: answer)
    }

    private static func searches(in items: JSON?) -> Int64 {
        let calls = (items?.arrayValue ?? []).filter { item in
            guard item["type"]?.stringValue == "web_search_call" else { return false }
            return (item["action"]?["type"]?.stringValue ?? "search") == "search"
        }
        return Int64(calls.count)
    }
}
