internal import Core
internal import HTTPClient
internal import Secrets

/// Turns what goes wrong with a provider into errors that name it, say what it said, and never hold the key.
struct UpstreamErrors: Sendable {
    /// The provider as the settings call it.
    let provider: String
    /// The key that was sent, which some servers repeat in their messages.
    let secret: String?
    /// Where the key came from.
    let keyPlace: SecretReference?
    /// The model that was asked for.
    let model: String
    /// What the provider is to send, for errors about something else.
    var form = "a chat completion"
    /// How base URLs for this interface usually end, for hints.
    var baseURLEnding = "/v1"

    private static let excerptLengthMaximum = 500
    private static let excerptBytesMaximum = 8 << 10

    /// `PROVIDER did something.`
    func failure(_ deed: String, hint: String? = nil, cause: (any Error)? = nil) -> SignalboxError {
        SignalboxError(
            .upstream, "\(provider) \(deed)\(deed.hasSuffix(".") ? "" : ".")", hint: hint, cause: cause)
    }

    /// A document that must be JSON.
    /// - Parameter cause: why it may not be whole.
    func json(_ bytes: [UInt8], cause: (any Error)? = nil) throws -> JSON {
        do {
            return try JSON(parsing: bytes)
        } catch {
            throw failure("sent something that is not JSON: \(excerpt(bytes))", hint: baseURLHint, cause: cause)
        }
    }

    /// JSON that is not what the answer looks like.
    func malformed(_ json: JSON) -> SignalboxError {
        failure("sent something that is not \(form): \(excerpt(json.bytes))", hint: baseURLHint)
    }

    /// A page for people where an answer should be: a proxy in between, or an address that leads elsewhere.
    func page(_ bytes: [UInt8]) -> SignalboxError {
        failure("sent a page of HTML instead of \(form): \(excerpt(bytes))", hint: baseURLHint)
    }

    /// The stream ended before the answer did.
    func cutShort(after text: String, cause: (any Error)? = nil) -> SignalboxError {
        let why = (cause as? SignalboxError).map { " (\(excerpt($0.message)))" } ?? ""
        return failure("was cut off \(after(text))\(why)", cause: cause ?? TemporaryRefusal())
    }

    /// The answer ended, without a reason, before anything was in it.
    var empty: SignalboxError {
        failure("sent nothing: the answer was empty", hint: "The step can be run again.", cause: TemporaryRefusal())
    }

    /// An error object in the middle of a stream that had begun with status 200.
    func inStream(_ error: JSON, after text: String) -> SignalboxError {
        let words = words(of: error)
        // Gateways give the status as code, some of them as text.
        let number = error["code"]?.intValue.flatMap(Int.init(exactly:)) ?? words.lazy.compactMap { Int($0) }.first
        let isTemporary =
            !words.contains("insufficient_quota")
            && (words.contains(where: Self.temporaryWords.contains)
                || number.map(TemporaryRefusal.isTemporary(status:)) ?? false)
        return failure(
            "failed \(after(text)): \(sentence(of: error))",
            cause: isTemporary ? TemporaryRefusal(retryAfterMilliseconds: retryDelay(in: error)) : nil)
    }

    /// An answer with an error status.
    /// - Parameters:
    ///   - refusal: what it says about trying again; nil when that is no use.
    ///   - location: where it says that the request should go.
    func status(
        _ status: Int, body: [UInt8], refusal: TemporaryRefusal? = nil, location: String? = nil
    ) -> SignalboxError {
        if (300..<400).contains(status) { return redirect(status, to: location) }
        let said: String
        var refusal = refusal
        do {
            let json = try JSON(parsing: body)
            // {"error": {"message": …}} of OpenAI; {"error": "…"} of Ollama; {"message": …} or {"detail": …} of others.
            // [{"error": …}] of Gemini's streams.
            let error = json["error"] ?? json[0]?["error"] ?? json
            said = sentence(of: error)
            if refusal?.retryAfterMilliseconds == nil { refusal?.retryAfterMilliseconds = retryDelay(in: error) }
            // Also a 429, but no credit comes by waiting.
            if words(of: error).contains("insufficient_quota") { refusal = nil }
        } catch {
            // A proxy in between that speaks HTML or plain text.
            said = excerpt(body)
        }
        return failure(
            "answered \(status)" + (said.isEmpty ? "" : ": \(said)"), hint: hint(for: status),
            cause: refusal ?? PermanentRefusal(status: status))
    }

    /// Requests are not sent on: they hold the key, and the prompt.
    private func redirect(_ status: Int, to location: String?) -> SignalboxError {
        let target = location.map { " to \(excerpt($0))" } ?? ""
        return failure(
            "answered \(status): its base URL is redirected\(target), and requests with a key are not sent on",
            hint: "Set base_url of \(provider) in the settings to the address it leads to (it usually ends in "
                + "\(baseURLEnding)).",
            cause: PermanentRefusal(status: status))
    }

    private func hint(for status: Int) -> String? {
        switch status {
        case 401:
            keyPlace.map { "Check the key in \($0)." }
                ?? "It asks for a key: say in the settings of \(provider) where it is."
        case 403: "The key may not use the model \(model), or not from here."
        case 404:
            "Check that \(provider) has the model \(model), and its base URL (which usually ends in \(baseURLEnding))."
        case 429: "Too many requests or no credit left: wait, or check the limits of the account at \(provider)."
        default: status >= 500 ? "This is a fault on the side of \(provider); try again later." : nil
        }
    }

    private func sentence(of error: JSON) -> String {
        if let text = error.stringValue { return excerpt(text) }
        let message = error["message"]?.stringValue ?? error["detail"]?.stringValue
        guard let message else { return excerpt(error.bytes) }
        return excerpt(message) + (words(of: error).first.map { " (\(excerpt($0)))" } ?? "")
    }

    /// The words for programs in an error object: the type is often empty or missing where the code says it, and the
    /// other way round.
    private func words(of error: JSON) -> [String] {
        [error["code"], error["type"], error["status"]].compactMap { $0?.stringValue }.filter { !$0.isEmpty }
    }

    /// How long an error of Google's asks to be left alone: `google.rpc.RetryInfo` among its details says what others say
    /// in `Retry-After`.
    private func retryDelay(in error: JSON) -> Int64? {
        let details = error["details"]?.arrayValue ?? []
        return details.lazy.compactMap { $0["retryDelay"]?.stringValue }.first
            .flatMap { LimitResets.milliseconds($0, now: .now) }
    }

    /// Types and codes of errors that come in the middle of a stream and go away by themselves (OpenAI's error codes,
    /// and those of servers that speak its protocol for others).
    private static let temporaryWords: Set = [
        "rate_limit_exceeded", "rate_limit_error", "overloaded", "overloaded_error", "server_error", "api_error",
        "service_unavailable", "internal_server_error", "timeout", "timeout_error",
    ]

    private func after(_ text: String) -> String {
        text.isEmpty ? "before any text had arrived" : "after \(text.count) characters of its answer"
    }

    private func excerpt(_ text: String) -> String { excerpt(Array(text.utf8)) }

    /// A readable piece of foreign text: one line, bounded, without the key and without a final stop.
    private func excerpt(_ bytes: [UInt8]) -> String {
        // A text of megabytes is not looked through for its first line. What is cut may end in half a key.
        let start = bytes.prefix(Self.excerptBytesMaximum)
        var safe = redacted(Array(start))
        if start.count < bytes.count { safe.removeLast(min(safe.count, secret?.utf8.count ?? 1)) }
        var line = String(decoding: safe, as: UTF8.self)
            .split(whereSeparator: { $0.isWhitespace || $0.isNewline }).joined(separator: " ")
        line.unicodeScalars.removeAll { $0.value < 0x20 || $0.value == 0x7F }
        // What stood between two parts of a key may be gone now.
        line = String(decoding: redacted(Array(line.utf8)), as: UTF8.self)
        if line.count > Self.excerptLengthMaximum { line = line.prefix(Self.excerptLengthMaximum) + "…" }
        while line.last == "." { line.removeLast() }
        return line
    }

    /// Without the key. Its bytes are looked for: an accent behind it would make another character of its last letter.
    private func redacted(_ text: [UInt8]) -> [UInt8] {
        guard let secret, !secret.isEmpty else { return text }
        let key = Array(secret.utf8)
        var rest = text[...]
        var result: [UInt8] = []
        while let range = rest.firstRange(of: key) {
            result += rest[..<range.lowerBound] + Array("[key]".utf8)
            rest = rest[range.upperBound...]
        }
        return result + rest
    }

    private var baseURLHint: String { "Check the provider's base URL, which usually ends in \(baseURLEnding)." }
}
