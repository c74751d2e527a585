internal import Core
internal import HTTPServer

/// An interface to models that a provider has made, as far as the fake server speaks it.
protocol Dialect: Sendable {
    /// Understands a request as strictly as the real server does.
    /// - Throws: `RequestMistake`.
    func read(_ request: Request) throws -> FakeRequest

    /// The whole answer.
    func document(_ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity) -> JSON

    /// The answer as a stream, a message of it each. With `failure`, an error object, it breaks off before its end.
    func events(
        _ reply: FakeReply, to request: FakeRequest, _ identity: AnswerIdentity, failure: JSON?
    ) -> [[UInt8]]

    /// The body that tells an error. Members of `overrides` take the place of those of the error object.
    func error(_ mistake: RequestMistake, overrides: JSONObject?, _ identity: AnswerIdentity) -> JSON

    /// The header fields that every answer has.
    func headers(_ identity: AnswerIdentity) -> Headers

    /// Nil when the request may be made with that key.
    func refusal(of request: Request, key: String) -> RequestMistake?
}

/// What tells one answer from others.
struct AnswerIdentity: Sendable {
    /// Counted from 1.
    var number: Int64
    /// When the server was started: answers do not differ by the time at which they are given.
    var createdSeconds: Int64

    func id(_ prefix: String) -> String { "\(prefix)fake\(number)" }

    func id(_ prefix: String, _ index: Int) -> String { "\(prefix)fake\(number)_\(index)" }
}

extension Dialect {
    /// The usual sentence for a status that a script asks for.
    func mistake(status: Int) -> RequestMistake {
        let sentence =
            switch status {
            case 400: "The request is invalid."
            case 401: "The key is invalid."
            case 403: "The key has no permission for this."
            case 404: "There is no such model."
            case 408, 504: "The request took too long."
            case 413: "The request is too large."
            case 429: "Rate limit reached. Please try again later."
            case 529: "Overloaded"
            case 503: "The model is overloaded. Please try again later."
            default: "The server had an error while processing your request."
            }
        return RequestMistake(sentence, status: status)
    }
}

extension JSON {
    /// As one message of an event stream.
    func event(named name: String? = nil) -> [UInt8] {
        var bytes: [UInt8] = []
        if let name {
            bytes += "event: ".utf8
            bytes += name.utf8
            bytes.append(0x0A)
        }
        bytes += "data: ".utf8
        bytes += self.bytes
        bytes += [0x0A, 0x0A]
        return bytes
    }
}

extension JSONObject {
    /// With the members of another, which win.
    func overridden(by other: JSONObject?) -> JSONObject {
        var object = self
        for (name, value) in other ?? [:] { object[name] = value }
        return object
    }
}
