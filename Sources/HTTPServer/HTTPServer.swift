internal import Core
internal import Glibc
internal import Synchronization

/// An HTTP/1.1 server on the loopback, on libmicrohttpd's threads, with handlers that wait on Swift's pool.
///
/// It listens from its making, answers between `start` and `stop`, and cannot be started twice.
public final class HTTPServer: Sendable {
    public let configuration: ServerConfiguration
    /// The real port, also when the configuration asks for any.
    public var port: UInt16 { listener.port }

    private let listener: Listener
    private let state = Mutex(State.listening)

    private enum State: Sendable {
        case listening
        case running(Daemon, ServerCore)
        case stopped
    }

    /// Opens the port. Throws `invalid_configuration` with a sentence for people if that fails.
    public init(configuration: ServerConfiguration = ServerConfiguration()) throws {
        self.configuration = configuration
        listener = try Listener(host: configuration.host, port: configuration.port)
    }

    deinit {
        if case .listening = state.withLock({ $0 }) { listener.close() }
    }

    /// The address to give to people: `http://127.0.0.1:7171`.
    public var address: String {
        configuration.host.contains(":")
            ? "http://[\(configuration.host)]:\(port)" : "http://\(configuration.host):\(port)"
    }

    /// Begins to answer.
    public func start(_ responder: any Responder) throws {
        // A connection is a descriptor, and more of them are promised than a usual limit allows.
        let core = try ServerCore(
            configuration: configuration, responder: responder, descriptors: DescriptorLimit.raise())
        try state.withLock { state in
            guard case .listening = state else { preconditionFailure("A server is started once.") }
            try startThread(name: "http-watch") { core.watch.run() }
            do {
                try startThread(name: "http-sockets") { core.webSockets.run() }
                state = .running(try Daemon(core: core, listener: listener), core)
            } catch {
                core.watch.stop()
                core.webSockets.stop()
                throw error
            }
        }
    }

    /// How many connections are open.
    var connectionCount: Int {
        state.withLock { state in
            guard case .running(_, let core) = state else { return 0 }
            return core.watch.count
        }
    }

    /// Answers until the surrounding task is cancelled, then stops gracefully.
    public func run(_ responder: any Responder) async throws {
        try start(responder)
        for await _ in AsyncStream<Never>.makeStream().stream {}
        // A task of its own, for this one is cancelled and the grace time must not be.
        await Task { await stop() }.value
    }

    /// Stops gracefully: accepts nothing more, ends streams, gives running handlers the grace time, closes.
    public func stop() async {
        let running = state.withLock { state -> (Daemon, ServerCore)? in
            guard case .running(let daemon, let core) = state else { return nil }
            state = .stopped
            return (daemon, core)
        }
        guard let (daemon, core) = running else { return }
        core.refuseConnections()
        for exchange in core.active.beginStopping() { exchange.serverStopping() }
        let timer = Task {
            try await Task.sleep(for: configuration.graceTimeout)
            core.active.stopWaiting()
        }
        await core.active.waitUntilEmpty()
        timer.cancel()
        for exchange in core.active.all { exchange.abandon() }
        core.watch.shutDownAll()
        // Each was resumed and its socket is dead, so this does not wait for any client.
        await core.active.waitUntilEmpty()
        await Self.runOnOwnThread { daemon.stop() }
        core.watch.stop()
        core.webSockets.stop()
    }

    private static func runOnOwnThread(_ body: @escaping @Sendable () -> Void) async {
        await withCheckedContinuation { continuation in
            let run: @Sendable () -> Void = {
                body()
                continuation.resume()
            }
            do {
                try startThread(name: "http-stop", body: run)
            } catch {
                // Without a thread to be had, blocking this one is what is left.
                run()
            }
        }
    }
}
