internal import Core

extension AgentDefinition {
    /// What the plan says of a tool that a model calls by that name.
    public func grant(of tool: String) -> ToolGrant? {
        if let own = tools.first(where: { $0.name == tool }) { return own }
        // The name of one server may be how that of another begins: `a` and `a__b`. The longer one is meant.
        func length(_ grant: ToolGrant) -> Int {
            guard case .mcp(let server, _) = grant.kind, grant.mayGrant(tool) else { return -1 }
            return server.utf8.count
        }
        // Of equals the first one counts.
        let nearest = tools.reversed().max { length($0) < length($1) }
        return nearest.flatMap { length($0) >= 0 ? $0 : nil }
    }
}

extension ToolGrant {
    /// What stands before the names of a server's tools when a model is told of them.
    public static func prefix(ofServer server: String) -> String { "\(server)__" }

    /// Whether a model may call a tool of that server so.
    public static func isName(_ tool: String, onServer server: String) -> Bool {
        let prefix = prefix(ofServer: server)
        let kept = Limits.toolNameLengthMaximum - 9
        // Of a long name of a server only the beginning is left: `name(of:on:)`.
        guard prefix.utf8.count > kept else { return tool.hasPrefix(prefix) }
        return tool.hasPrefix(prefix) || tool.hasPrefix(String(decoding: prefix.utf8.prefix(kept), as: UTF8.self) + "_")
    }

    /// A name as every provider takes it: other characters become `_`, and what is too long is cut.
    public static func plain(_ name: String) -> String {
        let allowed = name.utf8.map { byte in
            let isLetter = (0x61...0x7A).contains(byte | 0x20)
            let isOther = (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
            return isLetter || isOther ? byte : 0x5F
        }
        return allowed.isEmpty ? "_" : String(decoding: allowed.prefix(Limits.toolNameLengthMaximum), as: UTF8.self)
    }

    /// What a model calls a tool of a server by: letters, digits, `_` and `-`, at most 64 bytes, as all providers take it.
    public static func name(of tool: String, on server: String) -> String {
        let full = prefix(ofServer: server) + tool
        let allowed = full.utf8.map { byte in
            let isLetter = (0x61...0x7A).contains(byte | 0x20)
            let isOther = (0x30...0x39).contains(byte) || byte == 0x5F || byte == 0x2D
            return isLetter || isOther ? byte : 0x5F
        }
        guard allowed.count > Limits.toolNameLengthMaximum || !allowed.elementsEqual(full.utf8) else { return full }
        // What is changed or cut must not become the name of another tool.
        let digest = ContentHash(of: Array(full.utf8)).rawValue.prefix(8)
        return String(decoding: allowed.prefix(Limits.toolNameLengthMaximum - 9), as: UTF8.self) + "_" + digest
    }
}
