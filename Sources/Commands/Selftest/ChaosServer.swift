internal import Core
internal import Processes
internal import Synchronization

/// The server that is killed and started again, each time on a port that is free then, over one data directory.
final class ChaosServer: Sendable {
    private struct State {
        var output: [UInt8] = []
        var address: String?
        let control = ProcessControl()
        var isToEnd = false
        /// Why it ended though nobody asked it to.
        var failure: SignalboxError?
    }

    private let program: String
    private let directory: String
    private let onReady: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - program: this very program.
    ///   - directory: an absolute path; the data directory is made below it.
    ///   - onReady: called each time the server has said that it answers; must not call back.
    init(program: String, directory: String, onReady: @escaping @Sendable () -> Void) {
        self.program = program
        self.directory = directory
        self.onReady = onReady
    }

    /// Makes ready for the next start: from now on `kill` and `stop` are about the server that `run` is going to start.
    func prepare() {
        state.withLock { $0 = State() }
    }

    /// Runs it from its start to its end, which `kill` or `stop` bring about.
    /// - Throws: `SignalboxError` when it ends in another way.
    func run() async throws {
        let control = state.withLock { $0.control }
        let spec = ProcessSpec(
            arguments: [program, "serve", "--port", "0", "--data", directory + "/data"], directory: directory,
            stopGrace: .seconds(5))
        let outcome: ProcessOutcome
        do {
            outcome = try await ChildProcess.run(spec, control: control) { stream, bytes in
                if stream == .stdout { self.hear(bytes) }
            }
        } catch is CancellationError where !Task.isCancelled {
            // Its kill came before it could be started.
            return
        }
        let failure = state.withLock { state -> SignalboxError? in
            state.address = nil
            guard !state.isToEnd else { return nil }
            state.failure = SignalboxError(
                .internal, "The server ended by itself (\(outcome.ending)).",
                hint: String(decoding: outcome.stderr.suffix(2_000), as: UTF8.self))
            return state.failure
        }
        if let failure { throw failure }
    }

    /// Kills it as a crash would: no handler runs, nothing is flushed. Returns at once.
    func kill() { end { $0.kill() } }

    /// Asks it to end.
    func stop() { end { $0.stop() } }

    private func end(_ demand: (ProcessControl) -> Void) {
        let control = state.withLock { state in
            state.isToEnd = true
            // Nobody is to ask at an address that is about to be anybody's.
            state.address = nil
            return state.control
        }
        demand(control)
    }

    /// Where it answers, waiting until it does.
    /// - Throws: `SignalboxError` when it has ended by itself or is not ready in time; `CancellationError`.
    func address(within patience: Duration) async throws -> String {
        let end = ContinuousClock.now + patience
        while ContinuousClock.now < end {
            let (address, failure) = state.withLock { ($0.address, $0.failure) }
            if let failure { throw failure }
            if let address { return address }
            try await Task.sleep(for: .milliseconds(2))
        }
        throw SignalboxError(.internal, "The server did not become ready within \(Int64(patience / .seconds(1))) s.")
    }

    /// Takes what it writes to stdout, and learns from it where it answers.
    private func hear(_ bytes: [UInt8]) {
        state.withLock { state in
            guard state.address == nil, !state.isToEnd else { return }
            state.output += bytes
            let lines = String(decoding: state.output, as: UTF8.self).split(
                separator: "\n", omittingEmptySubsequences: false)
            // What follows the last line break is still being written.
            let addresses = lines.dropLast().compactMap { $0.split(separator: " ").last }
            guard let address = addresses.first(where: { $0.hasPrefix("http://") }) else { return }
            state.address = String(address)
            // Under the lock, so that it cannot come after a kill.
            onReady()
        }
    }
}
