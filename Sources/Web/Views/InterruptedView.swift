public import Core

/// What a stop of the server has cut off: what a person needs to find out whether it has happened.
public struct InterruptedView: Sendable {
    public var content: Content
    /// When it was begun, where that is on record.
    public var startedAt: Timestamp?

    public enum Content: Sendable {
        case command(CommandView)
        case http(HTTPCallView)
        /// A tool, with what it was given.
        case tool(String, PayloadView)
        /// A step of another kind, by what it was given.
        case input(PayloadView)
    }

    public init(_ content: Content, startedAt: Timestamp? = nil) {
        self.content = content
        self.startedAt = startedAt
    }
}
