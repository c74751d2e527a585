internal import Core
internal import Processes
internal import Synchronization

/// A server that is a program of ours: messages are lines on its stdin and stdout (specification, § stdio).
final class StdioChannel: Channel {
    struct State {
        var process: PipedProcess?
        var revision: Revision?
        var nextID: Int64 = 1
        var pending: [Int64: Pending] = [:]
        var end: Fault?
        var isClosing = false
        var stderr = TextTail()
        var flood = FloodGuard()
        /// What it wrote that is no message, for the errors of those who wait in vain.
        var stray: String?
        /// Requests of the server that a person has not answered yet.
        var questions = 0
    }

    /// A request that has not been answered.
    struct Pending: Sendable {
        let exchange: Exchange
        let answer: Once<RPCAnswer>
    }

    let state = Mutex(State())
    let events: ChannelEvents
    private let ended = Once<Void>()

    private init(_ events: ChannelEvents) {
        self.events = events
    }

    /// Starts the program.
    /// - Throws: `SignalboxError` when it cannot be started.
    static func start(_ spec: ProcessSpec, _ events: ChannelEvents) async throws -> StdioChannel {
        let channel = StdioChannel(events)
        // Only the process's thread touches it; the lock is for the compiler.
        let lines = Mutex(LineSplitter())
        let process = try await PipedProcess.start(
            spec, inputBytesMaximum: Limits.mcpWaitingBytesMaximum,
            onOutput: { [weak channel] stream, bytes in
                guard let channel else { return }
                switch stream {
                case .stderr: channel.state.withLock { $0.stderr.append(bytes) }
                case .stdout:
                    do {
                        for line in try lines.withLock({ try $0.receive(bytes) }) { try channel.receive(line) }
                    } catch {
                        channel.abandon(error as? Fault ?? Fault("\(error)"))
                    }
                }
            },
            onEnd: { [weak channel] in channel?.processEnded($0) })
        channel.state.withLock { state in
            state.process = process
            // What ended so early has been told already.
            if state.end != nil { process.kill() }
        }
        return channel
    }

    var end: Fault? { state.withLock(\.end) }

    func settle(_ revision: Revision) { state.withLock { $0.revision = revision } }

    func perform(_ exchange: Exchange) async throws -> RPCAnswer {
        do {
            return try await exchange.patience.limit { try await self.answer(to: exchange) }
        } catch let fault as Fault where fault.cause is MCPTimeout {
            var fault = fault
            if let stray = state.withLock(\.stray) { fault.reason += "; instead \(stray)" }
            throw fault
        }
    }

    private func answer(to exchange: Exchange) async throws -> RPCAnswer {
        let answer = Once<RPCAnswer>()
        let id = try state.withLock { state -> Int64 in
            if let end = state.end { throw end }
            guard state.pending.count < Limits.mcpCallsPerServerMaximum else {
                throw SignalboxError(
                    .limit, "More than \(Limits.mcpCallsPerServerMaximum) calls of one MCP server are under way.",
                    hint: "Run fewer steps at once.")
            }
            let id = state.nextID
            state.nextID += 1
            state.pending[id] = Pending(exchange: exchange, answer: answer)
            do {
                try state.process?.write(exchange.message(id: id) + [UInt8(ascii: "\n")])
            } catch {
                state.pending[id] = nil
                throw error
            }
            return id
        }
        return try await answer.value { [weak self] in self?.cancel(id) }
    }

    /// Tells the server that nobody waits for an answer any more.
    private func cancel(_ id: Int64) {
        state.withLock { state in
            guard let pending = state.pending.removeValue(forKey: id), state.end == nil else { return }
            // The handshake must not be cancelled (2025-11-25, § Cancellation).
            guard pending.exchange.method != "initialize" else { return }
            send(
                OutgoingMessage.notification(
                    method: "notifications/cancelled",
                    params: ["requestId": .int(id), "reason": "Signalbox does not wait any longer."]), state)
        }
    }

    func notify(_ method: String, _ params: JSONObject) async throws {
        let message = OutgoingMessage.notification(method: method, params: params)
        try state.withLock { state in
            if let end = state.end { throw end }
            try state.process?.write(message + [UInt8(ascii: "\n")])
        }
    }

    /// Everything comes over the one stream.
    func listen() async throws -> Bool { false }

    func close() async {
        let process = state.withLock { state in
            state.isClosing = true
            return state.process
        }
        process?.end(grace: .milliseconds(Limits.mcpStopGraceMilliseconds))
        do {
            try await ended.value()
        } catch {
            // The caller's own end: the program gets no more time.
            process?.kill()
        }
    }

    /// Sends what nobody waits for; when too much waits already, the server does not read anyway.
    func send(_ message: [UInt8], _ state: borrowing State) {
        do {
            try state.process?.write(message + [UInt8(ascii: "\n")])
        } catch {
            state.process?.kill()
        }
    }

    func abandon(_ fault: Fault) {
        let pending = state.withLock { state in
            if state.end == nil { state.end = fault }
            state.process?.kill()
            defer { state.pending = [:] }
            return state.pending
        }
        for other in pending.values { other.answer.fulfil(.failure(fault)) }
    }

    private func processEnded(_ ending: ProcessOutcome.Ending) {
        let fault = state.withLock { state in
            var fault = Fault(state.isClosing ? "it was stopped" : "its program \(ending.sentence)")
            if !state.isClosing, let text = state.stderr.text { fault.hint = "Its last words on stderr: \(text)" }
            return fault
        }
        abandon(fault)
        ended.fulfil(.success(()))
    }
}

extension ProcessOutcome.Ending {
    /// The end of a sentence.
    fileprivate var sentence: String {
        switch self {
        case .exited(let code): "ended with exit code \(code)"
        case .signalled(let signal): "was ended by signal \(signal)"
        }
    }
}
