public import Core
public import HTTPClient

/// The servers of tools, resources and prompts that this engine may use, by the Model Context Protocol. Each is reached
/// when it is first needed. What goes wrong with one fails the call it happens to, with an error of code
/// `upstream_error` that names the server and what was asked of it, and nothing else.
public final class MCPConnections: Sendable {
    private let connections: [String: Connection]
    private let redactions: [String: Redaction]

    /// - Parameters:
    ///   - settings: by the names by which people know the servers.
    ///   - directory: in it each program gets a directory of its own, which is also how `LeftoverProcesses.kill(below:)`
    ///     finds what a crash of this engine has left running.
    ///   - restarts: when servers that fail are started again.
    ///   - logLevel: from which level on servers are to tell what they log; nil for nothing.
    ///   - log: takes what they log, and what is wrong with them without failing a call. Must not block.
    public init(
        settings: [String: MCPServerSettings], client: HTTPClient, directory: String,
        restarts: MCPRestartPolicy = MCPRestartPolicy(), logLevel: String? = nil,
        log: @escaping @Sendable (MCPLogEntry) -> Void = { _ in }
    ) {
        redactions = settings.mapValues { Redaction($0.secrets) }
        connections = Dictionary(
            uniqueKeysWithValues: settings.map { name, settings in
                let lists = ListState()
                let redaction = Redaction(settings.secrets)
                let events = ChannelEvents(
                    onChange: { lists.noteChange(of: $0) }, onSubscribed: { lists.noteSubscription() },
                    onLog: { log(MCPLogEntry(server: name, $0, hiding: redaction)) })
                let opener = Opener(
                    name: name, settings: settings, directory: "\(directory)/\(Self.directoryName(of: name))",
                    client: client, events: events, logLevel: logLevel)
                return (name, Connection(name: name, opener: opener, lists: lists, policy: restarts, log: log))
            })
    }

    /// The names of all servers, sorted.
    public var servers: [String] { connections.keys.sorted() }

    /// How a server stands; nothing is begun.
    public func state(of server: String) async -> MCPServerState {
        guard let connection = connections[server], let redaction = redactions[server] else { return .idle }
        guard case .failed(let reason) = await connection.state else { return await connection.state }
        return .failed(redaction.applied(to: reason))
    }

    /// What a server says of itself, which begins to reach it.
    public func description(of server: String) async throws -> MCPServerDescription {
        try await translating(server, .server) { try await $0.describe() }
    }

    /// The tools of a server, in its order; from memory until it says that they have changed. Those that are wrongly
    /// described are left out and logged.
    public func tools(of server: String) async throws -> [MCPTool] {
        try await translating(server, .list("tools")) { try await $0.allTools() }
    }

    /// Calls a tool. Cancelling the Swift task tells the server.
    /// - Parameters:
    ///   - idempotencyKey: the same for each try of the same call; the server gets it in `_meta`
    ///     (`signalbox/idempotencyKey`) and by HTTP also as `Idempotency-Key`.
    ///   - answers: what people said to what the same call asked before; everything else must be the same again.
    ///   - onProgress: called for each note of the server, in order, on any thread. Must not block.
    /// - Throws: `SignalboxError` with code `not_found` when there is no such server or tool, `gone` when a server does not
    ///   wait for answers any more, `limit_exceeded` when too much is under way, else `upstream_error`. Its cause tells an
    ///   expired time (`MCPTimeout`) and what may go away by itself (`TransferFailure`, `TemporaryRefusal`).
    ///   `CancellationError`.
    public func call(
        server: String, tool: String, arguments: JSONObject, idempotencyKey: String, answers: MCPAnswers? = nil,
        onProgress: @escaping @Sendable (MCPProgress) -> Void = { _ in }
    ) async throws -> MCPCallResult {
        try await translating(server, .tool(tool)) {
            try await $0.call(
                tool: tool, arguments: arguments, idempotencyKey: idempotencyKey, answers: answers,
                onProgress: onProgress)
        }
    }

    /// What a server offers to be read.
    public func resources(of server: String) async throws -> [MCPResource] {
        try await translating(server, .list("resources")) { try await $0.resources() }
    }

    /// The families of resources that a server offers.
    public func resourceTemplates(of server: String) async throws -> [MCPResourceTemplate] {
        try await translating(server, .list("resource templates")) { try await $0.resourceTemplates() }
    }

    /// What a resource holds; a directory may hold several things.
    public func readResource(
        server: String, uri: String, answers: MCPAnswers? = nil
    ) async throws -> MCPReply<[MCPResourceContents]> {
        try await translating(server, .resource(uri)) { try await $0.read(resource: uri, answers: answers) }
    }

    /// The prompts that a server offers.
    public func prompts(of server: String) async throws -> [MCPPrompt] {
        try await translating(server, .list("prompts")) { try await $0.prompts() }
    }

    /// A prompt, filled in.
    public func getPrompt(
        server: String, name: String, arguments: [String: String] = [:], answers: MCPAnswers? = nil
    ) async throws -> MCPReply<MCPPromptText> {
        try await translating(server, .prompt(name)) {
            try await $0.prompt(name, arguments: arguments, answers: answers)
        }
    }

    /// Ends each server as soon as nothing is under way with it; returns at once where something is. What waits for an
    /// answer of a person is given up.
    public func retire() async {
        await withTaskGroup(of: Void.self) { group in
            for connection in connections.values { group.addTask { await connection.retire() } }
        }
    }

    /// Ends all servers, with what is under way.
    public func close() async {
        await withTaskGroup(of: Void.self) { group in
            for connection in connections.values { group.addTask { await connection.close() } }
        }
    }

    private func translating<Value: Sendable>(
        _ server: String, _ subject: Subject, _ body: (Connection) async throws -> Value
    ) async throws -> Value {
        guard let connection = connections[server], let redaction = redactions[server] else {
            throw SignalboxError(
                .notFound, "There is no MCP server \"\(server.prefix(80))\".",
                hint: Suggestion.hint(for: server, among: servers, called: "there are"))
        }
        do {
            return try await body(connection)
        } catch {
            throw subject.error(error, of: server, hiding: redaction)
        }
    }

    /// A name that can stand in a path.
    private static func directoryName(of server: String) -> String {
        String(server.prefix(60).map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" })
    }
}

extension MCPLogEntry {
    /// What `notifications/message` says.
    init(server: String, _ params: JSONObject, hiding redaction: Redaction) {
        let data = params["data"] ?? .null
        let text = redaction.applied(to: data.stringValue ?? data.text)
        self.init(
            server: server, level: params["level"]?.stringValue ?? "info", logger: params["logger"]?.stringValue,
            data: .string(String(text.prefix(Limits.mcpNoteLengthMaximum))))
    }
}
