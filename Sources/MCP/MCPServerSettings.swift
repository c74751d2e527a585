/// How a server of tools is reached. Values are given as they are; where secrets come from is not known here.
public struct MCPServerSettings: Sendable, Hashable {
    public var transport: Transport
    /// How long a call may go without a sign of life, in milliseconds; each note on its progress is one.
    public var timeoutMilliseconds: Int64
    /// How long a call may take from start to end, in milliseconds; time in which a person is asked does not count.
    public var callMillisecondsMaximum: Int64
    /// Whether it is taken for a server with sessions (revision 2025-11-25 or 2025-06-18) without being asked for the
    /// newest revision; for one that does not take that question well.
    public var hasSessions: Bool
    /// Whether the server may ask people something while it works.
    public var mayAsk: Bool

    /// The ways to a server.
    public enum Transport: Sendable, Hashable {
        /// A program that is started, with the variables it gets beside the few that every program gets. It starts in
        /// that directory, or in one of its own.
        case stdio(command: [String], environment: [String: String] = [:], directory: String? = nil)
        /// An address that speaks streamable HTTP, with header fields such as `Authorization`.
        case http(url: String, headers: [String: String] = [:])
    }

    /// A server.
    public init(
        transport: Transport, timeoutMilliseconds: Int64 = 60_000, callMillisecondsMaximum: Int64 = 600_000,
        hasSessions: Bool = false, mayAsk: Bool = true
    ) {
        self.transport = transport
        self.timeoutMilliseconds = timeoutMilliseconds
        self.callMillisecondsMaximum = callMillisecondsMaximum
        self.hasSessions = hasSessions
        self.mayAsk = mayAsk
    }
}

extension MCPServerSettings: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Without the values of variables and header fields, and without path and query of the address: they may be secret.
    public var description: String {
        switch transport {
        case .stdio(let command, _, _): command.first ?? "no program"
        case .http(let url, _): url.split(separator: "/").prefix(2).joined(separator: "//")
        }
    }

    public var debugDescription: String { description }

    public var customMirror: Mirror { Mirror(self, children: []) }

    /// What must not stand in an error, also when the server says it.
    var secrets: [String] {
        switch transport {
        case .stdio(_, let environment, _): Array(environment.values)
        case .http(_, let headers):
            headers.values.flatMap { [$0] + ($0.split(separator: " ").last.map { [String($0)] } ?? []) }
        }
    }
}
