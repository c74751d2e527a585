internal import Core

extension TokenUsage {
    /// `usageMetadata` of an answer of Gemini's `generateContent`; nil if it does not say how long the prompt was.
    ///
    /// Cached tokens stand within `promptTokenCount`; what tools put into the prompt, and thoughts, stand beside. Of a
    /// stream the last one counts: each has the sums so far, and the first ones have no candidates yet.
    /// - Parameter grounding: `groundingMetadata` of the candidate. Searches are not in the usage; each query is one.
    init?(gemini usage: JSON, grounding: JSON? = nil) {
        guard let prompt = usage["promptTokenCount"]?.tokenCount else { return nil }
        let read = usage["cachedContentTokenCount"].tokenCount(within: prompt)
        let ofTools = usage["toolUsePromptTokenCount"]?.tokenCount ?? 0
        let thought = usage["thoughtsTokenCount"]?.tokenCount ?? 0
        let answer = usage["candidatesTokenCount"]?.tokenCount ?? 0
        let input = prompt - read + ofTools
        self.init(input: input, cacheRead: read, output: answer + thought, reasoning: thought)

        let sound = Self.count(of: "AUDIO", in: usage["promptTokensDetails"])
        audioCacheRead = min(Self.count(of: "AUDIO", in: usage["cacheTokensDetails"]), read)
        let toolSound = Self.count(of: "AUDIO", in: usage["toolUsePromptTokensDetails"])
        audioInput = max(0, min(sound - audioCacheRead + toolSound, input))
        let pictures =
            Self.count(of: "IMAGE", in: usage["promptTokensDetails"])
            - Self.count(of: "IMAGE", in: usage["cacheTokensDetails"])
        imageInput = max(0, min(pictures, input - audioInput))
        audioOutput = min(Self.count(of: "AUDIO", in: usage["candidatesTokensDetails"]), answer)
        imageOutput = min(Self.count(of: "IMAGE", in: usage["candidatesTokensDetails"]), answer - audioOutput)
        webSearches = Int64(grounding?["webSearchQueries"]?.arrayValue?.count ?? 0)
        if webSearches > 0 { webSearchTokens = ofTools }
    }

    private static func count(of modality: String, in details: JSON?) -> Int64 {
        let counts = (details?.arrayValue ?? []).filter { $0["modality"]?.stringValue == modality }
        return counts.reduce(0) { $0 + ($1["tokenCount"]?.tokenCount ?? 0) }
    }
}
