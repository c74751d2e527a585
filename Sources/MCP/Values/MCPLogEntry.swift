public import Core

/// Something that a server says to its operator, or that is said about it.
public struct MCPLogEntry: Sendable, Hashable {
    /// The server's name in the settings.
    public var server: String
    /// A word of RFC 5424: `debug`, `info`, `notice`, `warning`, `error`, `critical`, `alert` or `emergency`.
    public var level: String
    /// Which part of the server speaks; nil also for what this client says about the server.
    public var logger: String?
    public var data: JSON

    /// An entry.
    public init(server: String, level: String, logger: String? = nil, data: JSON) {
        self.server = server
        self.level = level
        self.logger = logger
        self.data = data
    }
}
