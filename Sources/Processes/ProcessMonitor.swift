internal import CPlatform
internal import Core
internal import Glibc

/// Stays beside one child process until everything of it is gone: feeds its stdin, takes its output, enforces its
/// limits, and stops it on demand. It blocks, so it has a thread of its own.
struct ProcessMonitor: ~Copyable {
    private let spec: ProcessSpec
    private let control: ProcessControl
    private let onOutput: @Sendable (ProcessStream, [UInt8]) -> Void
    private var process: LaunchedProcess
    private var wakeup: Descriptor
    private let start: ContinuousClock.Instant

    private var sentBytes = 0
    private var stdout: [UInt8] = []
    private var stderr: [UInt8] = []
    private var buffer = [UInt8](repeating: 0, count: 64 << 10)
    private var reason = ProcessOutcome.Reason.ended
    /// When the group is killed unless the leader has ended before.
    private var killTime: ContinuousClock.Instant?
    /// Set once the leader has ended: until then its children may go on writing.
    private var drainEnd: ContinuousClock.Instant?

    /// How long after the leader's end the end of its output is waited for: children that hold the pipes open would
    /// otherwise keep a finished step running.
    private static let drainTime = Duration.milliseconds(50)

    private init(
        _ spec: ProcessSpec, _ control: ProcessControl,
        _ onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void,
        _ process: consuming LaunchedProcess, wakeup: consuming Descriptor, start: ContinuousClock.Instant
    ) {
        self.spec = spec
        self.control = control
        self.onOutput = onOutput
        self.process = process
        self.wakeup = wakeup
        self.start = start
        killTime = spec.timeLimit.map { start + $0 }
    }

    /// Starts the program.
    /// - Throws: `SignalboxError` when it cannot be started.
    static func start(
        _ spec: ProcessSpec, control: ProcessControl, onOutput: @escaping @Sendable (ProcessStream, [UInt8]) -> Void
    ) throws -> ProcessMonitor {
        var wakeup = Descriptor(owning: eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)))
        guard wakeup.isOpen else { throw noDescriptor(errno) }
        try wakeup.moveAboveStandardStreams()
        let start = ContinuousClock.now
        return ProcessMonitor(
            spec, control, onOutput, try LaunchedProcess.launch(spec), wakeup: wakeup, start: start)
    }

    /// Runs until the process and its group are gone.
    consuming func run() -> ProcessOutcome {
        let control = control
        let descriptor = wakeup.rawValue
        return control.withWakeup(descriptor) { watch() }
    }

    private mutating func watch() -> ProcessOutcome {
        if spec.stdin.isEmpty { process.stdin.close() }
        while !isFinished {
            var polled = [
                pollfd(fd: process.stdin.rawValue, events: Int16(POLLOUT), revents: 0),
                pollfd(fd: process.stdout.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: process.stderr.rawValue, events: Int16(POLLIN), revents: 0),
                pollfd(fd: drainEnd == nil ? process.exit.rawValue : -1, events: Int16(POLLIN), revents: 0),
                pollfd(fd: wakeup.rawValue, events: Int16(POLLIN), revents: 0),
            ]
            let ready = unsafe poll(&polled, nfds_t(polled.count), millisecondsToNextDeadline)
            if ready > 0 {
                if polled[0].revents != 0 { feed() }
                if polled[1].revents != 0 { take(.stdout) }
                if polled[2].revents != 0 { take(.stderr) }
                if polled[4].revents != 0 { obey() }
                if polled[3].revents != 0 { drainEnd = .now + Self.drainTime }
            }
            if drainEnd == nil, let killTime, .now >= killTime { kill(for: .timeLimit) }
        }
        return finish()
    }

    private var isFinished: Bool {
        guard let drainEnd else { return false }
        return !process.stdout.isOpen && !process.stderr.isOpen || .now >= drainEnd
    }

    private var millisecondsToNextDeadline: Int32 {
        guard let deadline = drainEnd ?? killTime else { return -1 }
        let left = (deadline - .now) / .milliseconds(1)
        return Int32(min(max(left.rounded(.up), 0), 60_000))
    }

    private mutating func feed() {
        let written = unsafe spec.stdin[sentBytes...].withUnsafeBytes {
            unsafe write(process.stdin.rawValue, $0.baseAddress, $0.count)
        }
        if written > 0 { sentBytes += written }
        // A program need not read what it is given: a closed pipe is no failure.
        if sentBytes == spec.stdin.count || (written < 0 && errno != EAGAIN && errno != EINTR) {
            process.stdin.close()
        }
    }

    /// Takes one portion. Returns whether there may be more at once.
    @discardableResult
    private mutating func take(_ stream: ProcessStream) -> Bool {
        let descriptor = stream == .stdout ? process.stdout.rawValue : process.stderr.rawValue
        guard descriptor >= 0 else { return false }
        let count = unsafe read(descriptor, &buffer, buffer.count)
        if count < 0, errno == EAGAIN || errno == EINTR { return false }
        guard count > 0 else {
            close(stream)
            return false
        }
        let maximum = stream == .stdout ? spec.stdoutBytesMaximum : spec.stderrBytesMaximum
        let held = stream == .stdout ? stdout.count : stderr.count
        let kept = Array(buffer[..<min(count, maximum - held)])
        if stream == .stdout { stdout += kept } else { stderr += kept }
        if !kept.isEmpty { onOutput(stream, kept) }
        guard kept.count == count else {
            close(stream)
            kill(for: .outputLimit(stream))
            return false
        }
        return true
    }

    private mutating func close(_ stream: ProcessStream) {
        if stream == .stdout { process.stdout.close() } else { process.stderr.close() }
    }

    private mutating func obey() {
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(wakeup.rawValue, &count)
        switch control.currentDemand {
        case .stop(let grace) where reason == .ended && drainEnd == nil:
            reason = .cancelled
            killTime = .now + (grace ?? spec.stopGrace)
            process.requestStop()
        case .kill: kill(for: .killed)
        default: break
        }
    }

    /// Kills the whole group. What was decided first stays the reason, except that a stop may turn into a kill; of a
    /// leader that has ended, nobody can say that it was killed.
    private mutating func kill(for cause: ProcessOutcome.Reason) {
        killTime = nil
        let isFirst = reason == .ended && (drainEnd == nil || cause != .killed)
        if isFirst || (reason == .cancelled && cause == .killed) { reason = cause }
        _ = Glibc.kill(-process.id, SIGKILL)
    }

    /// Kills what is left of the group, takes what the pipes still hold, and collects the leader, whose number kept
    /// the group's from being given to others until now.
    private mutating func finish() -> ProcessOutcome {
        _ = Glibc.kill(-process.id, SIGKILL)
        // Bubblewrap takes all of its namespace with it; without it, what made itself a new session is still there.
        if spec.bubblewrap == nil, !spec.marks.isEmpty { LeftoverProcesses.kill(markedWith: spec.marks) }
        while take(.stdout) {}
        while take(.stderr) {}
        var status: Int32 = 0
        while unsafe waitpid(process.id, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        return ProcessOutcome(
            ending: signal == 0 ? .exited(code: (status >> 8) & 0xFF) : .signalled(signal), reason: reason,
            stdout: stdout, stderr: stderr, duration: start.duration(to: .now))
    }
}
