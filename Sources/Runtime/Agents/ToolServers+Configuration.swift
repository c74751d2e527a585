internal import Core
internal import Executors
internal import HTTPClient
internal import MCP
internal import Secrets

extension ToolServers {
    /// The servers of the settings.
    convenience init(_ configuration: RuntimeConfiguration, client: HTTPClient, secrets: SecretSource) {
        let servers = Dictionary(
            configuration.mcpServers.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let log = configuration.log
        self.init(
            names: Array(servers.keys), trusted: Set(servers.values.filter(\.trustsHints).map(\.name)), client: client,
            directory: configuration.directory.tasks + "/mcp",
            log: { entry in
                log.info(
                    "An MCP server says",
                    ["server": .string(entry.server), "level": .string(entry.level), "data": entry.data])
            },
            resolve: { name in
                guard let server = servers[name] else {
                    throw SignalboxError(.notFound, "There is no MCP server \"\(name)\" in the settings.")
                }
                return MCPServerSettings(
                    try await server.resolved(by: secrets), timeoutMilliseconds: server.timeoutMilliseconds)
            })
    }
}

extension MCPServerSettings {
    /// The settings with secrets in them.
    fileprivate init(_ transport: MCPServerConfiguration.Transport<String>, timeoutMilliseconds: Int64) {
        func members(_ fields: [MCPServerConfiguration.Field<String>]) -> [String: String] {
            Dictionary(fields.map { ($0.name, $0.value) }, uniquingKeysWith: { _, last in last })
        }
        switch transport {
        case .stdio(let command, let environment, let directory):
            self.init(
                transport: .stdio(command: command, environment: members(environment), directory: directory),
                timeoutMilliseconds: timeoutMilliseconds)
        case .http(let url, let headers):
            self.init(
                transport: .http(url: url, headers: members(headers)), timeoutMilliseconds: timeoutMilliseconds)
        }
    }
}
