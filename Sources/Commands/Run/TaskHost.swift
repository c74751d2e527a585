internal import Client
internal import Core
internal import HTTPServer
internal import Runtime
internal import Synchronization

/// Where tasks run: a server that is there already, or an engine inside this process.
struct TaskHost: Sendable {
    let client: SignalboxClient
    /// The address of the server; nil for an engine in this process.
    let address: String?
    /// Whether that server is this process.
    let isServing: Bool
    /// What must stand behind a further verb so that it finds the same place: ` --data DIR`.
    var placeArguments = ""
    /// Completes calls in sentences by the same options.
    var followUp = FollowUp(ParsedArguments())
    private let runtime: Runtime?
    private let log: ErrorLog

    /// What an engine of our own is needed for.
    enum Purpose: Sendable {
        /// To run a new task. Others that a stop has left unfinished wait for a server: nobody would see them go on here,
        /// and the end of this task would cut them off again.
        case running
        /// To run a task once more that is there already.
        case repeating
        /// To see a task to its end: what is unfinished goes on.
        case following
        /// To look or to leave a note: nothing is started.
        case looking
    }

    /// Takes the server that is named, else the one that holds the data directory, else starts an engine.
    /// - Throws: `SignalboxError`: `conflict` when another process holds the directory and serves nobody; `not_found` when
    ///   only running something would make the directory.
    static func open(server: String?, settings: Settings, for purpose: Purpose) async throws -> TaskHost {
        if let address = try server ?? settings.directory.holder()?.address {
            return TaskHost(
                client: SignalboxClient(HTTPTransport(base: address)), address: address, runtime: nil, log: ErrorLog())
        }
        let path = settings.directory.path
        guard purpose == .running || FileSystem.isDirectory(path) else {
            throw SignalboxError(
                .notFound, "There is no data directory \(path).",
                hint: "`signalbox run PLAN` and `signalbox serve` make one; --data DIR names another.")
        }
        let log = ErrorLog()
        let duty: Runtime.Duty =
            switch purpose {
            case .running, .repeating: .newTasks
            case .following: .everything
            case .looking: .notes
            }
        let runtime = try await Runtime.start(settings.runtime(log: log.log), duty: duty)
        let client = SignalboxClient(InProcessTransport(Interface.router(for: runtime, port: nil)))
        return TaskHost(client: client, address: nil, runtime: runtime, log: log)
    }

    /// The server in this process: called without a socket, known by its address.
    init(serving server: Server) {
        self.init(
            client: SignalboxClient(InProcessTransport(Interface.router(for: server.runtime, port: nil))),
            address: server.http.address, isServing: true, runtime: nil, log: ErrorLog())
    }

    private init(
        client: SignalboxClient, address: String?, isServing: Bool = false, runtime: Runtime?, log: ErrorLog
    ) {
        self.client = client
        self.address = address
        self.isServing = isServing
        self.runtime = runtime
        self.log = log
    }

    /// What is missing in the settings of an engine in this process for a task or one of these below it; nil when nothing
    /// is.
    func missingSettings(for tasks: [TaskNumber]) -> String? {
        tasks.lazy.compactMap { runtime?.missingSettings(for: $0) }.first
    }

    /// That tasks which are said to run do not, where no engine is at work on them; nil when none is said to.
    func restWords(of tasks: [TaskSummary]) -> String? {
        guard address == nil, tasks.contains(where: { $0.status == .running || $0.status == .queued }) else {
            return nil
        }
        return
            "No engine is running: this is how the last one left it. `signalbox serve\(placeArguments)` goes on with it."
    }

    /// Does something with it, then stops the engine if it is ours. A signal during the stop ends the process at once.
    func use(_ context: CommandContext, _ body: (TaskHost) async throws -> ExitCode) async throws -> ExitCode {
        let result: Result<ExitCode, any Error>
        do {
            result = .success(try await body(self))
        } catch {
            result = .failure(error)
        }
        try await context.interrupts.endingAtOnce { await runtime?.stop() }
        for entry in log.entries { context.errors.writeLine(LogLine.text(entry, style: context.style)) }
        return try result.get()
    }
}

/// Keeps the complaints of an engine until the terminal is free for them.
private final class ErrorLog: Sendable {
    private static let entriesMaximum = 20
    private let kept = Mutex<[Log.Entry]>([])

    var entries: [Log.Entry] { kept.withLock { $0 } }

    var log: Log {
        Log { entry in
            // What goes as it should is nothing for people who run a task.
            guard entry.level >= .warning else { return }
            self.kept.withLock { kept in
                if kept.count < Self.entriesMaximum { kept.append(entry) }
            }
        }
    }
}
