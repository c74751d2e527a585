internal import Core

/// How an agent is bounded.
extension DocumentReader {
    /// Reads `consent:` of an agent: `always`, `never` or a list of its tools.
    mutating func agentConsent(_ node: YAMLNode, _ tools: [ToolGrant]) -> AgentConsent? {
        guard let elements = node.elements else {
            guard node.scalar?.value.stringValue != nil else {
                reportType(
                    node, "\"consent\" of an agent", mustBe: "always, never or a list of its tools",
                    hint: "write consent: [http, command]")
                return nil
            }
            return word(
                node, "\"consent\"", of: ["always", "never"], or: "a list of its tools, such as [http, command]"
            ).map { $0 == "always" ? .always : .never }
        }
        return .tools(Set(elements.compactMap { consentName($0, tools) }))
    }

    /// Reads a tool that the `consent` of an agent lists: a misspelt one would never be asked about. Of tools of MCP servers
    /// it is known which server they are on; the rest is looked at when the server is asked.
    private mutating func consentName(_ node: YAMLNode, _ tools: [ToolGrant]) -> String? {
        guard let name = string(node, "a tool in \"consent\"") else { return nil }
        guard !isStored, missingAgents.isEmpty || !tools.isEmpty else { return name }
        if !tools.contains(where: { $0.mayGrant(name) }) {
            report(
                "a tool in \"consent\" cannot be \(quoted(name))", at: node.range,
                hint: Self.hint(for: name, among: tools))
        }
        return name
    }

    /// What to write in the place of a name that no tool of these has.
    static func hint(for name: String, among tools: [ToolGrant]) -> String {
        let known = tools.flatMap(\.knownNames)
        if let nearest = Suggestion.nearest(to: name, in: known) { return "did you mean \"\(nearest)\"?" }
        let servers = tools.compactMap { grant -> String? in
            guard case .mcp(let server, nil) = grant.kind else { return nil }
            return ToolGrant.prefix(ofServer: server)
        }
        let all = known + servers.map { $0 + "…" }
        guard !all.isEmpty else { return "the agent has no tools" }
        return Suggestion.hint(for: "", among: all, called: "its tools are") ?? ""
    }

    /// Reads `temperature:`.
    mutating func temperature(_ node: YAMLNode) -> Double? {
        let value: Double
        switch node.scalar?.value {
        case .int(let number)?: value = Double(number)
        case .double(let number)?: value = number
        default:
            reportType(node, "\"temperature\"", mustBe: "a number from 0 to 2")
            return nil
        }
        guard (0...2).contains(value) else {
            report("\"temperature\" must be between 0 and 2", at: node.range)
            return nil
        }
        return value
    }

    /// Reads `limits:` of an agent.
    mutating func agentLimits(_ node: YAMLNode) -> AgentLimits {
        guard let fields = fields(of: node, "\"limits\" of an agent", keys: ["turns"]) else {
            return AgentLimits()
        }
        return AgentLimits(turns: fields["turns"].flatMap { count($0, "\"turns\"", most: Limits.agentTurnsMaximum) })
    }

    /// Reads `loop:` of an agent.
    mutating func loopRules(_ node: YAMLNode) -> LoopRules? {
        guard let fields = fields(of: node, "\"loop\"", keys: ["repeats", "check_every", "method", "model"]) else {
            return nil
        }
        var rules = LoopRules()
        rules.repeats = fields["repeats"].flatMap { count($0, "\"repeats\"", most: Limits.loopRepeatsMaximum) }
        let method = fields["method"].flatMap { word($0, "\"method\"", of: ["rules", "model", "both"]) } ?? "rules"
        rules.usesRules = method != "model"
        if method != "rules" {
            rules.checkEvery =
                fields["check_every"].flatMap { count($0, "\"check_every\"", most: Limits.loopCheckEveryMaximum) }
                ?? Limits.loopCheckEveryDefault
            rules.model = fields["model"].flatMap { model($0) }
        } else if let misplaced = fields["check_every"] ?? fields["model"] {
            report(
                "only the methods model and both ask a model", at: misplaced.range,
                hint: "add method: both, or remove it")
        }
        return rules
    }

    private mutating func count(_ node: YAMLNode, _ what: String, most: Int) -> Int? {
        integer(node, what, in: 1...Int64(most)).map { Int($0) }
    }
}
