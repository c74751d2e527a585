internal import Core

/// One server: reaches it when it is needed, and again when it has gone.
actor Connection {
    let name: String
    let settings: MCPServerSettings
    let log: @Sendable (MCPLogEntry) -> Void
    let lists: ListState
    private let opener: Opener
    private var session: Session?
    private var opening: Task<Session, any Error>?
    private var listener: Task<Void, Never>?
    private var restarts: RestartCounter
    private var assumesHandshake = false
    /// It did not answer in time; before the next call it must show that it is there.
    private var isDoubtful = false
    private var isClosed = false
    /// What is being done with the server.
    private var underWay = 0
    /// Whether the server is to end when nothing is under way.
    private var isRetired = false
    var tools: ToolList?
    /// Calls that wait for an answer of a person, by their ids.
    var held: [String: HeldCall] = [:]
    var random = SystemRandomNumberGenerator()

    init(
        name: String, opener: Opener, lists: ListState, policy: MCPRestartPolicy,
        log: @escaping @Sendable (MCPLogEntry) -> Void
    ) {
        self.name = name
        settings = opener.settings
        self.opener = opener
        self.lists = lists
        self.log = log
        restarts = RestartCounter(policy)
    }

    /// Does something with the server. A session that the server has ended is begun anew once, since nothing was done then.
    func withSession<Value: Sendable>(_ body: (Session) async throws -> Value) async throws -> Value {
        underWay += 1
        defer {
            underWay -= 1
            // Owned by nobody: the last caller need not wait until the server has ended.
            if isRetired, underWay == 0 { Task { await close() } }
        }
        do {
            return try await once(body)
        } catch is SessionLost {
            drop()
            do {
                return try await once(body)
            } catch is SessionLost {
                throw Fault("it ends each session as soon as it has begun")
            }
        }
    }

    private func once<Value: Sendable>(_ body: (Session) async throws -> Value) async throws -> Value {
        let session = try await ready()
        do {
            let value = try await body(session)
            restarts.noteSuccess()
            return value
        } catch let error as RPCError {
            restarts.noteSuccess()
            throw error
        } catch let fault as Fault {
            if fault.cause is MCPTimeout, self.session?.channel === session.channel { isDoubtful = true }
            throw fault
        }
    }

    /// A session that works, as far as is known.
    private func ready() async throws -> Session {
        while true {
            guard !isClosed else { throw Fault("Signalbox has closed the connection") }
            guard let session else { break }
            if session.channel.end == nil {
                guard isDoubtful else { return session }
                if await session.isAlive() {
                    isDoubtful = false
                    return session
                }
                session.channel.abandon(Fault("it does not answer any more"))
            }
            // Another call may have seen it meanwhile.
            guard self.session?.channel === session.channel else { continue }
            restarts.noteFailure(session.channel.end?.reason ?? "it went away")
            drop()
        }
        let opening = try self.opening ?? beginOpening()
        let waiting = Once<Session>()
        // Owned by nobody but what it waits for: the opening goes on for others when this caller gives up.
        Task { waiting.fulfil(await opening.result) }
        return try await waiting.value()
    }

    private func beginOpening() throws -> Task<Session, any Error> {
        let pause = try restarts.pause()
        // Owned by this connection, which cancels it when it is closed.
        let task = Task { try await self.open(after: pause) }
        opening = task
        return task
    }

    private func open(after pause: Duration) async throws -> Session {
        defer { opening = nil }
        do {
            if pause > .zero { try await Task.sleep(for: pause) }
            let session = try await opener.open(assumesHandshake: assumesHandshake || settings.hasSessions)
            guard !isClosed else {
                session.channel.abandon(Fault("Signalbox has closed the connection"))
                throw CancellationError()
            }
            assumesHandshake = session.revision.hasHandshake
            isDoubtful = false
            self.session = session
            listen(to: session)
            return session
        } catch {
            assumesHandshake = false
            if !(error is CancellationError) { restarts.noteFailure(Self.reason(of: error)) }
            throw error
        }
    }

    private static func reason(of error: any Error) -> String {
        switch error {
        case let fault as Fault: fault.reason
        case let error as RPCError: error.reason
        case let error as SignalboxError: error.message.asReason
        default: "\(error)"
        }
    }

    private func drop() {
        session = nil
        tools = nil
        isDoubtful = false
        listener?.cancel()
        listener = nil
        lists.noteEnd()
    }

    /// Takes what the server tells of its lists, for as long as the session lasts.
    private func listen(to session: Session) {
        // Many servers with sessions tell of changes though they say that they do not.
        guard session.tellsChanges || session.revision.hasHandshake else { return }
        let lists = lists
        // Owned by this connection, which cancels it with the session.
        listener = Task { await session.listen(lists) }
    }

    /// Whether a session stands; for tests and for people who look.
    var isOpen: Bool { session.map { $0.channel.end == nil } ?? false }

    /// How it stands.
    var state: MCPServerState {
        if isOpen { return .connected }
        return (session?.channel.end?.reason ?? restarts.failure).map(MCPServerState.failed) ?? .idle
    }

    /// What the server says of itself.
    func describe() async throws -> MCPServerDescription { try await withSession { $0.description } }

    /// Ends the server, once nothing is under way with it.
    func retire() async {
        isRetired = true
        if underWay == 0 { await close() }
    }

    /// Ends the server and everything that is under way with it.
    func close() async {
        guard !isClosed else { return }
        isClosed = true
        for call in held.values { call.cancel() }
        held = [:]
        opening?.cancel()
        let channel = session?.channel
        drop()
        await channel?.close()
    }
}
