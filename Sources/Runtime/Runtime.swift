public import Core
internal import Engine
internal import Executors
internal import HTTPClient
internal import Plans
internal import Providers
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
    /// Files and large payloads.
    public let blobs: BlobStore
    let payloads: PayloadStore
    let journal: Journal
    let models: ProviderRegistry
    let plans = PlanLibrary()
    private let dispatcher: Dispatcher
    private let lock: DataDirectoryLock

    /// Opens the data directory, takes up what a crash or stop has left unfinished, and is ready.
    /// - Parameter isRecovering: false leaves the unfinished alone, for those who only want to look.
    /// - Throws: `SignalboxError`: `conflict` when another engine holds the directory, `storage_error` when it cannot be
    ///   used.
    public static func start(_ configuration: RuntimeConfiguration, isRecovering: Bool = true) async throws -> Runtime {
        let lock = try DataDirectoryLock(configuration.directory)
        let (database, journalStore) = try SQLiteDatabase.open(path: configuration.directory.database)
        let tasks = configuration.directory.tasks
        let killed = try await onOwnThread("leftovers") { try LeftoverProcesses.kill(below: tasks) }
        if killed > 0 {
            configuration.log.info(
                "Ended programs that the last engine had left running", ["programs": .int(Int64(killed))])
        }
        let runtime = try Runtime(configuration, lock: lock, database: database, journalStore: journalStore)
        if isRecovering { await runtime.recover(try await runtime.store.unfinishedTasks()) }
        return runtime
    }

    private init(
        _ configuration: RuntimeConfiguration, lock: DataDirectoryLock, database: SQLiteDatabase,
        journalStore: sending any JournalStore
    ) throws {
        self.configuration = configuration
        self.lock = lock
        store = try database.reader()
        blobs = BlobStore(directory: configuration.directory.blobs)
        let payloads = PayloadStore(blobs)
        self.payloads = payloads
        let feed = LiveFeed(newest: try journalStore.newestPosition(), store: store)
        self.feed = feed
        let client = HTTPClient(userAgent: Version.userAgent)
        models = try ProviderRegistry(settings: configuration.providers, client: client)
        let executor = StepExecutor(
            directory: configuration.directory.tasks, blobs: blobs, models: models, client: client)
        let dispatcher = Dispatcher(slots: configuration.parallelSteps, executor: executor, log: configuration.log)
        self.dispatcher = dispatcher
        let writer = try JournalWriter(
            store: journalStore, payloads: payloads, plans: plans, time: configuration.time,
            random: SystemRandomNumberGenerator()
        ) { commit in
            feed.publish(commit.events)
            dispatcher.perform(commit.actions)
        }
        journal = try Journal(Handover(writer))
        dispatcher.connect(to: journal)
    }

    private func recover(_ tasks: [TaskNumber]) async {
        await withTaskGroup(of: Void.self) { group in
            for task in tasks {
                group.addTask {
                    do {
                        _ = try await self.journal.handle(Recover(), for: task)
                    } catch {
                        // One task that cannot be read must not keep all others from going on.
                        self.configuration.log.error(
                            "A task could not be taken up", ["task": .string("\(task)"), "error": .string("\(error)")])
                    }
                }
            }
        }
        if !tasks.isEmpty {
            configuration.log.info("Took up unfinished tasks", ["tasks": .int(Int64(tasks.count))])
        }
    }

    /// Tells other programs of this user where this engine can be reached.
    public func publish(address: String) throws {
        try lock.publish(address: address)
    }

    /// Stops: starts no more steps, gives running ones that long, and leaves what is unfinished to the next start.
    public func stop(grace: Duration = .seconds(3)) async {
        await dispatcher.stop(grace: grace)
        await journal.close()
        lock.release()
    }

    /// Asks a task to stop.
    /// - Throws: `SignalboxError`: `not_found`, or `conflict` when it has ended.
    public func cancel(_ task: TaskNumber) async throws {
        _ = try await journal.handle(Cancel(), for: task)
    }
}
