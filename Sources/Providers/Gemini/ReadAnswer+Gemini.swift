internal import Core

extension ReadAnswer {
    /// Reads an answer of Gemini, streamed as events or as an array, or in one piece.
    package static func gemini(_ bytes: [UInt8], cuts: [Int] = []) -> ReadAnswer {
        let errors = UpstreamErrors(
            provider: "gemini", secret: nil, keyPlace: nil, model: "gemini-3-flash", form: "an answer of Gemini",
            baseURLEnding: "/v1beta")
        let model = ModelName(provider: "gemini", model: "gemini-3-flash")
        return ReadAnswer(bytes, cuts: cuts, as: GeminiAnswer(of: model), errors)
    }
}
