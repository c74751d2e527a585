extension SignalboxError {
    /// All that is wrong with something that was sent, with the first of it in the sentence.
    /// - Parameters:
    ///   - found: at least one.
    ///   - subject: what has them: `The request has`.
    public static func mistakes(
        _ found: [Diagnostic], _ subject: String = "The request has", code: Code = .invalidInput
    ) -> SignalboxError {
        guard let first = found.first else { preconditionFailure("An error needs a mistake.") }
        let start = found.count == 1 ? "\(subject) a mistake:" : "\(subject) \(found.count) mistakes; the first:"
        let stop = first.message.last.map { ".!?".contains($0) } == true ? "" : "."
        return SignalboxError(
            code, "\(start) \(first.message)\(stop)", hint: first.hint, remedy: first.remedy, diagnostics: found)
    }
}
