internal import Core

extension TokenUsage {
    /// The usage object of a chat completion, of OpenAI or of one of the many that speak like it; nil if it does not
    /// hold the two numbers that matter.
    ///
    /// OpenAI counts cached tokens within `prompt_tokens` and reasoning within `completion_tokens`. Some others count
    /// them beside, which shows in their total; a part that is larger than its whole is not believed. The names are
    /// those of OpenAI, OpenRouter (`cache_write_tokens`), the LiteLLM proxy (`cache_creation_tokens`, and Anthropic's
    /// names beside them), DeepSeek (`prompt_cache_hit_tokens`), xAI (`server_side_tool_usage_details`) and Perplexity
    /// (`num_search_queries`).
    init?(openAIChat usage: JSON) {
        guard let prompt = usage["prompt_tokens"]?.tokenCount, let answer = usage["completion_tokens"]?.tokenCount
        else { return nil }
        let promptParts = usage["prompt_tokens_details"]
        let answerParts = usage["completion_tokens_details"]
        let read = Self.firstCount(
            promptParts?["cached_tokens"], usage["prompt_cache_hit_tokens"], usage["cache_read_input_tokens"],
            usage["cached_tokens"])
        let (written, writtenForLong) = Self.cacheWrites(in: usage)
        let thought = Self.firstCount(answerParts?["reasoning_tokens"], usage["reasoning_tokens"])

        // What the total says more than prompt and answer was counted beside them.
        let beside = (usage["total_tokens"]?.tokenCount).map { $0 - prompt - answer } ?? 0
        let isCacheBeside = beside > 0 && beside == read + written + writtenForLong
        let wholePrompt = isCacheBeside ? prompt + beside : prompt
        // Google's compatible interface does not say that what it leaves out is thinking.
        let isThoughtBeside = beside > 0 && !isCacheBeside && (thought == 0 || thought == beside)
        let output = isThoughtBeside ? answer + beside : answer
        let reasoning = isThoughtBeside ? beside : thought

        let isReadCredible = read <= wholePrompt
        let isWriteCredible = read + written + writtenForLong <= wholePrompt
        self.init(
            cacheRead: isReadCredible ? read : 0, cacheWrite: isWriteCredible ? written : 0,
            cacheWriteHour: isWriteCredible ? writtenForLong : 0, output: output,
            reasoning: reasoning <= output ? reasoning : 0,
            audioOutput: (answerParts?["audio_tokens"]).tokenCount(within: output),
            imageOutput: (answerParts?["image_tokens"]).tokenCount(within: output),
            webSearches: Self.webSearches(in: usage))
        input = wholePrompt - self.prompt
        // Where a cache was read, nobody says how much of the sound came from it: no more than is left can be new.
        audioInput = min((promptParts?["audio_tokens"]).tokenCount(within: wholePrompt), input)
        imageInput = min((promptParts?["image_tokens"]).tokenCount(within: wholePrompt), input - audioInput)
    }

    private static func firstCount(_ counts: JSON?...) -> Int64 {
        counts.lazy.compactMap { $0?.tokenCount }.first { $0 > 0 } ?? 0
    }

    /// For the short time, and for the long one.
    private static func cacheWrites(in usage: JSON) -> (Int64, Int64) {
        let parts = usage["prompt_tokens_details"]
        let long = firstCount(
            parts?["cache_write_tokens_details"]?["ttl_12h_tokens"],
            parts?["cache_creation_token_details"]?["ephemeral_1h_input_tokens"],
            usage["cache_creation"]?["ephemeral_1h_input_tokens"])
        let written = firstCount(
            parts?["cache_write_tokens"], parts?["cache_creation_tokens"], usage["cache_creation_input_tokens"],
            usage["cache_write_tokens"])
        return long <= written ? (written - long, long) : (written, 0)
    }

    private static func webSearches(in usage: JSON) -> Int64 {
        firstCount(
            usage["server_tool_use"]?["web_search_requests"], usage["prompt_tokens_details"]?["web_search_requests"],
            usage["server_side_tool_usage_details"]?["web_search_calls"], usage["num_search_queries"])
    }
}
