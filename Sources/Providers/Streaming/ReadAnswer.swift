internal import Core

/// What becomes of the bytes of an answer that arrive in pieces: the entry for tests and fuzzing, which needs no
/// network and never traps.
package struct ReadAnswer: Sendable {
    package var events: [ModelEvent]
    /// The answer, or `CutResponse`, or `SignalboxError`.
    package var result: Result<ModelResponse, any Error>

    init(events: [ModelEvent], result: Result<ModelResponse, any Error>) {
        self.events = events
        self.result = result
    }

    /// Reads an answer in that form.
    /// - Parameter cuts: Where the bytes are cut; what lies outside of them is ignored.
    init(
        _ bytes: [UInt8], cuts: [Int] = [], as assembly: some AnswerAssembly, _ errors: UpstreamErrors,
        bytesMaximum: Int = Limits.outputBytesMaximum
    ) {
        var answer = StreamedAnswer(assembly, errors, bytesMaximum: bytesMaximum)
        events = []
        var start = 0
        for cut in cuts.filter({ $0 > 0 && $0 < bytes.count }).sorted() + [bytes.count] {
            events += answer.receive(Array(bytes[start..<cut]))
            start = cut
        }
        events += answer.end()
        result = Result { [answer] in try answer.result() }
    }
}

extension ReadAnswer {
    /// Reads a chat completion, streamed or in one piece.
    package static func chatCompletion(_ bytes: [UInt8], cuts: [Int] = []) -> ReadAnswer {
        let errors = UpstreamErrors(provider: "openai", secret: nil, keyPlace: nil, model: "")
        return ReadAnswer(bytes, cuts: cuts, as: ChatCompletion(provider: "openai"), errors)
    }

    /// Reads an answer of OpenAI's interface `responses`, streamed or in one piece.
    package static func openAIResponse(_ bytes: [UInt8], cuts: [Int] = []) -> ReadAnswer {
        let errors = UpstreamErrors(provider: "openai", secret: nil, keyPlace: nil, model: "", form: "a response")
        return ReadAnswer(bytes, cuts: cuts, as: ResponseAssembly(provider: "openai"), errors)
    }
}
