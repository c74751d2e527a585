extension TokenUsage {
    /// The kinds that occur, in words, what is part of another behind it: `120 input · 30 output (10 reasoning)`.
    /// - Parameter grouped: how numbers are written.
    public func words(_ grouped: (Int64) -> String) -> String {
        func count(_ number: Int64, _ word: String) -> String? { number == 0 ? nil : "\(grouped(number)) \(word)" }
        func with(_ whole: String?, _ parts: [String?]) -> String? {
            let parts = parts.compactMap(\.self)
            return whole.map { parts.isEmpty ? $0 : "\($0) (\(parts.joined(separator: ", ")))" }
        }
        let kinds = [
            with(
                count(input, "input"),
                [count(audioInput, "sound"), count(imageInput, "pictures"), count(webSearchTokens, "from searches")]),
            with(count(cacheRead, "cache read"), [count(audioCacheRead, "sound")]),
            count(cacheWrite, "cache write"), count(cacheWriteHour, "long cache write"),
            with(
                count(output, "output"),
                [count(reasoning, "reasoning"), count(audioOutput, "sound"), count(imageOutput, "pictures")]),
            count(webSearches, webSearches == 1 ? "web search" : "web searches"),
        ]
        return kinds.compactMap(\.self).joined(separator: " · ")
    }
}
