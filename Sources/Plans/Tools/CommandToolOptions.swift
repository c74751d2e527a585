/// What an agent may do with its `command` tool.
public struct CommandToolOptions: Sendable, Hashable {
    /// Whether its programs may use the network.
    public var hasNetwork: Bool
    /// How long one may take, in milliseconds; nil for the default.
    public var timeoutMilliseconds: Int64?
    /// Whether it may also write a line for the shell instead of program and arguments.
    public var isShellAllowed: Bool
    /// Whether its programs may run where no sandbox works: they see all files of this user then.
    public var isUnconfinedAllowed: Bool

    public init(
        hasNetwork: Bool = false, timeoutMilliseconds: Int64? = nil, isShellAllowed: Bool = false,
        isUnconfinedAllowed: Bool = false
    ) {
        self.hasNetwork = hasNetwork
        self.timeoutMilliseconds = timeoutMilliseconds
        self.isShellAllowed = isShellAllowed
        self.isUnconfinedAllowed = isUnconfinedAllowed
    }
}
