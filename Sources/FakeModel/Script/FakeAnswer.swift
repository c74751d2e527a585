internal import CEL
internal import Core
internal import Plans

/// One answer of a script, and when it is given.
struct FakeAnswer: Sendable {
    /// Nil when it always fits.
    var condition: Expression?
    /// Only so many of the requests that fit get it; nil for all.
    var repetitions: Int?
    var thinking: TemplateValue?
    var text: TemplateValue?
    var toolCalls: [Call] = []
    /// The sentence in which the model declines to answer.
    var refusal: TemplateValue?
    /// Nil for what follows from the rest.
    var stop: FakeReply.Stop?
    /// Nil for an estimate from the lengths.
    var tokens: TokenUsage?
    /// The provider's report of what was used, word for word.
    var usage: JSON?
    var pace = Pace()
    var fault = Fault()
    /// Where it is written.
    var place: Place

    /// A tool that is called.
    struct Call: Sendable {
        var name: TemplateValue
        /// An object; a text is sent as it is, whatever it holds.
        var arguments: TemplateValue
    }

    /// How long it takes.
    struct Pace: Sendable {
        /// Before anything is sent, the status included.
        var firstByteDelay = Duration.zero
        /// Over which the answer is told in pieces; before it where it is not streamed.
        var delay = Duration.zero
        /// After each event of the stream.
        var pauseBetween = Duration.zero
    }

    /// What goes wrong with it.
    struct Fault: Sendable {
        /// Nil for 200.
        var status: Int?
        /// Members of the API's error object, in place of the usual ones for the status.
        var error: JSONObject?
        var headers: [(name: String, value: TemplateValue)] = []
        /// The connection breaks after so many bytes of the body.
        var cutAfterBytes: Int?
        /// Sent in place of the body.
        var malformed: String?
    }
}
