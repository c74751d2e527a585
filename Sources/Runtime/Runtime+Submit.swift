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

    /// Starts a task; when this returns, it survives a crash. What is wrong with a request is told all at once.
    /// - Throws: `SignalboxError`: `invalid_plan`, `invalid_input`, `not_found` for an unknown plan or file, `conflict`
    ///   for a key that another request has used, `storage_error`. Nothing is stored then.
    public func submit(_ request: TaskRequest) async throws -> Receipt {
        // What could not be read is in no fingerprint, so that it may seem to be another request.
        let key = request.mistakes.isEmpty ? request.idempotencyKey : nil
        return try await create(under: key.map { ($0, request.fingerprint) }) { try await newTask(request) }
    }

    /// The task that a request with that key has made, whatever it asked for; nil when none has used it, or its task was
    /// deleted.
    public func task(madeUnder key: String) async throws -> TaskNumber? {
        do {
            return try await journal.repetition(of: key, requestHash: nil)?.number
        } catch let error as SignalboxError where error.code == .gone {
            return nil
        }
    }

    /// What a request would make; nothing is stored.
    /// - Throws: `SignalboxError` as `submit` does.
    public func check(_ request: TaskRequest) async throws -> (plan: String, name: String) {
        let task = try await newTask(request)
        return (task.executable.plan.name, task.name)
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
        var mistakes = RequestMistakes(request.mistakes)
        let choice = try await mistakes.collect(at: request.planPointer) { try await self.choice(for: request) }
        var inputs: JSONObject?
        if let choice {
            let plan = choice.executable.plan
            inputs = try await mistakes.collect(at: "/inputs", below: choice.app == nil ? "/inputs" : "/parameters") {
                try plan.resolve(inputs: choice.inputs)
            }
            _ = try await mistakes.collect(at: request.model == nil ? request.planPointer : "/model") {
                try await checkModels(of: plan, replacedBy: request.model)
            }
        }
        let given = try await mistakes.collect(at: "/files") { try await self.files(request.files) }
        let asked = try await mistakes.collect(at: "/name") { try checkedName(of: request) }
        let tags = try await mistakes.collect(at: "/tags") { try self.tags(request.tags) }
        try mistakes.check()
        guard let choice, let inputs, let given, let asked, let tags else {
            preconditionFailure("What is missing was noted as a mistake.")
        }
        let plan = choice.executable.plan
        var task = NewTask(
            plan: PlanRow(plan, savedAt: configuration.time.now, isListed: false), executable: choice.executable,
            name: asked ?? madeUpName(of: request, plan: plan, inputs: inputs), source: request.source,
            trigger: TaskTrigger(request.trigger), inputs: inputs, files: choice.app == nil ? given : choice.files,
            tags: tags, model: request.model, defaultModel: configuration.defaultModel,
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
            throw try await noPlan(name)
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
                    hint: "Name one in the plan (model: provider/model) or in the settings (default_model).",
                    remedy: "/model")
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
    /// - Parameter pointers: where each stands in the request; nil for the member `files`.
    func files(_ given: [TaskRequest.File], at pointers: [String]? = nil) async throws -> [TaskFile] {
        guard given.count <= Limits.taskFilesMaximum else {
            throw SignalboxError(.limit, "A task takes at most \(Limits.taskFilesMaximum) files.")
        }
        var taken: Set<String> = []
        var files: [TaskFile] = []
        var mistakes = RequestMistakes()
        for (place, file) in given.enumerated() {
            let known = try await mistakes.collect(at: pointers?[place] ?? "/files/\(place)") { try self.file(file) }
            guard var known else { continue }
            known.name = FileName.unique(known.name, among: &taken)
            files.append(known)
        }
        try mistakes.check()
        return files
    }

    private func file(_ given: TaskRequest.File) throws -> TaskFile {
        let name = try FileName.checked(given.name)
        guard try blobs.keep(given.hash), let size = FileSystem.size(blobs.path(of: given.hash)) else {
            throw SignalboxError(
                .notFound,
                "The file \"\(name)\" has not been uploaded: there are no bytes with hash \(given.hash).",
                hint: "Upload it with POST /api/files first.")
        }
        return TaskFile(
            name: name, hash: given.hash, size: size, mediaType: MediaType.of(given.mediaType, named: name))
    }

    /// The name that was asked for, else one that is made up.
    func name(of request: TaskRequest, plan: Plan, inputs: JSONObject) throws -> String {
        try checkedName(of: request) ?? madeUpName(of: request, plan: plan, inputs: inputs)
    }

    /// The name that was asked for; nil when none was.
    private func checkedName(of request: TaskRequest) throws -> String? {
        guard let name = request.name?.trimmed, !name.isEmpty else { return nil }
        return try checkedName(name)
    }

    private func madeUpName(of request: TaskRequest, plan: Plan, inputs: JSONObject) -> String {
        if case .prompt(let prompt, _) = request.plan { return promptName(prompt) }
        return plan.taskName(inputs: inputs)
    }

    /// The tags as they are kept: each once.
    /// - Parameter pointer: where they stand in the request.
    func tags(_ given: [String], at pointer: String = "/tags") throws -> [String] {
        let tags = given.map(\.trimmed)
        let maximum = Limits.tagsMaximum
        var mistakes: [Diagnostic] = []
        for (place, tag) in tags.enumerated() {
            let place = Place.pointer("\(pointer)/\(place)")
            if !(1...Limits.tagLengthMaximum).contains(tag.count) {
                mistakes.append(Diagnostic("a tag has 1 to \(Limits.tagLengthMaximum) characters", at: place))
            } else if tag.contains(",") {
                let hint = "where several tags stand in one text, commas separate them"
                mistakes.append(Diagnostic("a tag has no comma", at: place, hint: hint))
            } else if let complaint = HiddenCharacter.complaint(about: tag) {
                mistakes.append(Diagnostic("this cannot be a tag: \(complaint)", at: place))
            }
        }
        let each = tags.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        if tags.count > maximum {
            mistakes.append(
                Diagnostic("a task takes at most \(maximum) tags, not \(tags.count)", at: .pointer(pointer)))
        }
        guard mistakes.isEmpty else { throw SignalboxError.mistakes(Array(mistakes.prefix(maximum)), "The tags have") }
        return each
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

    /// The member that says what is to run.
    fileprivate var planPointer: String {
        switch plan {
        case .named, .source: "/plan"
        case .prompt(_, let agent): agent == nil ? "/prompt" : "/agent"
        case .app: ""
        }
    }

    /// A hash over all that makes two requests the same. Of a saved plan that is its name: when a newer version was saved
    /// in between, a repetition is still a repetition.
    fileprivate var fingerprint: ContentHash {
        if keySaysAll, let idempotencyKey { return ContentHash(of: Array(idempotencyKey.utf8)) }
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
