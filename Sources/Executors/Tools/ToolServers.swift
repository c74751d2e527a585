internal import Core
public import HTTPClient
public import MCP
internal import Synchronization

/// The MCP servers of the settings, each reached when it is first needed: only then are the secrets in its settings
/// looked up, so that one whose secret is missing troubles nobody else; and again for each use, so that one that was
/// changed or taken away counts from then on.
public final class ToolServers: Sendable {
    /// The names of the servers, sorted.
    public let names: [String]
    /// Those whose word counts when they say that a tool only reads, or may be called twice.
    public let trusted: Set<String>
    private let resolve: @Sendable (String) async throws -> MCPServerSettings
    private let client: HTTPClient
    private let directory: String
    let log: @Sendable (MCPLogEntry) -> Void
    private let reached = Mutex<[String: Reached]>([:])
    /// Counts how often secrets were looked up, so that the latest counts.
    private let looks = Atomic<UInt64>(0)
    private let offers = Mutex<[String: KnownOffers]>([:])

    /// What a server was reached with.
    private struct Reached: Sendable {
        /// When its secrets were looked up, as a number that grows.
        var look: UInt64
        var settings: MCPServerSettings?
        /// Nil when a secret was gone.
        var connections: MCPConnections?
    }

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

    /// The way to a server, to be used at once: its secrets are looked up each time. One that was reached with others is
    /// ended as soon as nothing is under way with it, and begun anew; one whose secret is gone is ended.
    /// - Throws: `SignalboxError` with code `not_found`, or what looking its secrets up throws.
    public func connections(to server: String) async throws -> MCPConnections {
        guard names.contains(server) else {
            throw SignalboxError(
                .notFound, "There is no MCP server \"\(server.prefix(80))\" in the settings.",
                hint: names.isEmpty
                    ? "Add it to mcp_servers in signalbox.yaml."
                    : Suggestion.hint(for: server, among: names, called: "there are"))
        }
        let look = looks.wrappingAdd(1, ordering: .relaxed).newValue
        do {
            return try await connections(to: server, by: try await resolve(server), look)
        } catch let error as SignalboxError where error.code == .notFound {
            await replace(server, by: nil, look)?.retire()
            throw error
        }
    }

    private func connections(
        to server: String, by settings: MCPServerSettings, _ look: UInt64
    ) async throws -> MCPConnections {
        let known = reached.withLock { $0[server] }
        // Another call may have looked later, and knows better.
        if let known, let connections = known.connections, known.settings == settings || known.look > look {
            return connections
        }
        let made = MCPConnections(settings: [server: settings], client: client, directory: directory, log: log)
        await replace(server, by: Reached(look: look, settings: settings, connections: made), look)?.retire()
        guard let current = reached.withLock({ $0[server]?.connections }) else {
            throw SignalboxError(.notFound, "A secret of the MCP server \"\(server)\" was removed just now.")
        }
        return current
    }

    /// Puts another way to a server in the place of the one there is, unless that was found out later, or is the same.
    /// - Returns: what is not needed any more.
    private func replace(_ server: String, by other: Reached?, _ look: UInt64) -> MCPConnections? {
        reached.withLock { reached in
            let known = reached[server]
            if let known, known.look > look { return other?.connections }
            if let known, let other, known.connections != nil, known.settings == other.settings {
                return other.connections
            }
            reached[server] = other ?? Reached(look: look)
            return known?.connections
        }
    }

    /// How a server stands; nothing is begun.
    public func state(of server: String) async -> MCPServerState {
        guard let known = reached.withLock({ $0[server]?.connections }) else { return .idle }
        return await known.state(of: server)
    }

    func knownOffers(of server: String) -> KnownOffers? { offers.withLock { $0[server] } }

    func note(_ known: KnownOffers, of server: String) { offers.withLock { $0[server] = known } }

    /// Ends all servers.
    public func close() async {
        let all = reached.withLock { reached in
            defer { reached = [:] }
            return reached.values.compactMap(\.connections)
        }
        for connections in all { await connections.close() }
    }
}
