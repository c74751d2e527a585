public import Core

/// What a server says of itself.
public struct MCPServerDescription: Sendable, Hashable {
    /// The server's name in the settings.
    public var server: String
    /// The name and version it gives itself.
    public var softwareName: String?
    public var softwareVersion: String?
    /// The revision of the protocol that is spoken with it, such as `2026-07-28`.
    public var revision: String
    /// What it can do, in the words of the protocol.
    public var capabilities: JSONObject
    /// How it is used best, for a model.
    public var instructions: String?
}
