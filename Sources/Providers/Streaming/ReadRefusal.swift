package import Core
internal import Secrets

/// What becomes of the body of a refusal: the entry for tests and fuzzing, which needs no network and never traps.
package enum ReadRefusal: Sendable {
    /// The error that is told of it.
    /// - Parameter key: what was sent with the request, which the body may repeat.
    package static func error(status: Int, body: [UInt8], key: String) -> SignalboxError {
        let errors = UpstreamErrors(
            provider: "openai", secret: key, keyPlace: .environment("OPENAI_API_KEY"), model: "gpt-5-mini")
        return errors.status(status, body: body)
    }
}
