internal import Core
internal import Engine
internal import Executors
internal import Plans
internal import Providers
internal import Secrets
internal import Store
internal import Synchronization

/// What steps of tasks that an earlier engine has left need, and the settings of this one do not have. Such a step waits: it
/// would fail for nothing but that somebody has started the engine without the settings that the task was made with. So do
/// the steps of tasks that such a task starts. Other tasks that this engine makes were looked at when they were made.
final class MissingSettings: Sendable {
    private struct State {
        /// The newest task that there was at the start; nil before that is known.
        var newest: TaskNumber?
        /// Newer tasks that one of these has started, and what they have started.
        var heirs: Set<TaskNumber> = []
        /// What was missing when a step was to begin.
        var found: [Key: String] = [:]
        /// Steps of plans, by their tasks, for which everything was there.
        var complete: Set<Key> = []

        /// Whether nobody has looked at what a task needs, with the settings of this engine, when it was made.
        func isOld(_ task: TaskNumber) -> Bool {
            newest.map { task <= $0 } == true || heirs.contains(task)
        }
    }

    private struct Key: Hashable {
        var task: TaskNumber
        /// The path in the plan, without the numbers of iterations.
        var path: String
    }

    /// How many steps and tasks are remembered.
    private static let remembered = 1_000
    /// How many tasks are remembered that others have started.
    private static let heirsMaximum = 100_000

    private let state = Mutex(State())
    private let store: any ReadStore
    private let payloads: PayloadStore
    private let plans: PlanLibrary
    private let models: ProviderRegistry
    private let servers: [MCPServerConfiguration]
    private let secrets: SecretSource

    init(
        store: any ReadStore, payloads: PayloadStore, plans: PlanLibrary, models: ProviderRegistry,
        servers: [MCPServerConfiguration], secrets: SecretSource
    ) {
        self.store = store
        self.payloads = payloads
        self.plans = plans
        self.models = models
        self.servers = servers
        self.secrets = secrets
    }

    /// Says which tasks are old. Before that no step is looked at.
    func start(newest: TaskNumber) {
        state.withLock { $0.newest = newest }
    }

    /// Says that a task has started another one.
    func note(_ child: TaskNumber, of parent: TaskNumber) {
        state.withLock { state in
            guard let newest = state.newest, state.isOld(parent) else { return }
            state.heirs.insert(child)
            guard state.heirs.count > Self.heirsMaximum else { return }
            // To look at others too costs some time, and nothing else.
            state.newest = max(newest, state.heirs.max() ?? newest)
            state.heirs = []
        }
    }

    /// What was missing for a task; nil when nothing was.
    func found(for task: TaskNumber) -> String? {
        state.withLock { state in state.found.first { $0.key.task == task }?.value }
    }

    /// What is missing for a step that is to begin, as a sentence; nil when nothing is.
    func obstacle(to step: StepPath, of task: TaskNumber) async -> String? {
        let path = step.components.filter { !$0.utf8.allSatisfy { (0x30...0x39).contains($0) } }.joined(separator: "/")
        let key = Key(task: task, path: path)
        guard state.withLock({ $0.isOld(task) && !$0.complete.contains(key) }) else { return nil }
        do {
            // Of a task that has ended nothing begins any more.
            if try await isUnfinished(task) { try await check(path, of: task) }
        } catch let error as SignalboxError {
            state.withLock { $0.found[key] = error.message }
            return error.message
        } catch {
            // What it is will be seen when the step begins.
        }
        state.withLock { state in
            if state.complete.count >= Self.remembered { state.complete.removeAll() }
            state.complete.insert(key)
            state.found[key] = nil
        }
        return nil
    }

    private func isUnfinished(_ task: TaskNumber) async throws -> Bool {
        guard let row = try await store.task(task) else { return false }
        return TaskStatus(rawValue: row.status)?.isFinal == false
    }

    /// - Throws: `SignalboxError` that says what is missing.
    private func check(_ path: String, of task: TaskNumber) async throws {
        guard let (origin, plan) = await read(task), let step = plan.allSteps.first(where: { $0.path == path })?.step
        else { return }
        _ = try await secrets.values(of: step.secretNames)
        switch step.kind {
        case .agent(let call): try await check(plan.agent(named: call.agent), origin, plan)
        case .branch(let branch):
            try await check(branch.chooser.flatMap { plan.agent(named: $0.agent) }, origin, plan)
        case .tool(let call): try await check(call.grant)
        default: return
        }
    }

    private func check(_ agent: AgentDefinition?, _ origin: TaskOrigin, _ plan: Plan) async throws {
        guard let agent else { return }
        for grant in agent.tools where !grant.isOptional { try await check(grant) }
        if let judge = loopModel(of: agent, origin) { try await check(model: judge, plan) }
        guard let text = origin.model ?? agent.model ?? origin.defaultModel else { return }
        try await check(model: text, plan)
    }

    /// The model of its own that is asked whether the agent goes round in circles.
    private func loopModel(of agent: AgentDefinition, _ origin: TaskOrigin) -> String? {
        if let own = agent.loopRules { return own.checkEvery == nil ? nil : own.model }
        return origin.agents.loopMethod == .rules ? nil : origin.agents.loopModel
    }

    private func check(model text: String, _ plan: Plan) async throws {
        // Scripts are files of the plan.
        guard ScriptModel.path(of: text) == nil else { return }
        _ = try await models.provider(for: try models.modelName(text), plan: plan.source)
    }

    private func check(_ grant: ToolGrant) async throws {
        guard case .mcp(let name, _) = grant.kind, !name.isEmpty else { return }
        guard let server = servers.first(where: { $0.name == name }) else {
            throw SignalboxError(.configuration, "There is no MCP server \"\(name)\" in the settings.")
        }
        _ = try await server.resolved(by: secrets)
    }

    /// What a task was made from; nil when that cannot be read, which its steps will say themselves.
    private func read(_ task: TaskNumber) async -> (origin: TaskOrigin, plan: Plan)? {
        do {
            guard let event = try await store.events(after: .zero, of: task, limit: 1).first else { return nil }
            let payloads = payloads
            let origin = try TaskOrigin(try await onOwnThread("blob") { try payloads.payload(event) })
            guard let row = try await store.plan(origin.planHash) else { return nil }
            return (origin, try plans.storedPlan(row.source).plan)
        } catch {
            return nil
        }
    }
}
