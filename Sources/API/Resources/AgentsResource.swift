internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// `/api/agents`
struct AgentsResource: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/api/agents") { _ in
            .json(["agents": .array(try await runtime.store.agents().map(\.json))])
        }
        router.post("/api/agents") { request in
            let agent = try AgentReader.read(try PlanSource(try request.json(), at: ""))
            try await runtime.save(agent)
            return .json(
                try await runtime.agent(named: agent.name, version: agent.hash.rawValue).json, status: .created)
        }
        router.post("/api/agents/validate") { request in
            let agent = try AgentReader.read(try PlanSource(try request.json(), at: ""))
            return .json(["name": .string(agent.name), "hash": .string(agent.hash.rawValue)])
        }
        router.get("/api/agents/{name}") { request in
            let version = try QueryReader(request.query, known: ["version"]).text("version")
            let agent = try await runtime.agent(named: request.pathParameter("name"), version: version)
            guard case .object(var object) = agent.json else { preconditionFailure("An agent is an object.") }
            object["text"] = .string(agent.text)
            let files = agent.files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
            object["files"] = .object(JSONObject(files))
            return .json(.object(object))
        }
        router.post("/api/agents/{name}/archive") { request in
            let name = request.pathParameter("name")
            try await runtime.archiveAgent(name)
            return .json(["name": .string(name), "archived": true])
        }
        router.get("/api/agents/{name}/memory") { request in
            let name = request.pathParameter("name")
            let entries = try await runtime.memory(of: name)
            return .json(["agent": .string(name), "entries": .array(entries.map(\.json))])
        }
        router.delete("/api/agents/{name}/memory/{entry}") { request in
            let (name, entry) = (request.pathParameter("name"), request.pathParameter("entry"))
            try await runtime.forget(entry, of: name)
            return .json(["agent": .string(name), "deleted": .string(entry)])
        }
    }
}

extension AgentRow {
    fileprivate var json: JSON {
        var object: JSONObject = ["name": .string(name), "hash": .string(hash.rawValue)]
        object["description"] = summary.map(JSON.string)
        object["saved"] = .string(savedAt.rfc3339)
        object["path"] = .string(path)
        return .object(object)
    }
}

extension MemoryRow {
    fileprivate var json: JSON {
        [
            "name": .string(name), "text": .string(text), "saved": .string(savedAt.rfc3339),
            "task": .int(task.rawValue),
        ]
    }
}
