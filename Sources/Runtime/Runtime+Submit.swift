public import Core
internal import Engine
internal import Plans
internal import Providers
internal import Store

extension Runtime {
    /// A task that has been accepted.
    public struct Receipt: Sendable, Hashable {
        public var number: TaskNumber
        public var id: TaskID
        /// Before its first event: whoever watches from here on misses nothing.
        public var position: Position
        /// False when an earlier request with the same key made it.
        public var isNew: Bool
        /// What whoever asked should know: limits that the settings have narrowed. A sentence each.
        public var notices: [String] = []
    }

    /// Starts a task; when this returns, it survives a crash.
    /// - Throws: `SignalboxError`: `invalid_plan`, `invalid_input`, `not_found` for an unknown plan or file, `conflict`
    ///   for a key that another request has used, `storage_error`. Nothing is stored then.
    public func submit(_ request: TaskRequest) async throws -> Receipt {
        try await create(under: request.idempotencyKey.map { ($0, request.fingerprint) }) {
            try await newTask(request)
        }
    }

    /// Makes a task, or finds the one that an earlier request with the same key has made. What is refused now may have been
    /// accepted then: a plan may have been archived, or a setting removed in between.
    /// - Parameter draft: checks the request, and says what is to be made.
    func create(
        under key: (key: String, requestHash: ContentHash)?, _ draft: () async throws -> NewTask
    ) async throws -> Receipt {
        let task: NewTask
        do {
            task = try await draft()
        } catch {
            if let (key, hash) = key, let made = try await journal.repetition(of: key, requestHash: hash) {
                return made
            }
            throw error
        }
        var receipt = try await journal.create(task)
        if receipt.isNew {
            receipt.notices = LimitNotice.sentences(
                task.limits, plan: task.executable.plan, settings: configuration.agents)
        }
        return receipt
    }

    private func newTask(_ request: TaskRequest) async throws -> NewTask {
        let choice = try await choice(for: request)
        let plan = choice.executable.plan
        let inputs = try plan.resolve(inputs: choice.inputs)
        let files = choice.app == nil ? try await files(request.files) : choice.files
        try await checkModels(of: plan, replacedBy: request.model)
        var task = NewTask(
            plan: PlanRow(plan, savedAt: configuration.time.now, isListed: false), executable: choice.executable,
            name: try name(of: request, plan: plan, inputs: inputs), source: request.source,
            trigger: TaskTrigger(request.trigger), inputs: inputs, files: files, tags: try tags(request.tags),
            model: request.model, defaultModel: configuration.defaultModel,
            requestKey: request.idempotencyKey.map { ($0, request.fingerprint) })
        task.app = choice.app
        task.limits = request.limits
        task.priority = request.priority ?? plan.priority
        task.concurrency = try plan.concurrencyGroup(inputs: inputs)
        return task
    }

    private func choice(for request: TaskRequest) async throws -> TaskChoice {
        switch request.plan {
        case .source(let source): return TaskChoice(executable: try await executable(source), inputs: request.inputs)
        case .named(let name):
            if let row = try await store.plan(named: name) {
                return TaskChoice(executable: try await executable(row.source), inputs: request.inputs)
            }
            if try await store.savedPlan(name) != nil { throw SignalboxError.isArchived(name) }
            let known = try await store.plans().map(\.name)
            let hint = known.isEmpty ? "No plans are saved here." : "Saved plans: \(known.joined(separator: ", "))."
            throw SignalboxError(.notFound, "There is no plan \"\(name.prefix(64))\".", hint: hint)
        case .prompt(let prompt, let agent):
            let (executable, inputs) = try await plan(forPrompt: prompt, agent: agent)
            return TaskChoice(executable: executable, inputs: inputs)
        case .app(let name, let parameters): return try await choice(ofApp: name, parameters)
        }
    }

    /// Finds out now, and not in the middle of the task, that a model cannot be asked, or that there is no such server of
    /// tools.
    func checkModels(of plan: Plan, replacedBy replacement: String?) async throws {
        try checkServers(of: plan)
        for agent in plan.agents {
            guard let model = replacement ?? agent.model ?? configuration.defaultModel else {
                throw SignalboxError(
                    .invalidInput, "The agent \"\(agent.name)\" of the plan \"\(plan.name)\" has no model.",
                    hint:
                        "Name one in the plan (model: provider/model), in the settings (default_model), or with --model."
                )
            }
            let name = try models.modelName(model)
            _ = try await models.provider(for: name, plan: plan.source)
            if agent.tools.contains(where: { if case .webSearch = $0.kind { true } else { false } }) {
                try models.checkWebSearch(of: name)
            }
            try await checkLoopModel(of: agent, in: plan)
        }
    }

    private func checkServers(of plan: Plan) throws {
        let names = configuration.mcpServers.map(\.name)
        let calls = plan.allSteps.compactMap { if case .tool(let call) = $0.step.kind { call.grant } else { nil } }
        for grant in plan.agents.flatMap(\.tools) + calls {
            guard case .mcp(let server, _) = grant.kind, !grant.isOptional, !server.isEmpty, !names.contains(server)
            else {
                continue
            }
            throw SignalboxError(
                .invalidInput, "There is no MCP server \"\(server)\" in the settings.",
                at: grant.place.inside(plan.source.path),
                hint: Suggestion.hint(for: server, among: names, called: "there are")
                    ?? "Add it to mcp_servers in signalbox.yaml.")
        }
    }

    /// The small model that is asked whether an agent goes round in circles, if one is: an agent whose watchman cannot be
    /// reached runs on unwatched.
    private func checkLoopModel(of agent: AgentDefinition, in plan: Plan) async throws {
        let settings = configuration.agents
        let fallback = settings.loopMethod == .rules || agent.tools.isEmpty ? nil : settings.loopModel
        guard let model = agent.loopRules.map(\.model) ?? fallback else { return }
        do {
            _ = try await models.provider(for: try models.modelName(model), plan: plan.source)
        } catch let error as SignalboxError {
            var told = error
            let origin = agent.loopRules == nil ? "loop_model of the settings" : "loop.model"
            told.message =
                "The agent \"\(agent.name)\" has a model watch for loops (\(origin)) that cannot be asked. \(error.message)"
            throw told
        }
    }

    /// The uploaded files, each checked.
    func files(_ given: [TaskRequest.File]) async throws -> [TaskFile] {
        guard given.count <= Limits.taskFilesMaximum else {
            throw SignalboxError(.limit, "A task takes at most \(Limits.taskFilesMaximum) files.")
        }
        var taken: Set<String> = []
        return try given.map { file in
            guard try blobs.keep(file.hash), let size = FileSystem.size(blobs.path(of: file.hash)) else {
                throw SignalboxError(
                    .notFound,
                    "The file \"\(file.name)\" has not been uploaded: there are no bytes with hash \(file.hash).",
                    hint: "Upload it with POST /api/files first.")
            }
            let name = FileName.unique(try FileName.checked(file.name), among: &taken)
            let type = MediaType.of(file.mediaType, named: name)
            return TaskFile(name: name, hash: file.hash, size: size, mediaType: type)
        }
    }

    /// The name that was asked for, else one that is made up.
    func name(of request: TaskRequest, plan: Plan, inputs: JSONObject) throws -> String {
        if let name = request.name?.trimmed, !name.isEmpty { return try checkedName(name) }
        if case .prompt(let prompt, _) = request.plan { return promptName(prompt) }
        return plan.taskName(inputs: inputs)
    }

    /// The tags, checked.
    func tags(_ given: [String]) throws -> [String] {
        let tags = given.map(\.trimmed)
        guard tags.count <= Limits.tagsMaximum, tags.allSatisfy({ (1...Limits.tagLengthMaximum).contains($0.count) })
        else {
            throw SignalboxError(
                .invalidInput,
                "A task takes at most \(Limits.tagsMaximum) tags of 1 to \(Limits.tagLengthMaximum) characters each.",
                at: .pointer("/tags"))
        }
        return tags
    }
}

extension TaskTrigger {
    /// Who asked, as the journal says it.
    init(_ trigger: TaskRequest.Trigger) {
        self =
            switch trigger {
            case .user: .user
            case .cli: .cli
            case .api: .api
            }
    }
}

extension TaskRequest {
    /// What the task comes from.
    fileprivate var source: TaskSource {
        switch plan {
        case .prompt: .prompt
        case .app: .app
        case .named, .source: .plan
        }
    }

    /// A hash over all that makes two requests the same. Of a saved plan that is its name: when a newer version was saved
    /// in between, a repetition is still a repetition.
    fileprivate var fingerprint: ContentHash {
        let plan: JSON =
            switch plan {
            case .named(let name): ["name": .string(name)]
            case .source(let source): ["hash": .string(source.hash.rawValue)]
            case .prompt(let prompt, let agent):
                ["prompt": .string(prompt), "agent": agent.map(JSON.string) ?? nil]
            case .app(let name, let parameters):
                ["app": .string(name), "parameters": .object(JSONObject(sorting: parameters))]
            }
        let inputs = JSONObject(sorting: inputs)
        let request: JSON = [
            "plan": plan, "inputs": .object(inputs),
            "files": .array(files.map { [.string($0.name), .string($0.hash.rawValue)] }),
            "name": name.map(JSON.string) ?? nil, "tags": .array(tags.map(JSON.string)),
            "model": model.map(JSON.string) ?? nil, "limits": limits.json,
            "priority": priority.map { .int(Int64($0)) } ?? nil,
        ]
        return ContentHash(of: request.bytes)
    }
}

extension JSONObject {
    /// The members in the order of their names.
    fileprivate init(sorting members: [String: JSON]) {
        self.init(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    }
}

extension PlanRow {
    /// The row of a plan that has been read.
    init(_ plan: Plan, savedAt: Timestamp, isListed: Bool) {
        self.init(
            hash: plan.hash, name: plan.name, summary: plan.summary, path: plan.source.path, text: plan.source.text,
            files: plan.source.files, savedAt: savedAt, isListed: isListed)
    }
}
