internal import Client
internal import Core
internal import Glibc
internal import Synchronization

/// The requests to people on a whole terminal, as they come and go; somebody decides about them by keys.
final class ApprovalsScreen: Sendable {
    private enum Input: Sendable {
        case key(Key)
        case signal(Int32)
        /// Nothing more is typed.
        case closed
        /// There may be something new to draw.
        case tick
    }

    private enum Leaving: Sendable {
        case left(ExitCode)
        case decide(String, letter: Character, isSeen: Bool)
    }

    private static let requestsMaximum = 100
    /// What ends without an event, such as a task that is deleted, is seen after this.
    private static let lookInterval = Duration.seconds(5)

    private let host: TaskHost
    private let context: CommandContext
    private let menu = Mutex(ApprovalsMenu())

    init(host: TaskHost, context: CommandContext) {
        self.host = host
        self.context = context
    }

    /// Shows them until somebody leaves.
    func run() async throws -> ExitCode {
        try context.interrupts.listen()
        while true {
            switch try await look() {
            case .left(let code): return code
            case .decide(let id, let letter, let isSeen):
                if let signal = try await decide(id, letter, isSeen: isSeen) { return Self.code(of: signal) }
            }
        }
    }

    private static func code(of signal: Int32) -> ExitCode { signal == SIGTERM ? .terminated : .interrupted }

    /// Shows the list or one of them, until a key asks for more than that.
    private func look() async throws -> Leaving {
        let screen = FullScreen(context.errors)
        return try await Keyboard.use { keyboard in
            screen.enter()
            defer { screen.leave() }
            let (inputs, sent) = AsyncStream.makeStream(of: Input.self, bufferingPolicy: .bufferingOldest(64))
            return try await withThrowingTaskGroup(of: Leaving?.self) { group in
                group.addTask {
                    while let key = try await keyboard.key() { sent.yield(.key(key)) }
                    sent.yield(.closed)
                    return nil
                }
                group.addTask {
                    sent.yield(.signal(try await self.context.interrupts.next()))
                    return nil
                }
                group.addTask { try await self.keepUp() }
                group.addTask {
                    while true {
                        sent.yield(.tick)
                        try await Task.sleep(for: ProgressDisplay.interval)
                    }
                }
                group.addTask { try await self.answer(inputs, on: screen) }
                defer { group.cancelAll() }
                while let leaving = try await group.next() {
                    if let leaving { return leaving }
                }
                preconditionFailure("Waiting for a signal has no end.")
            }
        }
    }

    private func answer(_ inputs: AsyncStream<Input>, on screen: FullScreen) async throws -> Leaving {
        for await input in inputs {
            switch input {
            case .signal(let signal): return .left(Self.code(of: signal))
            case .closed: return .left(.completed)
            case .tick: break
            case .key(let key):
                switch menu.withLock({ $0.press(key) }) {
                case .leave: return .left(.completed)
                case .show(let id): try await show(id)
                case .decide(let id, let letter, let isSeen):
                    if try await isChoice(letter, of: id) { return .decide(id, letter: letter, isSeen: isSeen) }
                case nil: break
                }
            }
            screen.put(menu.withLock { $0.lines(screen.size, at: .now, style: context.style) })
        }
        throw CancellationError()
    }

    /// Keeps the list and what is shown as they are on the server.
    private func keepUp() async throws -> Leaving? {
        let (news, noted) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.listen(noting: noted) }
            group.addTask {
                while true {
                    noted.yield()
                    try await Task.sleep(for: Self.lookInterval)
                }
            }
            group.addTask {
                for await _ in news { try await self.trying { try await self.refresh() } }
            }
            defer { group.cancelAll() }
            try await group.next()
            return nil
        }
    }

    private func listen(noting noted: AsyncStream<Void>.Continuation) async throws {
        var policy = ReconnectPolicy()
        // Whoever looks at it may wait for a server for as long as they like.
        policy.patience = .seconds(1_000_000_000)
        policy.onChange = { isLost in
            self.menu.withLock { $0.isLost = isLost }
            noted.yield()
        }
        var position: Position?
        while position == nil {
            try await trying { position = try await self.host.client.newestPosition() }
            if position == nil { try await Task.sleep(for: Self.lookInterval) }
        }
        let kinds: [EventType] = [.decisionRequested, .decisionMade]
        for try await _ in host.client.events(after: position ?? .zero, kinds: kinds, reconnecting: policy) {
            noted.yield()
        }
    }

    private func refresh() async throws {
        let page = try await host.client.approvals(size: Self.requestsMaximum)
        menu.withLock { $0.take(page) }
        guard let shown = menu.withLock({ $0.shown }), shown.isOpen else { return }
        let now = try await host.client.approval(shown.id)
        menu.withLock { menu in
            guard menu.shown?.id == now.id else { return }
            menu.show(now)
            if !now.isOpen { menu.message = "\(now.id) was settled elsewhere." }
        }
    }

    private func show(_ id: String) async throws {
        try await trying {
            let approval = try await self.host.client.approval(id)
            self.menu.withLock { $0.show(approval) }
        }
    }

    /// Whether something can be decided by that letter; says so when not.
    private func isChoice(_ letter: Character, of id: String) async throws -> Bool {
        var isChoice = false
        try await trying {
            let approval = try await self.host.client.approval(id)
            guard approval.isOpen else {
                return self.menu.withLock { $0.message = "\(id) is settled already." }
            }
            let choices = try RequestDialog.Choice.all(approval)
            isChoice = RequestDialog.Choice.named(letter.lowercased(), among: choices) != nil
            if !isChoice {
                self.menu.withLock { $0.message = "\(id): \(RequestDialog.Choice.menu(choices))" }
            }
        }
        return isChoice
    }

    /// Says below the list what the server refuses, or that it does not answer.
    private func trying(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as SignalboxError where [.unavailable, .upstream].contains(error.code) {
            menu.withLock { $0.isLost = true }
        } catch let error as SignalboxError {
            menu.withLock { $0.message = error.message }
        }
    }

    /// Lets somebody decide below what stands on the terminal.
    /// - Returns: the signal that ended it, if one did.
    private func decide(_ id: String, _ letter: Character, isSeen: Bool) async throws -> Int32? {
        var signal: Int32?
        try await trying {
            let approval = try await self.host.client.approval(id)
            guard approval.isOpen,
                let choice = RequestDialog.Choice.named(
                    letter.lowercased(), among: try RequestDialog.Choice.all(approval))
            else { return self.menu.withLock { $0.message = "\(id) is settled already." } }
            let dialog = RequestDialog(host: self.host, context: self.context)
            switch try await dialog.ask(approval, from: RequestDialog.Beginning(choice: choice, isSure: isSeen)) {
            case .later: self.menu.withLock { $0.message = "\(id) is left for later." }
            case .interrupted(let number): signal = number
            case .decided:
                let decided = try await self.host.client.approval(id)
                let task = try await self.host.client.task("\(decided.task.rawValue)").summary
                let sentence = DecisionOptions.sentence(decided, task, self.host.goesOn(decided.task))
                self.context.errors.writeLine(sentence)
                self.menu.withLock { menu in
                    menu.closeShown()
                    menu.message = sentence
                }
            }
        }
        return signal
    }
}
