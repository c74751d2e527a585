/// What an agent may do with its `command` tool.
public struct CommandToolOptions: Sendable, Hashable {
    /// Whether its programs may use the network.
    public var hasNetwork: Bool
    /// How long one may take, in milliseconds; nil for the default.
    public var timeoutMilliseconds: Int64?

    public init(hasNetwork: Bool = false, timeoutMilliseconds: Int64? = nil) {
        self.hasNetwork = hasNetwork
        self.timeoutMilliseconds = timeoutMilliseconds
    }
}
