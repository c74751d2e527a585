/// How a server stands at the moment.
public enum MCPServerState: Sendable, Hashable {
    /// Nothing has needed it yet.
    case idle
    case connected
    /// It could not be reached, or went away; the reason is the end of a sentence.
    case failed(String)
}
