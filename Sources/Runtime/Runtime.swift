public import Core
internal import Engine
internal import Executors
internal import HTTPClient
internal import Plans
internal import Prices
internal import Processes
internal import Providers
internal import Secrets
public import Store
internal import StoreSQLite
internal import Synchronization

/// A running engine on a data directory: takes requests, makes them durable, carries them out, and lets others watch.
public final class Runtime: Sendable {
    public let configuration: RuntimeConfiguration
    /// The reading side of the store.
    public let store: any ReadStore
    /// What happens, as it happens.
    public let feed: LiveFeed
    /// What is being said, as it is said.
    let deltas: DeltaFeed
    /// What has changed since something was read.
    public let changes = TaskChanges()
    /// What has happened since the start.
    public let counters = RuntimeCounters()
    /// When it was started.
    public let startedAt: Timestamp
    /// Files and large payloads.
    public let blobs: BlobStore
    let payloads: PayloadStore
    let journal: Journal
    let models: ProviderRegistry
    /// What files are fetched with.
    let client: HTTPClient
    /// The MCP servers of the settings.
    let servers: ToolServers
    /// What tests of those outside have found.
    let tests = KeptTests()
    /// What models cost.
    public let prices: InstalledPrices
    /// Finds the values of secrets at the moment they are used.
    let secrets: SecretSource
    let plans = PlanLibrary()
    /// Lays out the flowcharts of plans.
    public let graphs: GraphLayouter
    private let refusal = Refusal()
    let dispatcher: Dispatcher
    let missing: MissingSettings
    private let timers: Timers
    /// Has finished tasks deleted.
    let deletion: TaskDeletion
    private let housekeeping: Housekeeping
    private let lock: DataDirectoryLock

    /// What an engine takes up.
    public enum Duty: Sendable {
        /// All tasks.
        case everything
        /// Only those that are made from now on; what a crash or stop has left unfinished stays as it is.
        case newTasks
        /// Nothing: what is decided or asked for is written down, and carried out by the next engine.
        case notes
    }

    /// Opens the data directory, takes up what a crash or stop has left unfinished, and is ready.
    /// - Throws: `SignalboxError`: `conflict` when another engine holds the directory, `storage_error` when it cannot be
    ///   used.
    public static func start(_ configuration: RuntimeConfiguration, duty: Duty = .everything) async throws -> Runtime {
        let lock = try DataDirectoryLock(configuration.directory)
        // Its probe takes some milliseconds, in which the database is opened.
        async let sandbox = Sandbox.prepare(configuration.sandbox, hiding: configuration.directory.path)
        let (database, journalStore) = try SQLiteDatabase.open(path: configuration.directory.database)
        let runtime = try Runtime(
            configuration, lock: lock, database: database, journalStore: journalStore,
            slots: duty == .notes ? 0 : configuration.parallelSteps, sandbox: await sandbox)
        let newest = try await runtime.store.tasks(TaskQuery(size: 1)).tasks.first?.number ?? TaskNumber(rawValue: 0)
        runtime.missing.start(newest: newest)
        switch duty {
        case .everything:
            try await runtime.endLeftovers()
            await runtime.recover(try await runtime.store.activeTasks())
            try await runtime.timers.start(from: TaskNumber(rawValue: 0))
            runtime.housekeeping.start()
        case .newTasks:
            try await runtime.timers.start(from: TaskNumber(rawValue: newest.rawValue + 1))
        case .notes: break
        }
        return runtime
    }

    private init(
        _ configuration: RuntimeConfiguration, lock: DataDirectoryLock, database: SQLiteDatabase,
        journalStore: sending any JournalStore, slots: Int, sandbox: Sandbox
    ) throws {
        self.configuration = configuration
        self.lock = lock
        startedAt = configuration.time.now
        store = try database.reader()
        blobs = BlobStore(directory: configuration.directory.blobs)
        blobs.removeLeftovers()
        graphs = GraphLayouter(directory: configuration.directory.graphs)
        let payloads = PayloadStore(blobs)
        self.payloads = payloads
        try UsageFill.run(journalStore, payloads: payloads, plans: plans, log: configuration.log)
        let feed = LiveFeed(newest: try journalStore.newestPosition(), store: store)
        self.feed = feed
        let deltas = DeltaFeed(feed.watchers)
        self.deltas = deltas
        let client = HTTPClient(userAgent: Version.userAgent)
        self.client = client
        let secrets = configuration.secretSource
        self.secrets = secrets
        models = try ProviderRegistry(settings: configuration.providers, client: client, secrets: secrets)
        let servers = ToolServers(configuration, client: client, secrets: secrets)
        self.servers = servers
        let providers = configuration.providers.merging(ProviderSettings.known) { own, _ in own }
        let prices = try InstalledPrices(
            directory: configuration.directory.path, providers: providers, log: configuration.log)
        self.prices = prices
        let memory = JournalMemory(store: store, time: configuration.time)
        let executor = StepExecutor(
            directory: configuration.directory.tasks, blobs: blobs, models: models, client: client, sandbox: sandbox,
            servers: servers, secrets: secrets, memory: memory, listener: deltas,
            pricing: TurnPricing(table: { prices.table }, pricedAs: { prices.pricedAs($0) }),
            contextWindow: { model in
                let provider = String(model.prefix { $0 != "/" })
                return providers[provider]?.contextWindow(of: String(model.dropFirst(provider.count + 1)))
                    ?? prices.table.contextWindow(of: model, pricedAs: prices.pricedAs(provider)).map { Int($0) }
            })
        let missing = MissingSettings(
            store: store, payloads: payloads, plans: plans, models: models, servers: configuration.mcpServers,
            secrets: secrets)
        self.missing = missing
        let dispatcher = Dispatcher(slots: slots, executor: executor, missing: missing, log: configuration.log)
        self.dispatcher = dispatcher
        executor.removeLeftovers()
        timers = Timers(store: store, time: configuration.time, log: configuration.log) { task in
            try await dispatcher.wake(task)
        }
        journal = try Journal { [plans, refusal, timers, changes, counters] lane in
            try JournalWriter(
                store: journalStore, payloads: payloads, plans: plans, time: configuration.time,
                random: SystemRandomNumberGenerator(), defaultModel: configuration.defaultModel,
                agents: configuration.agents, pricing: InstalledPricing(prices: prices), lane: lane,
                onCommit: { commit in
                    refusal.clear()
                    // First of all: who hears of a commit must not be given what was there before.
                    changes.note(commit.rows)
                    counters.note(commit.events)
                    feed.publish(commit.events)
                    for (task, parent) in commit.children { missing.note(task, of: parent) }
                    dispatcher.perform(commit.actions)
                    if let wake = commit.nextWake { timers.note(wake) }
                }, onRefusal: { refusal.note($0) })
        }
        dispatcher.connect(to: journal)
        memory.connect(to: journal)
        deletion = TaskDeletion(store: store, payloads: payloads, plans: plans, journal: journal)
        housekeeping = Housekeeping(
            policy: configuration.retention, deletion: deletion, time: configuration.time, log: configuration.log)
        if sandbox.isRefusing {
            configuration.log.error(sandbox.sentence)
        } else {
            configuration.log.info(sandbox.sentence, ["sandbox": .string(sandbox.name)])
        }
    }

    /// What was missing in the settings when a step of a task that an earlier engine has left was to begin; nil when nothing
    /// was. The step waits.
    public func missingSettings(for task: TaskNumber) -> String? { missing.found(for: task) }

    private func endLeftovers() async throws {
        let directory = configuration.directory.tasks
        let ended = try await onOwnThread("leftovers") { try LeftoverProcesses.kill(below: directory) }
        guard ended > 0 else { return }
        configuration.log.info(
            "Ended programs that the last engine had left running", ["programs": .int(Int64(ended))])
    }

    private func recover(_ tasks: [TaskNumber]) async {
        await withTaskGroup(of: Void.self) { group in
            for task in tasks {
                group.addTask { await self.dispatcher.recover(task) }
            }
        }
        if !tasks.isEmpty {
            configuration.log.info("Took up unfinished tasks", ["tasks": .int(Int64(tasks.count))])
        }
    }

    /// Whether the journal can be written, as far as can be known without a task.
    /// - Throws: `SignalboxError` with code `unavailable` when the last commit failed and the disk still refuses.
    public func checkReadiness() async throws {
        guard let last = refusal.last else { return }
        let probe = configuration.directory.path + "/.probe"
        do {
            try await onOwnThread("probe") {
                try FileSystem.writeAtomically([UInt8](repeating: 0, count: Self.probeBytes), to: probe)
                FileSystem.remove(probe)
            }
            refusal.clear()
        } catch {
            let reason = (last as? SignalboxError)?.message ?? "\(last)"
            throw SignalboxError(
                .unavailable, "The journal cannot be written: \(reason)",
                hint: "Free some space on the disk of \(configuration.directory.path); tasks go on by themselves then.")
        }
    }

    /// What a commit needs at least, with some room, in bytes.
    private static let probeBytes = 256 << 10

    /// Tells other programs of this user where this engine can be reached.
    public func publish(address: String) throws {
        try lock.publish(address: address)
    }

    /// Stops: starts no more steps, gives running ones that long, and leaves what is unfinished to the next start.
    public func stop(grace: Duration = .seconds(3)) async {
        await housekeeping.stop()
        await timers.stop()
        // What was stopped is written down as such, so that nothing looks as if it ran while no engine does.
        for task in await dispatcher.stop(grace: grace) { await dispatcher.recover(task) }
        await servers.close()
        await journal.close()
        lock.release()
    }
}
