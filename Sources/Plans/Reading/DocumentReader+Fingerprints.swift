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
        return hash(draft.node.json, names, files, agents)
    }

    /// The same hash without the steps inside it: its own text, the agent that chooses, and what its blocks hand over.
    mutating func outline(of draft: StepDraft, _ agents: [String: AgentDraft]) -> ContentHash {
        hash(Self.withoutSteps(draft.node.json), Set(draft.agents.map(\.name)), draft.files, agents)
    }

    private mutating func hash(
        _ step: JSON, _ names: Set<String>, _ files: Set<String>, _ agents: [String: AgentDraft]
    ) -> ContentHash {
        let files = files.union(names.compactMap { agents[$0]?.script }).union(
            names.flatMap { agents[$0]?.files ?? [] })
        let document: JSON = [
            "step": step,
            "agents": .object(JSONObject(names.sorted().map { ($0, .string(hash(ofAgent: $0))) })),
            "files": .object(JSONObject(files.sorted().map { ($0, .string(hash(ofFile: $0))) })),
        ]
        return ContentHash(of: document.bytes)
    }

    private static func withoutSteps(_ step: JSON) -> JSON {
        guard case .object(var object) = step else { return step }
        object["steps"] = nil
        if case .object(var paths)? = object["branch"] {
            for path in paths.names {
                guard case .object(var block)? = paths[path] else { continue }
                block["steps"] = nil
                paths[path] = .object(block)
            }
            object["branch"] = .object(paths)
        }
        if case .object(var block)? = object["otherwise"] {
            block["steps"] = nil
            object["otherwise"] = .object(block)
        }
        return .object(object)
    }

    private static func collect(_ draft: StepDraft, _ agents: inout Set<String>, _ files: inout Set<String>) {
        agents.formUnion(draft.agents.map(\.name))
        files.formUnion(draft.files)
        for step in draft.blocks.flatMap(\.steps) { collect(step, &agents, &files) }
    }

    private mutating func hash(ofAgent name: String) -> String {
        if let known = hashes.agents[name] { return known }
        let node = root?["agents"]?[name]
        var document = node?.json ?? .null
        // One of the library is all that its version says, too.
        if let text = node?["library"]?.scalar?.text, let reference = LibraryReference(text) {
            document = [document, .string(source.agent(reference)?.hash.rawValue ?? "")]
        }
        let hash = ContentHash(of: document.bytes).rawValue
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
