internal import Engine

extension FuzzTarget {
    /// The last words of an agent, with their verdict.
    static let finalMessage = FuzzTarget("final-message") { bytes in
        let text = Input.text(bytes)
        let message = FinalMessage(text)
        try require(message.text.utf8.count <= text.utf8.count, "more is handed over than was said")
        try require((message.summary ?? "").utf8.count <= text.utf8.count, "more is summed up than was said")
        // Stars are no part of a word: models like to make it bold.
        let isGiven = text.filter { $0 != "*" }.contains("STATUS:")
        try require(message.status == .completed || isGiven, "a verdict that was not given")
    }
}
