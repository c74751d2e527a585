internal import Core
internal import Glibc
internal import Processes
internal import Synchronization

/// SIGINT and SIGTERM as something to wait for. A signal that nobody waits for is kept for who asks next.
final class Interrupts: Sendable {
    private struct State {
        var pending = Queue<Int32>()
        var waiter: (id: UInt64, continuation: CheckedContinuation<Int32, any Error>)?
        var nextID: UInt64 = 0
        var isListening = false
    }

    private let state = Mutex(State())
    private let isOfProcess: Bool

    /// - Parameter isOfProcess: whether the signals of this process are meant; tests make up their own.
    init(isOfProcess: Bool = false) {
        self.isOfProcess = isOfProcess
    }

    /// Takes both signals away from their default, which ends the process. Until then Ctrl-C does what it always does,
    /// so that nobody has to wait for a server that does not answer.
    /// - Throws: `SignalboxError` when the system has no room for a pipe or a thread.
    func listen() throws {
        let isFirst = state.withLock { state in
            defer { state.isListening = true }
            return !state.isListening
        }
        guard isOfProcess, isFirst else { return }
        var ends: [Int32] = [0, 0]
        guard unsafe pipe(&ends) == 0 else { throw FileSystem.failure("The system has no room for a pipe") }
        let (reading, writing) = (ends[0], ends[1])
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        try startThread(name: "signals") {
            var number: UInt8 = 0
            while true {
                let count = unsafe read(reading, &number, 1)
                if count == 1 { self.receive(Int32(number)) } else if errno != EINTR { return }
            }
        }
        unsafe signalPipe = writing
        for number in [SIGINT, SIGTERM] {
            // A function for signals may do next to nothing: this one hands the number to the thread above.
            _ = signal(number) { number in
                let before = errno
                var byte = UInt8(truncatingIfNeeded: number)
                _ = unsafe write(signalPipe, &byte, 1)
                errno = before
            }
        }
    }

    /// Notes a signal.
    func receive(_ number: Int32) {
        let waiter = state.withLock { state in
            defer { state.waiter = nil }
            if state.waiter == nil { state.pending.append(number) }
            return state.waiter
        }
        waiter?.continuation.resume(returning: number)
    }

    /// The next signal. Only one task may wait at a time.
    /// - Throws: `CancellationError`.
    func next() async throws -> Int32 {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result: Result<Int32, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if let number = state.pending.popFirst() { return .success(number) }
                    precondition(state.waiter == nil, "Only one task waits for signals.")
                    state.waiter = (id, continuation)
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                guard state.waiter?.id == id else { return nil as CheckedContinuation<Int32, any Error>? }
                defer { state.waiter = nil }
                return state.waiter?.continuation
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Ends the process as that signal would have, and the programs it has started with it; cleans up nothing else.
    static func endAtOnce(_ signal: Int32) -> Never {
        ChildProcess.killAll()
        _exit(128 + signal)
    }

    /// Does work on files; a signal in the meantime removes what is unfinished of them and ends the process.
    func removing<Value: Sendable>(
        _ unfinished: UnfinishedFiles, _ body: () async throws -> Value
    ) async throws -> Value {
        try listen()
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let signal = try await self.next()
                ChildProcess.killAll()
                // Last of all: until the process ends, the thread that writes goes on and may make files anew.
                unfinished.remove()
                _exit(128 + signal)
            }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// Does work that takes a while; a signal in the meantime ends the process at once.
    func endingAtOnce(_ body: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await body() }
            group.addTask { Self.endAtOnce(try await self.next()) }
            try await group.next()
            group.cancelAll()
        }
    }
}

/// Where the signal handler writes to. Set before the handler is installed, and never again.
private nonisolated(unsafe) var signalPipe: Int32 = -1
