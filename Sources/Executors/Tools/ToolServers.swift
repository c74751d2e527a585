internal import Core
public import HTTPClient
public import MCP
internal import Synchronization

/// The MCP servers of the settings, each reached when it is first needed: only then are the secrets in its settings
/// looked up, so that one whose secret is missing troubles nobody else.
public final class ToolServers: Sendable {
    /// The names of the servers, sorted.
    public let names: [String]
    /// Those whose word counts when they say that a tool only reads, or may be called twice.
    public let trusted: Set<String>
    private let resolve: @Sendable (String) async throws -> MCPServerSettings
    private let client: HTTPClient
    private let directory: String
    let log: @Sendable (MCPLogEntry) -> Void
    private let reached = Mutex<[String: MCPConnections]>([:])
    private let offers = Mutex<[String: KnownOffers]>([:])

    /// - Parameters:
    ///   - trusted: the names of those whose word about their own tools counts.
    ///   - directory: in it each program gets a directory of its own.
    ///   - resolve: how a server is reached, with its secrets.
    ///   - log: takes what servers log. Must not block.
    public init(
        names: [String], trusted: Set<String> = [], client: HTTPClient, directory: String,
        log: @escaping @Sendable (MCPLogEntry) -> Void,
        resolve: @escaping @Sendable (String) async throws -> MCPServerSettings
    ) {
        self.names = names.sorted()
        self.trusted = trusted
        self.client = client
        self.directory = directory
        self.log = log
        self.resolve = resolve
    }

    /// The tools of a server.
    /// - Throws: `SignalboxError` with code `not_found`, `upstream_error`, or what looking its secrets up throws.
    public func tools(of server: String) async throws -> [MCPTool] {
        try await connections(to: server).tools(of: server)
    }

    /// The way to a server.
    /// - Throws: `SignalboxError` with code `not_found`, or what looking its secrets up throws.
    public func connections(to server: String) async throws -> MCPConnections {
        if let known = reached.withLock({ $0[server] }) { return known }
        guard names.contains(server) else {
            throw SignalboxError(
                .notFound, "There is no MCP server \"\(server.prefix(80))\" in the settings.",
                hint: names.isEmpty
                    ? "Add it to mcp_servers in signalbox.yaml."
                    : Suggestion.hint(for: server, among: names, called: "there are"))
        }
        let settings = try await resolve(server)
        return reached.withLock { reached in
            // Another call may have been faster.
            if let known = reached[server] { return known }
            let made = MCPConnections(settings: [server: settings], client: client, directory: directory, log: log)
            reached[server] = made
            return made
        }
    }

    /// How a server stands; nothing is begun.
    public func state(of server: String) async -> MCPServerState {
        guard let known = reached.withLock({ $0[server] }) else { return .idle }
        return await known.state(of: server)
    }

    func knownOffers(of server: String) -> KnownOffers? { offers.withLock { $0[server] } }

    func note(_ known: KnownOffers, of server: String) { offers.withLock { $0[server] = known } }

    /// Ends all servers.
    public func close() async {
        let all = reached.withLock { reached in
            defer { reached = [:] }
            return Array(reached.values)
        }
        for connections in all { await connections.close() }
    }
}
