internal import Core
internal import Engine
internal import Executors
internal import Synchronization

/// Starts steps when there is room for them, sees to their execution, and brings their outcome to the journal.
final class Dispatcher: Sendable {
    private struct State {
        var ready = ReadyQueue<Key>()
        /// What stands in `ready`.
        var standing: Set<Key> = []
        /// Steps that wait for settings that are missing, with what they have said: they are looked at again from time to
        /// time, and take no slot meanwhile.
        var lacking: [Key: String] = [:]
        /// Slots that are taken: starts that are being journaled and runs under way.
        var busy = 0
        var runs: [Key: Run] = [:]
        /// Steps that were handed over again while their last run was still ending, with the priority of their task.
        var again: [Key: Int] = [:]
        /// Steps that have not been told yet that there is no room, in the order in which they came.
        var unnoted = Queue<(key: Key, since: ContinuousClock.Instant)>()
        var isWatchingCapacity = false
        /// Tasks of the last engine that could not be taken up yet, because the disk refused.
        var recoveries: [TaskNumber: Task<Void, Never>] = [:]
        var isStopping = false
        /// Runs are told to stop because the server does: they stay in the journal as begun.
        var isAbandoning = false
        /// Tasks with a run that was stopped so.
        var abandoned: Set<TaskNumber> = []
        var idleWaiters: [CheckedContinuation<Void, Never>] = []

        /// Whether a run that has stopped did so because the server stops.
        mutating func abandon(_ task: TaskNumber) -> Bool {
            if isAbandoning { abandoned.insert(task) }
            return isAbandoning
        }
    }

    private struct Key: Hashable {
        var task: TaskNumber
        var step: StepPath
    }

    /// A run under way, and how to stop it.
    private struct Run {
        var task: Task<Void, Never>
        var control: RunControl
    }

    /// How long a step stands in the queue before it says that there is no room.
    private static let capacityPatience = Duration.seconds(2)
    /// How long a step stands back for which settings are missing: keys and their files can come while the engine runs.
    private static let lackingPause = Duration.seconds(5)
    /// How many steps are told at once.
    private static let capacityNotesMaximum = 256
    /// The longest pause between two attempts to store something on a disk that refuses.
    private static let pauseMillisecondsMaximum: Int64 = 2_000
    /// The first attempt is logged, then about one a minute.
    private static let attemptsPerLogLine = 30

    private let state = Mutex(State())
    private let slots: Int
    private let executor: StepExecutor
    private let missing: MissingSettings
    private let log: Log
    private let journal = Mutex<Journal?>(nil)

    /// - Parameters:
    ///   - slots: how many steps may run at the same time, over all tasks; with none nothing is ever started.
    ///   - missing: what is looked at before a step begins.
    init(slots: Int, executor: StepExecutor, missing: MissingSettings, log: Log) {
        self.slots = slots
        self.executor = executor
        self.missing = missing
        self.log = log
    }

    /// Connects it with the journal it serves; must happen before the first action comes.
    func connect(to journal: Journal) {
        self.journal.withLock { $0 = journal }
    }

    /// Takes the actions of committed transitions. Called by the commit thread; does not block.
    func perform(_ actions: [(task: TaskNumber, priority: Int, action: TaskAction)]) {
        var stopped: [RunControl] = []
        var killed: [RunControl] = []
        var goingOn: [TaskNumber] = []
        let now = ContinuousClock.now
        state.withLock { state in
            for (task, priority, action) in actions {
                switch action {
                case .dispatch(let step):
                    guard slots > 0 else { continue }
                    let key = Key(task: task, step: step)
                    // After a failed commit a step may be handed over twice.
                    enqueue(key, priority: priority, at: now, &state)
                case .stop(let step, _):
                    if let run = state.runs[Key(task: task, step: step)] { stopped.append(run.control) }
                case .kill(let step, _):
                    if let run = state.runs[Key(task: task, step: step)] { killed.append(run.control) }
                case .goOn: if slots > 0 { goingOn.append(task) }
                // Taken by the start that led to it, below; the others by the journal itself.
                case .execute, .agent, .spawn, .cancelChild, .killChild, .raiseParent, .awaitSignal, .forgetSignal:
                    break
                }
            }
        }
        for control in stopped { control.stop() }
        for control in killed { control.kill() }
        // Nobody's own: each ends with the journal's answer, and if the engine stops before, recovery goes on.
        for task in goingOn { Task { await self.goOn(task) } }
        startReadySteps()
        watchCapacity()
    }

    private func goOn(_ task: TaskNumber) async {
        do {
            _ = try await persist(GoOn(), for: task)
        } catch {
            log.info("A task goes on at the next start", ["task": .string("\(task)"), "reason": .string("\(error)")])
        }
    }

    /// Puts a step into the queue, unless it stands there already.
    private func enqueue(_ key: Key, priority: Int, at now: ContinuousClock.Instant, _ state: inout State) {
        guard state.standing.insert(key).inserted else { return }
        state.ready.append(key, priority: priority)
        if state.busy >= slots { state.unnoted.append((key, now)) }
    }

    private func startReadySteps() {
        state.withLock { state in
            while state.busy < slots, !state.isStopping, let (key, priority) = state.ready.popFirst() {
                state.standing.remove(key)
                // A run that was killed may not have ended yet; it takes the step up when it has.
                guard state.runs[key] == nil else {
                    state.again[key] = priority
                    continue
                }
                state.busy += 1
                let control = RunControl()
                // Owned by `runs`; a task of its own, because it lives as long as the run does.
                state.runs[key] = Run(task: Task { await self.run(key, control, priority: priority) }, control: control)
            }
        }
    }

    /// One run of a step, from its start in the journal to its outcome there.
    private func run(_ key: Key, _ control: RunControl, priority: Int) async {
        do {
            if let obstacle = await missing.obstacle(to: key.step, of: key.task) {
                try await holdBack(key, priority: priority, obstacle)
                return release(key)
            }
            let transition = try await persist(StartStep(key.step), for: key.task)
            for case .execute(let work) in transition.actions {
                let journal = DispatchedRun(step: work.step, run: work.run) { command in
                    try await self.persist(command, for: key.task)
                }
                guard let outcome = try await executor.execute(work, control: control, journal: journal) else {
                    continue
                }
                if case .stopped = outcome, state.withLock({ $0.abandon(work.task) }) { continue }
                _ = try await persist(FinishStep(work.step, work.run, outcome), for: key.task)
            }
        } catch {
            log.error(
                "A step was left where it stands; it goes on at the next start",
                ["task": .string("\(key.task)"), "step": .string("\(key.step)"), "error": .string("\(error)")])
        }
        release(key)
    }

    /// Lets a step wait for an engine that has the settings which it needs.
    private func holdBack(_ key: Key, priority: Int, _ obstacle: String) async throws {
        let isHeld = state.withLock { $0.lacking.updateValue(obstacle, forKey: key) } != nil
        if !isHeld { lookAgain(at: key, priority: priority) }
        try await say(obstacle, of: key)
    }

    /// Lets a step say which settings it waits for.
    private func say(_ obstacle: String, of key: Key) async throws {
        let sentence = "Waits for an engine with the settings that the task was made with. \(obstacle)"
        let note = NoteCapacity(key.step, sentence: sentence, keepsPlace: false)
        guard try await !persist(note, for: key.task).events.isEmpty else { return }
        log.warning(
            "A step waits for settings that are missing; it goes on when they are there",
            ["task": .string("\(key.task)"), "step": .string("\(key.step)"), "missing": .string(obstacle)])
    }

    /// Puts a step that lacks settings into the queue again when they are there.
    private func lookAgain(at key: Key, priority: Int) {
        // Ends by itself, with the engine at the latest.
        Task {
            while await stillLacks(key) {}
            state.withLock { state in
                state.lacking[key] = nil
                if !state.isStopping { enqueue(key, priority: priority, at: .now, &state) }
            }
            startReadySteps()
            watchCapacity()
        }
    }

    /// Whether settings are still missing after a while; says which, when they are others.
    private func stillLacks(_ key: Key) async -> Bool {
        _ = await Task { try await Task.sleep(for: Self.lackingPause) }.result
        guard !state.withLock({ $0.isStopping }),
            let obstacle = await missing.obstacle(to: key.step, of: key.task)
        else { return false }
        guard state.withLock({ $0.lacking.updateValue(obstacle, forKey: key) }) != obstacle else { return true }
        do {
            try await say(obstacle, of: key)
            return true
        } catch {
            // Its start will say what it is.
            return false
        }
    }

    /// Lets steps say that they wait for room, when they have stood in the queue for a while.
    private func watchCapacity() {
        let isWanted = state.withLock { state in
            guard !state.unnoted.isEmpty, !state.isWatchingCapacity, !state.isStopping else { return false }
            state.isWatchingCapacity = true
            return true
        }
        guard isWanted else { return }
        // Ends by itself when nothing stands in the queue, or with the engine.
        Task {
            _ = await Task { try await Task.sleep(for: Self.capacityPatience) }.result
            await self.noteCapacity()
            state.withLock { $0.isWatchingCapacity = false }
            watchCapacity()
        }
    }

    private func noteCapacity() async {
        let now = ContinuousClock.now
        let late = state.withLock { state -> [Key] in
            var late: [Key] = []
            var left = Queue<(key: Key, since: ContinuousClock.Instant)>()
            while let entry = state.unnoted.popFirst() {
                guard state.standing.contains(entry.key) else { continue }
                if now - entry.since < Self.capacityPatience || late.count >= Self.capacityNotesMaximum {
                    left.append(entry)
                } else {
                    late.append(entry.key)
                }
            }
            state.unnoted = left
            return late
        }
        let sentence = "Waits for room: all \(slots) steps that may run at the same time are taken by others."
        for key in late where state.withLock({ $0.standing.contains(key) }) {
            do {
                _ = try await connectedJournal.handle(NoteCapacity(key.step, sentence: sentence), for: key.task)
                // Where it was found to lack settings at that very moment, it is to say so once more.
                state.withLock { if $0.lacking[key] != nil { $0.lacking[key] = "" } }
            } catch {
                log.info(
                    "A step could not say that it waits for room",
                    ["task": .string("\(key.task)"), "error": .string("\(error)")])
            }
        }
    }

    /// Brings a command to the journal, again and again while the disk refuses it: work that is done must not be lost.
    private func persist(_ command: any TaskCommand, for task: TaskNumber) async throws -> Transition {
        var pauseMilliseconds: Int64 = 50
        var attempts = 0
        while true {
            do {
                return try await connectedJournal.handle(command, for: task)
            } catch let error as SignalboxError where error.code == .storage && !state.withLock({ $0.isStopping }) {
                if attempts % Self.attemptsPerLogLine == 0 {
                    log.error(
                        "What a task has come to cannot be stored yet; trying again",
                        ["task": .string("\(task)"), "error": .string("\(error)")])
                }
                attempts += 1
                // Sleeping fails only when this run is told to stop; what it has to say is to be kept all the same.
                let pause = Duration.milliseconds(pauseMilliseconds)
                _ = await Task { try await Task.sleep(for: pause) }.result
                pauseMilliseconds = min(pauseMilliseconds * 2, Self.pauseMillisecondsMaximum)
            }
        }
    }

    /// Takes up a task that the last engine has left unfinished. Returns when that is durable, or the disk has refused it
    /// once: then it is tried on, and the others need not wait.
    func recover(_ task: TaskNumber) async {
        do {
            _ = try await connectedJournal.handle(Recover(), for: task)
        } catch let error as SignalboxError where error.code == .storage {
            state.withLock { $0.recoveries[task] = Task { await self.goOnRecovering(task) } }
        } catch {
            reportUnreadable(task, error)
        }
    }

    /// Lets a task see what its time has brought.
    func wake(_ task: TaskNumber) async throws {
        _ = try await connectedJournal.handle(WakeUp(), for: task)
    }

    private func goOnRecovering(_ task: TaskNumber) async {
        do {
            _ = try await persist(Recover(), for: task)
        } catch {
            reportUnreadable(task, error)
        }
        state.withLock { $0.recoveries[task] = nil }
    }

    /// One task that cannot be read must not keep all others from going on.
    private func reportUnreadable(_ task: TaskNumber, _ error: any Error) {
        log.error("A task could not be taken up", ["task": .string("\(task)"), "error": .string("\(error)")])
    }

    private func release(_ key: Key) {
        let waiters = state.withLock { state in
            state.busy -= 1
            state.runs[key] = nil
            if let priority = state.again.removeValue(forKey: key), state.standing.insert(key).inserted {
                state.ready.append(key, priority: priority)
            }
            guard state.busy == 0, state.isStopping else { return [CheckedContinuation<Void, Never>]() }
            defer { state.idleWaiters = [] }
            return state.idleWaiters
        }
        for waiter in waiters { waiter.resume() }
        startReadySteps()
    }

    /// Starts nothing more, gives running steps that long to end, then stops them; they stay in the journal as begun, and
    /// recovery deals with them at the next start.
    /// - Returns: the tasks with runs that were stopped.
    func stop(grace: Duration) async -> Set<TaskNumber> {
        state.withLock { $0.isStopping = true }
        let abandon = Task {
            try await Task.sleep(for: grace)
            let runs = state.withLock { state in
                state.isAbandoning = true
                return Array(state.runs.values)
            }
            for run in runs { run.control.stop() }
        }
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.busy > 0 { state.idleWaiters.append(continuation) }
                return state.busy == 0
            }
            if isIdle { continuation.resume() }
        }
        abandon.cancel()
        return state.withLock { $0.abandoned }
    }

    private var connectedJournal: Journal {
        guard let journal = journal.withLock({ $0 }) else {
            preconditionFailure("The dispatcher is connected to the journal before the first action comes.")
        }
        return journal
    }
}
