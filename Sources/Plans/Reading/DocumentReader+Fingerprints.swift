internal import Core

/// Hashes of parts of a plan that many steps may share, each computed once.
struct FingerprintHashes {
    var agents: [String: String] = [:]
    var files: [String: String] = [:]
}

extension DocumentReader {
    /// A hash over all that the plan says about a step: its own text, that of the steps inside it, of the agents they
    /// call and of the files they name.
    mutating func fingerprint(of draft: StepDraft, _ agents: [String: AgentDraft]) -> ContentHash {
        var names: Set<String> = []
        var files: Set<String> = []
        Self.collect(draft, &names, &files)
        for name in names { if let script = agents[name]?.script { files.insert(script) } }
        let document: JSON = [
            "step": draft.node.json,
            "agents": .object(JSONObject(names.sorted().map { ($0, .string(hash(ofAgent: $0))) })),
            "files": .object(JSONObject(files.sorted().map { ($0, .string(hash(ofFile: $0))) })),
        ]
        return ContentHash(of: document.bytes)
    }

    private static func collect(_ draft: StepDraft, _ agents: inout Set<String>, _ files: inout Set<String>) {
        agents.formUnion(draft.agents.map(\.name))
        files.formUnion(draft.files)
        for step in draft.blocks.flatMap(\.steps) { collect(step, &agents, &files) }
    }

    private mutating func hash(ofAgent name: String) -> String {
        if let known = hashes.agents[name] { return known }
        let hash = ContentHash(of: (root?["agents"]?[name]?.json ?? .null).bytes).rawValue
        hashes.agents[name] = hash
        return hash
    }

    /// Those of plans, which cover the files that they name, are known from reading them.
    private mutating func hash(ofFile path: String) -> String {
        if let known = hashes.files[path] { return known }
        let hash = source.files[path].map { ContentHash(of: Array($0.utf8)).rawValue } ?? ""
        hashes.files[path] = hash
        return hash
    }
}
