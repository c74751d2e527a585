internal import Core
internal import HTTPClient
internal import Plans
internal import Secrets

extension SettingsReader {
    private static let keys = ["command", "env", "directory", "url", "headers", "timeout", "trust_hints"]

    /// Reads `mcp_servers:`.
    mutating func mcpServers(_ entry: PositionedValue.Entry) -> [MCPServerConfiguration] {
        let servers = entries(of: entry.value, "\"mcp_servers\"", known: nil)
        if servers.count > Limits.mcpServersMaximum {
            report("there are more than \(Limits.mcpServersMaximum) MCP servers", at: entry.value.place)
        }
        return servers.prefix(Limits.mcpServersMaximum).compactMap { mcpServer($0) }
    }

    private mutating func mcpServer(_ entry: PositionedValue.Entry) -> MCPServerConfiguration? {
        let what = "the MCP server \"\(entry.name)\""
        // Its name stands before the names of its tools, of which models allow no more.
        guard (1...32).contains(entry.name.utf8.count),
            entry.name.utf8.allSatisfy({ SecretName.isValid("_" + String(UnicodeScalar($0))) || $0 == 0x2D })
        else {
            report(
                "\"\(entry.name)\" cannot be the name of an MCP server", at: entry.place,
                hint: "use letters, digits, _ and -, at most 32")
            return nil
        }
        let fields = entries(of: entry.value, what, known: Self.keys)
        let names = Set(fields.map(\.name))
        guard names.contains("command") != names.contains("url") else {
            if entry.value.entries != nil {
                report(
                    "\(what) must have either a command or a url", at: entry.place,
                    hint: "command: [npx, server] or url: https://…/mcp")
            }
            return nil
        }
        let foreign = names.contains("command") ? ["headers"] : ["env", "directory"]
        for field in fields where foreign.contains(field.name) {
            report(
                "\"\(field.name)\" belongs to servers with a \(names.contains("command") ? "url" : "command")",
                at: field.place)
        }
        var timeout = MCPServerConfiguration.timeoutMillisecondsDefault
        if let field = fields.first(where: { $0.name == "timeout" }) { timeout = self.timeout(field) ?? timeout }
        let trust = fields.first { $0.name == "trust_hints" }
        let trustsHints = trust.flatMap { $0.value.json.boolValue ?? wrong($0, "true or false") } ?? false
        return transport(fields).map {
            MCPServerConfiguration(
                name: entry.name, transport: $0, timeoutMilliseconds: timeout, trustsHints: trustsHints)
        }
    }

    private mutating func transport(
        _ fields: [PositionedValue.Entry]
    ) -> MCPServerConfiguration.Transport<ConfiguredText>? {
        typealias Field = MCPServerConfiguration.Field<ConfiguredText>
        var command: [String]?
        var url: String?
        var directory: String?
        var texts: [Field] = []
        for field in fields {
            switch field.name {
            case "command": command = self.command(field)
            case "url": url = self.url(field)
            case "directory": directory = string(field).map(path)
            case "env":
                texts = self.texts(field, isName: SecretName.isValid, called: "the name of a variable")
                    .map { Field(name: $0.name, value: $0.value) }
            case "headers":
                texts = self.texts(field, isName: Self.isHeaderName, called: "the name of a header field")
                    .map { Field(name: $0.name, value: $0.value) }
            default: break
            }
        }
        if let command { return .stdio(command: command, environment: texts, directory: directory) }
        return url.map { .http(url: $0, headers: texts) }
    }

    private mutating func command(_ entry: PositionedValue.Entry) -> [String]? {
        let words = entry.value.json.arrayValue?.map(\.stringValue) ?? []
        guard !words.isEmpty, !words.contains(nil), words.first != .some(.some("")) else {
            return wrong(entry, "a list of texts: [program, argument]")
        }
        return words.compactMap(\.self)
    }

    private mutating func url(_ entry: PositionedValue.Entry) -> String? {
        guard let url = string(entry) else { return nil }
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            return wrong(entry, "an address that starts with https:// or http://")
        }
        let authority =
            url.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).dropFirst(2).first ?? ""
        guard !authority.prefix(while: { $0 != "/" && $0 != "?" }).contains("@") else {
            report(
                "\"url\" must not hold a user name or password", at: entry.value.place,
                hint: "send them in headers, from a secret")
            return nil
        }
        do {
            return try WebAddress(parsing: url).text
        } catch {
            return wrong(entry, "an address that can be connected to, such as https://example.org/mcp")
        }
    }

    private mutating func timeout(_ entry: PositionedValue.Entry) -> Int64? {
        let maximum = Limits.mcpTimeoutMillisecondsMaximum
        guard let milliseconds = entry.value.json.stringValue.flatMap(DurationText.milliseconds),
            milliseconds <= maximum
        else { return wrong(entry, "a duration up to \(maximum / 60_000)m, such as 30s") }
        return milliseconds
    }
}
