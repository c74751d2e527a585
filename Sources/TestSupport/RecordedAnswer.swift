/// An answer that a real server of models once gave, to be given again.
public struct RecordedAnswer: Sendable {
    public var status: Int
    public var contentType: String
    /// Sent one after the other, as a network may cut them.
    public var pieces: [[UInt8]]
    public var ending: Ending
    /// The header field `Retry-After`, if it has one.
    public var retryAfter: String?
    /// Further header fields.
    public var headers: [String: String] = [:]

    /// What follows the last piece.
    public enum Ending: Sendable {
        /// The proper end of the body.
        case whole
        /// The connection breaks when the test says so, which is when the client has seen the pieces: a broken connection
        /// also loses what is on its way.
        case cut
        /// Nothing: the connection stays open.
        case hang
        /// Not even the status is sent.
        case silence
    }

    public init(status: Int = 200, contentType: String, pieces: [[UInt8]], ending: Ending = .whole) {
        self.status = status
        self.contentType = contentType
        self.pieces = pieces
        self.ending = ending
    }

    /// An event stream, cut into pieces of that many bytes.
    public static func stream(_ text: String, pieceBytes: Int = .max, ending: Ending = .whole) -> RecordedAnswer {
        let bytes = Array(text.utf8)
        let size = max(1, min(pieceBytes, bytes.count))
        let pieces = stride(from: 0, to: bytes.count, by: size).map { Array(bytes[$0..<min($0 + size, bytes.count)]) }
        return RecordedAnswer(contentType: "text/event-stream; charset=utf-8", pieces: pieces, ending: ending)
    }

    /// A JSON document, such as an error.
    public static func json(_ text: String, status: Int = 200) -> RecordedAnswer {
        RecordedAnswer(status: status, contentType: "application/json", pieces: [Array(text.utf8)])
    }
}

/// A request as the recorded-answer server received it.
public struct RecordedRequest: Sendable {
    public var method: String
    public var path: String
    /// By name in lower case.
    public var headers: [String: String]
    public var body: [UInt8]
}
