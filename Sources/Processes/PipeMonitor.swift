internal import CPlatform
internal import Core
internal import Glibc

/// Stays beside one piped process until everything of it is gone: feeds its stdin, hands its output on, and ends it on
/// demand. It blocks, so it has a thread of its own.
struct PipeMonitor: ~Copyable {
    /// How far the ending of the process has come.
    private enum Stage {
        case running
        /// Its stdin is closed, or it was sent SIGTERM; the next step follows then.
        case ending(next: ContinuousClock.Instant, grace: Duration, isAsked: Bool)
        case killed
    }

    private let spec: ProcessSpec
    private let mailbox: PipeMailbox
    private let onOutput: @Sendable (ProcessStream, [UInt8]) -> Void
    private var process: LaunchedProcess
    private var wakeup: Descriptor
    private var input: [UInt8] = []
    private var sentBytes = 0
    private var buffer = [UInt8](repeating: 0, count: Self.portionBytes)
    private var stage = Stage.running
    /// Set once the leader has ended: until then its children may go on writing.
    private var drainEnd: ContinuousClock.Instant?

    private static let portionBytes = 64 << 10
    private static let drainTime = Duration.milliseconds(50)
    /// A pipe holds 64 KiB unless somebody has made it larger, which the system allows up to 1 MiB (pipe(7)).
    private static let lastPortionsMaximum = 16
    /// For one that closes its stdout and stays.
    private static let graceWithoutOutput = Duration.seconds(1)

    private init(
        _ spec: ProcessSpec, _ mailbox: PipeMailbox, _ onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void,
        _ process: consuming LaunchedProcess, wakeup: consuming Descriptor
    ) {
        self.spec = spec
        self.mailbox = mailbox
        self.onOutput = onOutput
        self.process = process
        self.wakeup = wakeup
    }

    /// Starts the program.
    /// - Throws: `SignalboxError` when it cannot be started.
    static func start(
        _ spec: ProcessSpec, _ mailbox: PipeMailbox, onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void
    ) throws -> PipeMonitor {
        var wakeup = Descriptor(owning: eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)))
        guard wakeup.isOpen else { throw noDescriptor(errno) }
        try wakeup.moveAboveStandardStreams()
        return PipeMonitor(spec, mailbox, onOutput, try LaunchedProcess.launch(spec), wakeup: wakeup)
    }

    /// Runs until the process and its group are gone.
    consuming func run() -> ProcessOutcome.Ending {
        let mailbox = mailbox
        let descriptor = wakeup.rawValue
        return mailbox.withWakeup(descriptor) { watch() }
    }

    private mutating func watch() -> ProcessOutcome.Ending {
        while !isFinished {
            var polled = [
                pollfd(fd: input.isEmpty ? -1 : process.stdin.rawValue, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: process.stdout.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: process.stderr.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: drainEnd == nil ? process.exit.rawValue : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wakeup.rawValue, events: Int16(POLLIN), revents: 0),
            ]
            let ready = unsafe poll(&polled, nfds_t(polled.count), millisecondsToNextDeadline)
            if ready > 0 {
                if polled[4].revents != 0 { obey() }
                if polled[0].revents != 0 { feed() }
                if polled[1].revents != 0 { take(.stdout) }
                if polled[2].revents != 0 { take(.stderr) }
                if polled[3].revents != 0 { drainEnd = .now + Self.drainTime }
            }
            advance()
        }
        return finish()
    }

    private var isFinished: Bool {
        guard let drainEnd else { return false }
        return !process.stdout.isOpen && !process.stderr.isOpen || .now >= drainEnd
    }

    private var millisecondsToNextDeadline: Int32 {
        var deadline = drainEnd
        if deadline == nil, case .ending(let next, _, _) = stage { deadline = next }
        guard let deadline else { return -1 }
        let left = (deadline - .now) / .milliseconds(1)
        return Int32(min(max(left.rounded(.up), 0), 60_000))
    }

    private mutating func obey() {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(wakeup.rawValue, &count)
        let arrived = mailbox.takeInput()
        if process.stdin.isOpen {
            input.removeFirst(sentBytes)
            sentBytes = 0
            input += arrived
        }
        switch mailbox.currentDemand {
        case .end(let grace): beginEnding(grace: grace)
        case .kill: killGroup()
        case nil: break
        }
    }

    private mutating func beginEnding(grace: Duration) {
        guard case .running = stage else { return }
        dropInput()
        process.stdin.close()
        stage = .ending(next: .now + grace, grace: grace, isAsked: false)
    }

    /// Takes the next step of the ending when its time has come.
    private mutating func advance() {
        guard drainEnd == nil, case .ending(let next, let grace, let isAsked) = stage, .now >= next else { return }
        if isAsked {
            killGroup()
        } else {
            process.requestStop()
            stage = .ending(next: .now + grace, grace: grace, isAsked: true)
        }
    }

    private mutating func killGroup() {
        stage = .killed
        _ = Glibc.kill(-process.id, SIGKILL)
    }

    private mutating func feed() {
        let written = unsafe input[sentBytes...].withUnsafeBytes {
            unsafe write(process.stdin.rawValue, $0.baseAddress, $0.count)
        }
        if written > 0 {
            sentBytes += written
            if sentBytes == input.count { dropInput() }
        } else if errno != EAGAIN, errno != EINTR {
            // Nobody reads any more; how it ends says why.
            dropInput()
            process.stdin.close()
        }
    }

    private mutating func dropInput() {
        input = []
        sentBytes = 0
    }

    /// Takes one portion. Returns whether there may be more at once.
    @discardableResult
    private mutating func take(_ stream: ProcessStream) -> Bool {
        let descriptor = stream == .stdout ? process.stdout.rawValue : process.stderr.rawValue
        guard descriptor >= 0 else { return false }
        let count = unsafe read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return false }
        guard count > 0 else {
            if stream == .stdout { process.stdout.close() } else { process.stderr.close() }
            if stream == .stdout { beginEnding(grace: Self.graceWithoutOutput) }
            return false
        }
        onOutput(stream, Array(buffer[..<count]))
        return true
    }

    /// Kills what is left of the group, takes what the pipes still hold, and collects the leader, whose number kept
    /// the group's from being given to others until now.
    private mutating func finish() -> ProcessOutcome.Ending {
        _ = Glibc.kill(-process.id, SIGKILL)
        // Bubblewrap takes all of its namespace with it; without it, what made itself a new session is still there.
        if spec.bubblewrap == nil, !spec.marks.isEmpty { LeftoverProcesses.kill(markedWith: spec.marks) }
        for stream in ProcessStream.allCases {
            var left = Self.lastPortionsMaximum
            while left > 0, take(stream) { left -= 1 }
        }
        var status: Int32 = 0
        while unsafe waitpid(process.id, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return signal == 0 ? .exited(code: (status >> 8) & 0xFF) : .signalled(signal)
    }
}
