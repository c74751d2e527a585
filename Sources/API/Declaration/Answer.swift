internal import Core
internal import HTTPServer

/// An answer that an operation gives when all is well.
struct Answer: Sendable {
    var status: Status
    /// A sentence for people.
    var summary: String
    /// The schemas of what it holds, by media type; nil for what is no JSON.
    var contents: [(mediaType: String, schema: Schema?)]
    /// The headers that matter, with a sentence for each.
    var headers: [Header] = []

    /// A header with a sentence for people.
    typealias Header = (name: String, summary: String)

    /// Announces what a body may have, so that a client need not find out by a refusal.
    static let bodyLimit: Header = (
        Response.bodyBytesMaximumHeader, "How many bytes the body of such a request may have."
    )

    /// Says when a request that was refused for the moment may be sent again.
    static let retryAfter: Header = ("Retry-After", "After how many seconds to try again.")

    /// The same, of an operation that takes a body.
    var withBodyLimit: Answer {
        var answer = self
        answer.headers.append(Self.bodyLimit)
        return answer
    }

    static func json(_ summary: String, _ schema: Schema, status: Status = .ok) -> Answer {
        Answer(status: status, summary: summary, contents: [("application/json", schema)])
    }

    /// The same, with the address of what was made.
    var withLocation: Answer {
        var answer = self
        answer.headers.append(("Location", "The address of the task."))
        return answer
    }
}
