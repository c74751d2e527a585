/// How often and how soon a server that has failed is started anew. A server counts as failed when it cannot be started or
/// ends without being asked to, and as well again as soon as it answers a call.
public struct MCPRestartPolicy: Sendable, Hashable {
    /// After so many failures in a row the server is left alone for a while.
    public var failuresMaximum = 5
    /// Before the second restart in a row; it doubles from one to the next. The first comes at once.
    public var pauseMilliseconds: Int64 = 100
    /// How long it is left alone; then it gets one further try.
    public var restMilliseconds: Int64 = 60_000

    /// The defaults: 5 failures, 100 ms, a minute.
    public init() {}
}
