import Core
import Plans

@testable import Engine

/// What everybody does, one at a time.
extension World {
    /// - Returns: whether there was anything to do.
    mutating func act() throws -> Bool {
        if !recovering.isEmpty {
            let number = recovering.removeFirst()
            try commit(Message(task: number, command: Recover()), canBeRefused: false)
            return true
        }
        if chance(weather.clockJumps) { clock += Int64(below(200_000)) - 100_000 }
        if chance(weather.echoes), !echoes.isEmpty { try commit(echoes[below(echoes.count)]) }
        if chance(weather.moods) { try beMoody() }
        if chance(3) { try evict() }
        clock += Int64(below(400))
        guard recovering.isEmpty else { return true }
        let acts = possibleActs
        guard !acts.isEmpty else { return try waitUntilSomethingHappens() }
        switch acts[below(acts.count)] {
        case .deliver: try commit(inbox.remove(at: below(inbox.count)))
        case .start:
            let next = queue.remove(at: below(queue.count))
            if chance(weather.echoes) { try note(capacityOf: next) }
            try commit(Message(task: next.task, command: StartStep(next.step)))
        case .finish: try finish(running.remove(at: below(running.count)))
        case .decide: try decide()
        case .signal: try signal()
        case .admit:
            for number in tasks.keys.sorted() where tasks[number]?.state.isAdmitted == false {
                try commit(Message(task: number, command: Admit()))
            }
        }
        return true
    }

    private enum Act {
        case deliver, start, finish, decide, signal, admit
    }

    private var possibleActs: [Act] {
        var acts: [Act] = []
        if !inbox.isEmpty { acts += [.deliver, .deliver] }
        if !queue.isEmpty { acts.append(.start) }
        if !running.isEmpty { acts.append(.finish) }
        if hasPeople, tasks.values.contains(where: { !$0.state.requests.isEmpty && $0.state.result == nil }) {
            acts.append(.decide)
        }
        if tasks.values.contains(where: { $0.awaitedSignal != nil }) { acts.append(.signal) }
        if tasks.values.contains(where: { !$0.state.isAdmitted && $0.state.result == nil }) { acts.append(.admit) }
        return acts
    }

    /// Nothing is left but what time brings.
    private mutating func waitUntilSomethingHappens() throws -> Bool {
        let due = tasks.values.compactMap(\.state.nextWake).min()
        guard let due else { return false }
        clock = max(clock, due.millisecondsSinceEpoch)
        for number in tasks.keys.sorted() {
            guard let wake = tasks[number]?.state.nextWake, wake.millisecondsSinceEpoch <= clock else { continue }
            try commit(Message(task: number, command: WakeUp()))
        }
        return true
    }

    private mutating func note(capacityOf next: (task: TaskNumber, step: StepPath)) throws {
        let isHeldBack = clock.isMultiple(of: 2)
        let note = NoteCapacity(
            next.step, sentence: isHeldBack ? "Waits for settings." : "Waits for room.", keepsPlace: !isHeldBack)
        try commit(Message(task: next.task, command: note))
    }

    /// A task at rest need not be kept at hand.
    private mutating func evict() throws {
        let idle = tasks.keys.sorted().filter { tasks[$0]?.machine.isIdle == true }
        guard !idle.isEmpty else { return }
        let number = idle[below(idle.count)]
        try tasks[number]?.refold()
    }

    private mutating func beMoody() throws {
        let numbers = tasks.keys.sorted()
        let number = numbers[below(numbers.count)]
        switch below(6) {
        case 0, 1: try commit(Message(task: number, command: Cancel(by: "ada")))
        case 2: try commit(Message(task: number, command: Kill(by: "ada")))
        default: try commit(Message(task: number, command: RetryTask(by: "ada")))
        }
    }

    private mutating func decide() throws {
        let open = tasks.keys.sorted().flatMap { number in
            (tasks[number]?.state.requests ?? [:]).keys.sorted().map { (number, $0) }
        }
        guard !open.isEmpty else { return }
        let (number, ordinal) = open[below(open.count)]
        guard let task = tasks[number], let request = task.state.requests[ordinal] else { return }
        let earlier = task.state.decisions.values.count {
            $0.request == request.step && $0.kind == .review && $0.verdict == .retry
        }
        let isReviewed = task.machine.executable.definition(at: request.step)?.review != nil
        let decision = answers.decision(
            about: request.kind, at: "\(task.scope)\(request.step)", earlier: earlier, isReviewed: isReviewed)
        let message = Message(task: number, command: Decide(ordinal, decision))
        echoes.append(message)
        try commit(message)
    }

    private mutating func signal() throws {
        let waiting = tasks.keys.sorted().filter { tasks[$0]?.awaitedSignal != nil }
        guard let number = waiting.isEmpty ? nil : waiting[below(waiting.count)],
            let (step, name) = tasks[number]?.awaitedSignal
        else { return }
        let payload = answers.payload(ofSignal: name)
        let arrived = Timestamp(millisecondsSinceEpoch: clock)
        let message = Message(task: number, command: DeliverSignal(step, payload: payload, arrived: arrived))
        echoes.append(message)
        try commit(message)
    }
}

extension SimulatedTask {
    /// The first step that waits for a signal.
    var awaitedSignal: (step: StepPath, name: String)? {
        guard state.result == nil else { return nil }
        let steps = state.waiting.sorted { $0.key.rawValue < $1.key.rawValue }
        for (path, address) in steps {
            if case .signal(let name, _)? = state[address].wait?.blocker {
                return (path, name)
            }
        }
        return nil
    }
}
