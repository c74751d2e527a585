internal import Core

/// The tools of agents.
extension DocumentReader {
    /// The names of tools that need no more said of them.
    static let plainTools = [
        "read_file", "write_file", "list_files", "http", "command", "ask_question", "create_task", "remember",
        "recall", "web_search",
    ]
    private static let toolKinds = plainTools + ["mcp"]
    private static let grantKeys = ["consent", "repeatable"]

    /// Reads `tools:` of an agent.
    mutating func tools(_ node: YAMLNode) -> [ToolGrant] {
        let elements = elements(node, "\"tools\"", of: "tools")
        guard elements.count <= Limits.agentToolsMaximum else {
            report("an agent can have \(Limits.agentToolsMaximum) tools, not \(elements.count)", at: node.range)
            return []
        }
        var names: Set<String> = []
        return elements.compactMap { element in
            guard let grant = tool(element) else { return nil }
            if let name = grant.name, !names.insert(name).inserted {
                report("there are two tools with the name \"\(name)\"", at: element.range, hint: "remove one of them")
            }
            return grant
        }
    }

    private mutating func tool(_ node: YAMLNode) -> ToolGrant? {
        let place = text.place(at: node.range.lowerBound)
        guard let entries = node.entries else {
            guard let name = word(node, "a tool", of: Self.toolKinds) else { return nil }
            return toolKind(name, nil, node).map { ToolGrant($0, place: place) }
        }
        let found = entries.filter { Self.toolKinds.contains($0.name) }
        guard let first = found.first else {
            let name = entries.first { !Self.grantKeys.contains($0.name) }
            report(
                name.map { "there is no tool \"\($0.name)\"" } ?? "the tool is not named",
                at: name?.nameRange ?? node.range,
                hint: Suggestion.hint(for: name?.name ?? "", among: Self.toolKinds, called: "the tools are"))
            return nil
        }
        if let second = found.dropFirst().first {
            report("this is both \(first.name) and \(second.name)", at: second.nameRange, hint: "make two tools of it")
        }
        let extra = first.name == "mcp" ? ["only", "optional"] : []
        guard
            let fields = fields(
                of: node, "the tool \"\(first.name)\"", keys: Self.toolKinds + Self.grantKeys + extra),
            let kind = toolKind(first.name, fields, first.value)
        else { return nil }
        return ToolGrant(
            kind, consent: fields["consent"].flatMap { toolConsent($0, kind) },
            isRepeatable: fields["repeatable"].flatMap { boolean($0, "\"repeatable\"") },
            isOptional: fields["optional"].flatMap { boolean($0, "\"optional\"") } ?? false, place: place)
    }

    /// - Parameter fields: what stands beside its name; nil when it is named and nothing else.
    private mutating func toolKind(_ name: String, _ fields: Fields?, _ node: YAMLNode) -> ToolGrant.Kind? {
        let options = fields == nil || node.isNull ? nil : node
        switch name {
        case "http": return .http(options.map { httpTool($0) } ?? HTTPToolOptions())
        case "command": return options.map { commandTool($0) } ?? .command(CommandToolOptions())
        case "create_task": return .createTask(plans: options.flatMap { createTask($0) })
        case "mcp":
            guard fields != nil else {
                report("\"mcp\" does not say which server", at: node.range, hint: "write - mcp: NAME")
                return nil
            }
            return mcpTools(node, fields?["only"])
        default:
            if let options {
                report("the tool \"\(name)\" takes no options", at: options.range, hint: "write - \(name)")
            }
        }
        switch name {
        case "read_file": return .readFile
        case "write_file": return .writeFile
        case "list_files": return .listFiles
        case "ask_question": return .askQuestion
        case "remember": return .remember
        case "recall": return .recall
        default: return .webSearch
        }
    }

    private mutating func createTask(_ node: YAMLNode) -> [String]? {
        guard let fields = fields(of: node, "\"create_task\"", keys: ["plans"]), let plans = fields["plans"] else {
            return nil
        }
        return elements(plans, "\"plans\"", of: "plans").compactMap { element in
            guard let name = string(element, "a plan in \"plans\"") else { return nil }
            if !PlanNames.isValid(name) {
                report("\(quoted(name)) cannot be the name of a plan", at: element.range, hint: PlanNames.rule)
            }
            return name
        }
    }

    private mutating func mcpTools(_ node: YAMLNode, _ only: YAMLNode?) -> ToolGrant.Kind? {
        var list = only
        var name = node
        if node.entries != nil {
            guard let fields = fields(of: node, "\"mcp\"", keys: ["server", "only"]) else { return nil }
            guard let server = fields["server"] else {
                report("\"mcp\" needs a \"server\"", at: node.range, hint: "add server: NAME")
                return nil
            }
            name = server
            list = fields["only"] ?? only
        }
        guard let server = string(name, "the server") else { return nil }
        guard PlanNames.isValid(server) else {
            report("\(quoted(server)) cannot be the name of a server", at: name.range, hint: PlanNames.rule)
            return nil
        }
        let tools = list.map { list in
            elements(list, "\"only\"", of: "tools").compactMap { string($0, "a tool in \"only\"") }
        }
        return .mcp(server: server, only: tools)
    }
}

extension ToolGrant {
    /// Files of the plan that the tool uses.
    var planFiles: [String] {
        if case .program(let options) = kind { options.planFiles } else { [] }
    }
}
