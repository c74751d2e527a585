internal import Core
internal import Engine
internal import Executors
internal import Synchronization

/// Starts steps when there is room for them, sees to their execution, and brings their outcome to the journal.
final class Dispatcher: Sendable {
    private struct State {
        var ready = Queue<Key>()
        /// Slots that are taken: starts that are being journaled and runs under way.
        var busy = 0
        var runs: [Key: Task<Void, Never>] = [:]
        var isStopping = false
        /// Runs are told to stop because the server does: they stay in the journal as begun.
        var isAbandoning = false
        var idleWaiters: [CheckedContinuation<Void, Never>] = []
    }

    private struct Key: Hashable {
        var task: TaskNumber
        var step: StepPath
    }

    private let state = Mutex(State())
    private let slots: Int
    private let executor: StepExecutor
    private let log: Log
    private let journal = Mutex<Journal?>(nil)

    /// - Parameter slots: how many steps may run at the same time, over all tasks.
    init(slots: Int, executor: StepExecutor, log: Log) {
        self.slots = slots
        self.executor = executor
        self.log = log
    }

    /// Connects it with the journal it serves; must happen before the first action comes.
    func connect(to journal: Journal) {
        self.journal.withLock { $0 = journal }
    }

    /// Takes the actions of committed transitions. Called by the journal's thread; does not block.
    func perform(_ actions: [(task: TaskNumber, action: TaskAction)]) {
        var stopped: [Task<Void, Never>] = []
        state.withLock { state in
            for (task, action) in actions {
                switch action {
                case .dispatch(let step): state.ready.append(Key(task: task, step: step))
                case .stop(let step, _):
                    if let run = state.runs[Key(task: task, step: step)] { stopped.append(run) }
                case .execute: break  // taken by the start that led to it, below
                }
            }
        }
        for run in stopped { run.cancel() }
        startReadySteps()
    }

    private func startReadySteps() {
        state.withLock { state in
            while state.busy < slots, !state.isStopping, let key = state.ready.popFirst() {
                state.busy += 1
                // Owned by `runs`; a task of its own, because it lives as long as the run does.
                state.runs[key] = Task { await self.start(key) }
            }
        }
    }

    private func start(_ key: Key) async {
        do {
            let transition = try await connectedJournal.handle(StartStep(key.step), for: key.task)
            for case .execute(let work) in transition.actions { await execute(work) }
        } catch {
            log.error("A step could not be started", ["task": .string("\(key.task)"), "error": .string("\(error)")])
        }
        release(key)
    }

    private func execute(_ work: StepWork) async {
        let outcome = await executor.execute(work) { turn in
            _ = try await self.connectedJournal.handle(RecordTurn(work.step, work.run, turn), for: work.task)
        }
        if case .stopped = outcome, state.withLock({ $0.isAbandoning }) { return }
        await finish(work, outcome)
    }

    /// Brings the outcome to the journal, again and again while the disk refuses it: work that is done must not be lost.
    private func finish(_ work: StepWork, _ outcome: StepOutcome) async {
        var pauseMilliseconds: Int64 = 50
        while true {
            do {
                _ = try await connectedJournal.handle(FinishStep(work.step, work.run, outcome), for: work.task)
                return
            } catch let error as SignalboxError where error.code == .storage && !state.withLock({ $0.isAbandoning }) {
                log.error(
                    "The outcome of a step cannot be stored yet",
                    ["task": .string("\(work.task)"), "step": .string("\(work.step)"), "error": .string("\(error)")])
                // Sleeping fails only when this run is told to stop; its outcome is to be kept all the same.
                let pause = Duration.milliseconds(pauseMilliseconds)
                _ = await Task { try await Task.sleep(for: pause) }.result
                pauseMilliseconds = min(pauseMilliseconds * 2, 5_000)
            } catch {
                log.error(
                    "The outcome of a step is lost",
                    ["task": .string("\(work.task)"), "step": .string("\(work.step)"), "error": .string("\(error)")])
                return
            }
        }
    }

    private func release(_ key: Key) {
        let waiters = state.withLock { state in
            state.busy -= 1
            state.runs[key] = nil
            guard state.busy == 0, state.isStopping else { return [CheckedContinuation<Void, Never>]() }
            defer { state.idleWaiters = [] }
            return state.idleWaiters
        }
        for waiter in waiters { waiter.resume() }
        startReadySteps()
    }

    /// Starts nothing more, gives running steps that long to end, then stops them; they stay in the journal as begun, and
    /// recovery deals with them at the next start.
    func stop(grace: Duration) async {
        state.withLock { $0.isStopping = true }
        let abandon = Task {
            try await Task.sleep(for: grace)
            let runs = state.withLock { state in
                state.isAbandoning = true
                return Array(state.runs.values)
            }
            for run in runs { run.cancel() }
        }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.busy > 0 { state.idleWaiters.append(continuation) }
                return state.busy == 0
            }
            if isIdle { continuation.resume() }
        }
        abandon.cancel()
    }

    private var connectedJournal: Journal {
        guard let journal = journal.withLock({ $0 }) else {
            preconditionFailure("The dispatcher is connected to the journal before the first action comes.")
        }
        return journal
    }
}
