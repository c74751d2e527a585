internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// `/api/agents`
struct AgentsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [list, save, validate, get, versions, archive] + MemoryResource(runtime: runtime).operations
    }

    static let name = Parameter.path("name", "The name of an agent.")

    private var list: Operation {
        Operation(
            .get, "/api/agents", "listAgents", "The agents of the library.",
            answers: [.json("All of them.", .object(["agents": .array(of: .saved)]))]
        ) { _ in
            .json(["agents": .array(try await runtime.store.agents().map(\.json))])
        }
    }

    private var save: Operation {
        Operation(
            .post, "/api/agents", "saveAgent", "Saves a version of an agent under its name.",
            parameters: [Parameter.ifMatch], body: .json(.document),
            answers: [.json("The agent.", .saved, status: .created).withVersion],
            problems: [.conflict, .preconditionFailed, .invalidPlan, .expression]
        ) { call in
            let agent = try AgentReader.read(try PlanSource(try call.json(), at: ""))
            try await runtime.save(agent, if: try call.versionCondition())
            let saved = try await runtime.agent(named: agent.name, version: agent.hash.rawValue)
            return .json(saved.json, status: .created).of(version: saved.hash)
        }
    }

    private var validate: Operation {
        Operation(
            .post, "/api/agents/validate", "validateAgent", "Checks an agent without saving it.",
            body: .json(.document), answers: [.json("It has no mistake.", .planReference)],
            problems: [.invalidPlan, .expression]
        ) { call in
            let agent = try AgentReader.read(try PlanSource(try call.json(), at: ""))
            return .json(["name": .string(agent.name), "hash": .string(agent.hash.rawValue)])
        }
    }

    private var get: Operation {
        Operation(
            .get, "/api/agents/{name}", "getAgent", "An agent with its text.",
            parameters: [Self.name, Parameter.version, Parameter.ifNoneMatch],
            answers: [.json("The agent.", .savedDetail).withVersion, .notModified], problems: [.notFound, .conflict]
        ) { call in
            let agent = try await runtime.agent(named: try call[Self.name], version: try call[.version])
            guard case .object(var object) = agent.json else { preconditionFailure("An agent is an object.") }
            object["text"] = .string(agent.text)
            let files = agent.files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
            object["files"] = .object(JSONObject(files))
            return try call.answer(.object(object), version: agent.hash)
        }
    }

    private var versions: Operation {
        Operation(
            .get, "/api/agents/{name}/versions", "listAgentVersions",
            "The versions of an agent, also of an archived one, the latest first.", parameters: [Self.name],
            answers: [.json("All of them.", .object(["versions": .array(of: .saved)]))], problems: [.notFound]
        ) { call in
            .json(["versions": .array(try await runtime.versions(ofAgent: try call[Self.name]).map(\.json))])
        }
    }

    private var archive: Operation {
        Operation(
            .post, "/api/agents/{name}/archive", "archiveAgent",
            "Takes an agent out of the library; its versions stay.",
            parameters: [Self.name, Parameter.ifMatch],
            answers: [.json("It is archived.", .object(["name": .text, "archived": .isTrue]))],
            problems: [.notFound, .preconditionFailed]
        ) { call in
            let name = try call[Self.name]
            try await runtime.archiveAgent(name, if: try call.versionCondition())
            return .json(["name": .string(name), "archived": true])
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
