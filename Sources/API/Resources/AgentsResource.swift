internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// `/api/agents`
struct AgentsResource: Sendable {
    let runtime: Runtime

    var operations: [Operation] {
        [
            list, save, validate, get, versions, difference,
            change("archive", "archiveAgent", "Takes an agent out of the library; its versions stay."),
            change("restore", "restoreAgent", "Brings an archived agent back.", undo: true),
        ] + MemoryResource(runtime: runtime).operations
    }

    static let name = Parameter.path("name", "The name of an agent.")
    private static let from = Parameter.text(
        "from", "The hash of one of them, or its first digits; the one before the latest without it.")
    private static let to = Parameter.text(
        "to", "The hash of the other one, or its first digits; the latest without it.")

    private var list: Operation {
        Operation(
            .get, "/api/agents", "listAgents", "The agents of the library, by name.",
            parameters: [Parameter.librarySearch, Parameter.archived, Parameter.page, Parameter.size],
            answers: [
                .json(
                    "A page of them, each in its latest version.",
                    .object(["agents": .array(of: .agent), "total": .count]))
            ]
        ) { call in
            let agents = try await runtime.savedAgents(
                containing: try call[.librarySearch], isArchived: try call[.archived] == "true")
            let page = agents.page(try call[.page], size: try call[.size])
            return .json([
                "agents": .array(page.map { $0.json(isArchived: !$0.isListed) }), "total": .int(Int64(agents.count)),
            ])
        }
    }

    private var save: Operation {
        Operation(
            .post, "/api/agents", "saveAgent",
            "Saves a version of an agent under its name: plans that name it have this one from then on.",
            parameters: [Parameter.ifMatch] + LibrarySubmission.parameters,
            body: .jsonOrYAML(.submission(of: "agent")),
            answers: [
                Answer.json("The new version.", .agent, status: .created).withVersion,
                Answer.json("The version, which was there already.", .agent).withVersion,
            ],
            problems: [.conflict, .preconditionFailed, .invalidPlan, .expression]
        ) { call in
            let submission = try LibrarySubmission(call, "agent")
            let agent = try AgentReader.read(submission.source)
            let saving = try await runtime.save(agent, submission.note, if: try call.versionCondition())
            let saved = try await runtime.agent(named: agent.name, version: agent.hash.rawValue)
            return .json(
                saving.telling(saved.json(isArchived: false)), status: saving == .new ? .created : .ok
            ).of(version: saved.hash)
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
            .get, "/api/agents/{name}", "getAgent",
            "A version of an agent with its text, and what it says as JSON; also of an archived one.",
            parameters: [Self.name, Parameter.version, Parameter.ifNoneMatch],
            answers: [.json("The agent.", .agentDetail).withVersion, .notModified], problems: [.notFound, .conflict]
        ) { call in
            let (agent, isArchived) = try await runtime.savedAgent(try call[Self.name], version: try call[.version])
            guard case .object(var object) = agent.json(isArchived: isArchived) else {
                preconditionFailure("An agent is an object.")
            }
            object["text"] = .string(agent.text)
            object["document"] = agent.source.document
            let files = agent.files.sorted { $0.key < $1.key }.map { ($0.key, JSON.string($0.value)) }
            object["files"] = .object(JSONObject(files))
            return try call.answer(.object(object), version: agent.hash, standing: isArchived ? agent.standing : nil)
        }
    }

    private var versions: Operation {
        Operation(
            .get, "/api/agents/{name}/versions", "listAgentVersions",
            "The versions of an agent, also of an archived one, the latest first.",
            parameters: [Self.name, Parameter.page, Parameter.size],
            answers: [.json("A page of them.", .object(["versions": .array(of: .agent), "total": .count]))],
            problems: [.notFound]
        ) { call in
            let (name, size) = (try call[Self.name], try call[.size])
            let page = try await runtime.versions(ofAgent: name, offset: (try call[.page] - 1) * size, limit: size)
            // Of an agent that was brought back older versions stay hidden: the latest says whether it is archived.
            let latest = try await runtime.versions(ofAgent: name, offset: 0, limit: 1).versions.first
            let isArchived = latest?.isListed == false
            let savings = try await runtime.savings(of: .agent, page.versions.map(\.hash))
            return .json([
                "versions": .array(
                    page.versions.map { SavingRow.telling($0.json(isArchived: isArchived), savings[$0.hash]) }),
                "total": .int(Int64(page.total)),
            ])
        }
    }

    private var difference: Operation {
        Operation(
            .get, "/api/agents/{name}/diff", "compareAgentVersions", "What two versions of an agent differ in.",
            parameters: [Self.name, Self.from, Self.to],
            answers: [.json("Both, and the differences.", .agentComparison)], problems: [.notFound, .conflict]
        ) { call in
            let name = try call[Self.name]
            // The latest, and the one before it.
            let versions = try await runtime.versions(ofAgent: name, offset: 0, limit: 2).versions
            let from = try call[Self.from] ?? versions[versions.count - 1].hash.rawValue
            let to = try call[Self.to] ?? versions[0].hash.rawValue
            let before = try await runtime.agent(named: name, version: from)
            let after = try await runtime.agent(named: name, version: to)
            let isArchived = !versions[0].isListed
            return .json(VersionComparison(before, after).json { $0.json(isArchived: isArchived) })
        }
    }

    private func change(_ verb: String, _ id: String, _ summary: String, undo: Bool = false) -> Operation {
        Operation(
            .post, "/api/agents/{name}/" + verb, id, summary, parameters: [Self.name, Parameter.ifMatch],
            answers: [.json("The agent as it is now.", .agent).withVersion],
            problems: [.notFound, .preconditionFailed]
        ) { call in
            let name = try call[Self.name]
            try await runtime.archiveAgent(name, undo: undo, if: try call.versionCondition())
            let (agent, isArchived) = try await runtime.savedAgent(name)
            return .json(agent.json(isArchived: isArchived))
                .of(version: agent.hash, standing: isArchived ? agent.standing : nil)
        }
    }
}

extension AgentRow {
    /// A version without its document.
    /// - Parameter isArchived: whether the agent is.
    fileprivate func json(isArchived: Bool) -> JSON { AgentVersionRow(self).json(isArchived: isArchived) }
}

extension AgentVersionRow {
    fileprivate func json(isArchived: Bool) -> JSON {
        var object: JSONObject = ["name": .string(name), "hash": .string(hash.rawValue)]
        object["description"] = summary.map(JSON.string)
        object["saved"] = .string(savedAt.rfc3339)
        object["path"] = .string(path)
        object["author"] = author.map(JSON.string)
        object["note"] = note.map(JSON.string)
        if isArchived { object["archived"] = true }
        return .object(object)
    }
}
