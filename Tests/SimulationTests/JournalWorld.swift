import Core
import Plans
import Store
import Synchronization
import TestSupport

@testable import Engine
@testable import Runtime

/// The journal's writer with a store in memory, played with like `World`, but in batches, and with commits that are
/// refused as a whole or in part, late, when the next batch has been decided already: the rows must always be those that a
/// rebuild would tell.
struct JournalWorld {
    let answers: Answers
    let memory = MemoryStore()
    private let disk: FaultyJournalStore
    private let payloads: PayloadStore
    private let clock = Clock()
    private let heard = Heard()
    private let lane = LateLane()
    /// Batches of which it is not known yet what became of them.
    private var sent: [(bodies: [JournalRequest.Body], answers: ResultBox)] = []
    private var writer: JournalWriter
    var random: SeededGenerator
    private var inbox: [JournalRequest.Body] = []
    private var queue: [(task: TaskNumber, step: StepPath)] = []
    private var running: [(task: TaskNumber, work: StepWork)] = []
    private var failures: [String: Int] = [:]
    private(set) var commits = 0

    private final class Clock: Sendable {
        let milliseconds = Mutex<Int64>(1_000_000)
    }

    /// What the writer has told since it was last asked.
    private final class Heard {
        var commits: [JournalWriter.Commit] = []
    }

    init(seed: UInt64, directory: TemporaryDirectory) throws {
        answers = Answers(seed: seed)
        random = SeededGenerator(seed: seed)
        disk = FaultyJournalStore(memory)
        payloads = PayloadStore(BlobStore(directory: directory.path))
        writer = try Self.writer(disk, payloads, clock, heard, lane)
        let plan = RandomPlan(seed: seed, nature: .hasty)
        for child in plan.children.values {
            inbox.append(.savePlan(PlanRow(try child.plan(), savedAt: now, isListed: true)))
        }
        try commit(count: inbox.count, refusals: 0)
        try hear()
        // Two of them, so that one may have to wait for the other.
        for _ in 0..<2 { inbox.append(.create(try task(of: plan.plan()))) }
    }

    private static func writer(
        _ disk: FaultyJournalStore, _ payloads: PayloadStore, _ clock: Clock, _ heard: Heard, _ lane: LateLane
    ) throws -> JournalWriter {
        try JournalWriter(
            store: disk, payloads: payloads, plans: PlanLibrary(),
            time: TimeSource { Timestamp(millisecondsSinceEpoch: clock.milliseconds.withLock { $0 }) },
            random: SeededGenerator(seed: 1), lane: lane, onCommit: { heard.commits.append($0) })
    }

    private func task(of plan: Plan) throws -> NewTask {
        var task = NewTask(
            plan: PlanRow(plan, savedAt: now, isListed: false), executable: ExecutablePlan(plan), name: "t",
            source: .plan, trigger: .api, inputs: [:], files: [], tags: [], model: nil, defaultModel: nil)
        task.concurrency = try plan.concurrencyGroup(inputs: [:])
        return task
    }

    private var now: Timestamp { Timestamp(millisecondsSinceEpoch: clock.milliseconds.withLock { $0 }) }

    private mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    private mutating func chance(_ percent: Int) -> Bool { percent > 0 && below(100) < percent }

    /// Goes on until all tasks have ended; looks at the rows every now and then.
    mutating func run() throws {
        while try act() {
            if chance(40) { try hear() }
            guard commits < 20_000 else { throw Ledger.Violation(sentence: "the world of the journal does not end") }
            if commits % 20 == 0 { try checkRows() }
        }
        try checkRows()
        for number in numbers where memory.task(number)?.ended == nil {
            throw Ledger.Violation(
                sentence: "task \(number) stays \(memory.task(number)?.status ?? "unknown"): "
                    + "\(memory.task(number)?.sentence ?? "")")
        }
    }

    private var numbers: [TaskNumber] { memory.tasksInJournal(after: TaskNumber(rawValue: 0), limit: .max) }

    /// The rows are those that the events tell, and no event is missing.
    private func checkRows() throws {
        for number in numbers {
            var last: Int64 = 0
            memory.forEachEvent(of: number) { last = $0.sequence == last + 1 ? last + 1 : .min }
            guard last > 0 else { throw Ledger.Violation(sentence: "the events of task \(number) have a gap") }
        }
        let before = Dictionary(uniqueKeysWithValues: numbers.map { ($0, memory.projection(of: $0)) })
        let found = try ProjectionRebuild.run(memory, payloads: payloads)
        guard found.differing == 0 else {
            let number = found.named.first ?? TaskNumber(rawValue: 0)
            throw Ledger.Violation(
                sentence: "a rebuild tells other rows of task \(number): "
                    + Self.difference(before[number], memory.projection(of: number)))
        }
    }

    /// The first row that is not the same.
    private static func difference(_ written: TaskProjection?, _ told: TaskProjection) -> String {
        guard let written else { return "there were none" }
        let rows =
            [(String(describing: written.task), String(describing: told.task))]
            + zip(written.steps, told.steps).map { ("\($0)", "\($1)") }
            + zip(written.decisions, told.decisions).map { ("\($0)", "\($1)") }
            + zip(written.signalWaits, told.signalWaits).map { ("\($0)", "\($1)") }
        return rows.first { $0 != $1 }.map { "\($0)\ninstead of \($1)" } ?? "their number"
    }

    private mutating func act() throws -> Bool {
        clock.milliseconds.withLock { $0 += Int64(random.next() % 400) }
        if chance(3) { try crash() }
        let requests = numbers.flatMap { number in
            memory.projection(of: number).decisions.filter { $0.state == DecisionRow.openState }
        }
        let waits = numbers.flatMap { memory.projection(of: $0).signalWaits }
        if inbox.isEmpty, queue.isEmpty, running.isEmpty, requests.isEmpty, waits.isEmpty {
            guard sent.isEmpty else {
                try hear()
                return true
            }
            return letTimePass()
        }
        switch below(6) {
        case 0 where !queue.isEmpty:
            let next = queue.remove(at: below(queue.count))
            inbox.append(.command(StartStep(next.step), next.task))
        case 1 where !running.isEmpty: finish(running.remove(at: below(running.count)))
        case 2 where !requests.isEmpty: decide(requests[below(requests.count)])
        case 3 where !waits.isEmpty:
            let wait = waits[below(waits.count)]
            inbox.append(.signal(name: wait.name, key: wait.key, payload: answers.payload(ofSignal: wait.name)))
        case 4 where chance(3): try beMoody()
        default: break
        }
        if !inbox.isEmpty, chance(70) { try commit(count: 1 + below(min(4, inbox.count)), refusals: 12) }
        return true
    }

    /// Nothing is left but what time brings.
    private mutating func letTimePass() -> Bool {
        guard let wake = memory.nextWake(from: TaskNumber(rawValue: 0)) else { return false }
        clock.milliseconds.withLock { $0 = max($0, wake.millisecondsSinceEpoch) }
        for number in memory.dueTasks(at: now, from: TaskNumber(rawValue: 0), limit: 100) {
            inbox.append(.command(WakeUp(), number))
        }
        return true
    }

    private mutating func beMoody() throws {
        guard let number = numbers.randomElement(using: &random) else { return }
        inbox.append(
            [
                .command(Cancel(by: "ada"), number), .command(Kill(by: "ada"), number),
                .command(RetryTask(by: "ada"), number),
            ][below(3)])
    }

    private mutating func finish(_ done: (task: TaskNumber, work: StepWork)) {
        let path = "\(done.task)/\(done.work.step)"
        let outcome = answers.outcome(of: done.work, at: path, failures: failures[path] ?? 0)
        inbox.append(.command(FinishStep(done.work.step, done.work.run, outcome), done.task))
    }

    private mutating func decide(_ row: DecisionRow) {
        guard let kind = DecisionRequest.Kind(rawValue: row.kind) else { return }
        let earlier = memory.projection(of: row.task).decisions.count {
            $0.step == row.step && $0.verdict == Verdict.retry.rawValue
        }
        let decision = answers.decision(
            about: kind, at: "\(row.task)/\(row.step)", earlier: earlier, isReviewed: true)
        inbox.append(.command(Decide(row.ordinal, decision), row.task))
    }

    /// Sends off so many of the requests as one batch.
    private mutating func commit(count: Int, refusals: Int) throws {
        commits += 1
        // Batches whose size the disk does not like today.
        let remainder = chance(refusals) ? below(3) : 3
        disk.refuses = { $0.events.count % 3 == remainder }
        let bodies = (0..<count).map { _ in inbox.removeFirst() }
        let box = ResultBox()
        writer.commit(
            bodies.enumerated().map { place, body in JournalRequest(body: body) { box.set($0, at: place) } })
        sent.append((bodies, box))
    }

    /// Waits for all that was sent off; what the disk has refused is asked for again.
    private mutating func hear() throws {
        writer.settle()
        for (bodies, answers) in sent {
            for (place, body) in bodies.enumerated() {
                guard case .failure(let error)? = answers.result(at: place) else { continue }
                guard let error = error as? SignalboxError else { throw error }
                if error.code == .storage { inbox.append(body) }
            }
        }
        sent = []
        for commit in heard.commits { perform(commit) }
        heard.commits = []
    }

    private mutating func perform(_ commit: JournalWriter.Commit) {
        for event in commit.events where ["step_failed", "step_retrying"].contains(event.kind) {
            failures["\(event.task)/\(event.step?.rawValue ?? "")", default: 0] += 1
        }
        for (task, _, action) in commit.actions {
            switch action {
            case .dispatch(let step): queue.append((task, step))
            case .execute(let work): running.append((task, work))
            case .goOn: inbox.append(.command(GoOn(), task))
            case .kill(let step, let run):
                running.removeAll { $0.task == task && $0.work.step == step && $0.work.run == run }
            default: break
            }
        }
    }

    /// The process dies and starts anew.
    private mutating func crash() throws {
        lane.drop()
        let lost = sent.flatMap { bodies, answers in
            bodies.enumerated().filter { answers.result(at: $0.offset)?.isSuccess != true }.map(\.element)
        }
        (inbox, queue, running, sent) = ((lost + inbox).filter(\.isCreation), [], [], [])
        heard.commits = []
        writer = try Self.writer(disk, payloads, clock, heard, lane)
        inbox = memory.activeTasks().map { .command(Recover(), $0) } + inbox
        while inbox.contains(where: \.isRecovery) {
            try commit(count: 1, refusals: 20)
            try hear()
        }
    }
}

/// Answers of the journal, by the place of the request in its batch.
private final class ResultBox: Sendable {
    private let results = Mutex<[Int: Result<JournalAnswer, any Error>]>([:])

    func set(_ result: Result<JournalAnswer, any Error>, at place: Int) { results.withLock { $0[place] = result } }

    func result(at place: Int) -> Result<JournalAnswer, any Error>? { results.withLock { $0[place] } }
}

extension Result {
    fileprivate var isSuccess: Bool { if case .success = self { true } else { false } }
}

extension JournalRequest.Body {
    fileprivate var isCreation: Bool { if case .create = self { true } else { false } }

    fileprivate var isRecovery: Bool { if case .command(let command, _) = self { command is Recover } else { false } }
}
