internal import Core

/// What may be said of the tools `http` and `command`.
extension DocumentReader {
    private static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    mutating func httpTool(_ node: YAMLNode) -> HTTPToolOptions {
        var options = HTTPToolOptions()
        guard let fields = fields(of: node, "the tool \"http\"", keys: ["hosts", "methods", "private"]) else {
            return options
        }
        if let node = fields["hosts"] {
            options.hosts = hosts(node, "\"hosts\"") { HostPattern($0) != nil }
            if node.elements?.isEmpty == true {
                report(
                    "\"hosts\" names no host, so nothing could be reached", at: node.range,
                    hint: "leave it out for every public host, or take the tool away")
            }
        }
        if let node = fields["private"] {
            options.privateHosts = hosts(node, "\"private\"") { AddressRange($0) != nil || HostPattern($0) != nil }
        }
        if let methods = fields["methods"] {
            options.methods = elements(methods, "\"methods\"", of: "methods").compactMap {
                word($0, "a method", of: Self.methods)
            }
            if methods.elements?.isEmpty == true {
                report("\"methods\" names no method", at: methods.range, hint: "leave it out for GET and HEAD")
            }
        }
        return options
    }

    /// - Parameter isMeant: whether a text can be read when the tool is made.
    private mutating func hosts(
        _ node: YAMLNode, _ what: String, isMeant: (String) -> Bool
    ) -> [String] {
        elements(node, what, of: "hosts").compactMap { element in
            guard let host = string(element, "a host in \(what)") else { return nil }
            guard isStored || isMeant(host) else {
                let ranges = what.contains("private") ? ", an address or a range such as 10.0.0.0/8" : " or an address"
                report(
                    "\(quoted(host)) is not a host", at: element.range,
                    hint: "write a name such as api.example.com or *.example.com\(ranges), without https:// and path; "
                        + "a port from 1 to 65535 may follow")
                return nil
            }
            return host.lowercased()
        }
    }

    /// Reads `command:` of a tool: any program, or one that is made a tool with `name` and `run`.
    mutating func commandTool(_ node: YAMLNode) -> ToolGrant.Kind {
        let own = ["name", "description", "parameters", "run", "files"]
        guard
            let fields = fields(
                of: node, "the tool \"command\"", keys: own + ["network", "timeout", "shell", "unconfined"])
        else {
            return .command(CommandToolOptions())
        }
        let hasNetwork = fields["network"].flatMap { boolean($0, "\"network\"") } ?? false
        let timeout = fields["timeout"].flatMap { duration($0, "\"timeout\"") }
        guard own.contains(where: { fields[$0] != nil }) else {
            return .command(
                CommandToolOptions(
                    hasNetwork: hasNetwork, timeoutMilliseconds: timeout,
                    isShellAllowed: fields["shell"].flatMap { boolean($0, "\"shell\"") } ?? false,
                    isUnconfinedAllowed: fields["unconfined"].flatMap { boolean($0, "\"unconfined\"") } ?? false))
        }
        for key in ["name", "description", "run"] where fields[key] == nil {
            report("a program that is a tool needs \"\(key)\"", at: node.range, hint: "add \(key):")
        }
        return .program(
            ProgramToolOptions(
                name: fields["name"].flatMap { toolName($0) } ?? "",
                summary: fields["description"].flatMap { string($0, "\"description\"") } ?? "",
                parameters: fields["parameters"].flatMap { parameters($0) } ?? Self.noParameters,
                arguments: fields["run"].map { arguments(ofTool: $0) } ?? [],
                planFiles: fields["files"].map { toolFiles($0) } ?? [], hasNetwork: hasNetwork,
                timeoutMilliseconds: timeout))
    }

    private static let noParameters: JSON = ["type": "object", "properties": [:]]

    private mutating func toolName(_ node: YAMLNode) -> String? {
        guard let name = string(node, "\"name\"") else { return nil }
        let isValid =
            (1...Limits.toolNameLengthMaximum).contains(name.utf8.count)
            && name.utf8.allSatisfy { PlanNames.isToolNameByte($0) }
        guard isValid, !Self.plainTools.contains(name) else {
            report(
                "\(quoted(name)) cannot be the name of a tool", at: node.range,
                hint: isValid
                    ? "there is a tool of that name already"
                    : "use letters, digits, _ and -, at most \(Limits.toolNameLengthMaximum)")
            return nil
        }
        return name
    }

    private mutating func parameters(_ node: YAMLNode) -> JSON? {
        guard let schema = schema(node, "\"parameters\"")?.source else { return nil }
        if schema["type"]?.stringValue != "object" {
            report(
                "\"parameters\" must describe an object", at: (node["type"] ?? node).range,
                hint: "write parameters: { type: object, properties: … }")
        }
        return schema
    }

    private mutating func arguments(ofTool node: YAMLNode) -> [String] {
        let elements = elements(node, "\"run\"", of: "texts")
        if elements.isEmpty, node.elements != nil {
            report("\"run\" is empty", at: node.range, hint: "write [program, argument]")
        }
        return elements.compactMap { element in
            guard let text = element.scalar?.text, !element.isNull else {
                reportType(element, "an argument", mustBe: "a text")
                return nil
            }
            guard !TemplateScanner.isTemplate(text) else {
                report(
                    "an argument of a tool cannot hold expressions", at: element.range, hint: "it gets JSON on stdin")
                return nil
            }
            return text
        }
    }

    private mutating func toolFiles(_ node: YAMLNode) -> [String] {
        elements(node, "\"files\"", of: "files").compactMap { element in
            guard let path = string(element, "a path in \"files\"") else { return nil }
            planFile(path, at: element.range)
            return path
        }
    }

    /// Reads `tool:` of a step and `arguments:` beside it.
    mutating func toolCall(_ node: YAMLNode, _ fields: Fields) -> ToolCallDefinition {
        purpose = .call
        let arguments = fields["arguments"].map { template($0) } ?? .literal([:])
        purpose = .value
        if let node = fields["arguments"], node.entries == nil, node.scalar?.value.stringValue == nil {
            reportType(node, "\"arguments\"", mustBe: "a mapping")
        }
        let place = text.place(at: node.range.lowerBound)
        let files: [String: ToolGrant.Kind] = [
            "read_file": .readFile, "write_file": .writeFile, "list_files": .listFiles,
        ]
        let name = string(node, "\"tool\"") ?? ""
        if let kind = files[name] {
            if let schema = kind.parameters {
                checkArguments(arguments, of: name, schema, in: fields["arguments"], at: node)
            }
            return ToolCallDefinition(grant: ToolGrant(kind, place: place), tool: name, arguments: arguments)
        }
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count != 2 || !PlanNames.isValid(parts[0]) || parts[1].isEmpty {
            let hint =
                if Self.kinds.contains(name) {
                    "there is a kind of step for it: write \(name): instead"
                } else if let nearest = Suggestion.nearest(to: name, in: files.keys.sorted()) {
                    "did you mean \"\(nearest)\"?"
                } else {
                    "write SERVER/TOOL for a tool of an MCP server, or read_file, write_file or list_files"
                }
            report("\(quoted(name)) is no tool that a step can call", at: node.range, hint: hint)
        }
        return ToolCallDefinition(
            grant: ToolGrant(.mcp(server: parts[0], only: nil), place: place), tool: parts.last ?? "",
            arguments: arguments)
    }
}
