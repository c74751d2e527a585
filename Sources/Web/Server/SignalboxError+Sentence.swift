internal import Core

extension SignalboxError {
    /// What is wrong, and what helps.
    var sentence: String { hint.map { "\(message) \($0)" } ?? message }
}
