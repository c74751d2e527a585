import Core
import Engine
import Plans
import Store
import StoreSQLite
import Synchronization
import TestSupport
import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1)))
struct JournalWriterTests {
    /// A writer on a store that can be made to refuse, without a thread.
    private final class Desk {
        let store: FaultyJournalStore
        let writer: JournalWriter
        let published: Published

        final class Published: Sendable {
            let events = Mutex<[EventRow]>([])
        }

        init() throws {
            let directory = try Directories.make()
            store = FaultyJournalStore(try SQLiteDatabase.open(path: directory.path + "/signalbox.db").journal)
            let published = Published()
            self.published = published
            writer = try JournalWriter(
                store: store, payloads: PayloadStore(BlobStore(directory: directory.path + "/blobs")),
                plans: PlanLibrary(), time: .system,
                random: SystemRandomNumberGenerator()
            ) { commit in
                published.events.withLock { $0 += commit.events }
            }
        }

        /// What each of the requests, handled as one batch, was answered.
        func commit(_ bodies: [JournalRequest.Body]) -> [Result<JournalAnswer, any Error>] {
            let answers = Answers()
            writer.commit(
                bodies.enumerated().map { place, body in
                    JournalRequest(body: body) { answer in answers.list.withLock { $0.append((place, answer)) } }
                })
            return answers.list.withLock { $0.sorted { $0.0 < $1.0 }.map(\.1) }
        }

        private final class Answers: Sendable {
            let list = Mutex<[(Int, Result<JournalAnswer, any Error>)]>([])
        }
    }

    private func newTask(
        key: String? = nil, _ text: String = "name: small\nsteps:\n  a:\n    command: [\"true\"]\n"
    ) throws -> NewTask {
        let plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: text, files: [:]))
        return NewTask(
            plan: PlanRow(plan, savedAt: .now, isListed: false), executable: ExecutablePlan(plan), name: "small",
            source: .plan, trigger: .api, inputs: [:], files: [], tags: [], model: nil, defaultModel: nil,
            requestKey: key.map { ($0, ContentHash(of: [1])) })
    }

    private func created(_ answer: Result<JournalAnswer, any Error>) throws -> Runtime.Receipt {
        guard case .created(let receipt) = try answer.get() else {
            throw SignalboxError(.internal, "Not an answer to a creation.")
        }
        return receipt
    }

    @Test func `A refused commit is told to every caller, and nothing of it has happened`() throws {
        let desk = try Desk()
        let first = try created(desk.commit([.create(try newTask())])[0]).number
        let before = desk.published.events.withLock(\.count)
        let step = StepPath(rawValue: "a")

        desk.store.isRefusing = true
        let refused = desk.commit([
            .create(try newTask(key: "k")), .command(StartStep(step), first), .command(Cancel(), first),
        ])
        #expect(refused.count == 3)
        for answer in refused {
            let error = #expect(throws: SignalboxError.self) { _ = try answer.get() }
            #expect(error?.code == .storage)
        }
        #expect(desk.published.events.withLock(\.count) == before)

        // The disk has room again: the step has not been started, the key is free, numbers and positions have no hole.
        desk.store.isRefusing = false
        let answers = desk.commit([.command(StartStep(step), first), .create(try newTask(key: "k"))])
        _ = try answers[0].get()
        let second = try created(answers[1])
        #expect(second.number.rawValue == first.rawValue + 1)
        #expect(second.isNew)
        let positions = desk.published.events.withLock { $0.map(\.position.rawValue) }
        #expect(positions == Array(1...Int64(positions.count)))
        let sequences = try desk.store.events(of: first).map(\.sequence)
        #expect(sequences == Array(1...Int64(sequences.count)))
    }

    @Test func `A command that is refused leaves the others of its batch alone`() throws {
        let desk = try Desk()
        let first = try created(desk.commit([.create(try newTask())])[0]).number
        let answers = desk.commit([
            .command(StartStep(StepPath(rawValue: "nowhere")), first),
            .command(Cancel(), TaskNumber(rawValue: 99)),
            .command(StartStep(StepPath(rawValue: "a")), first),
        ])
        #expect(throws: (any Error).self) { _ = try answers[1].get() }
        _ = try answers[2].get()
    }

    @Test func `A key makes one task, also within one batch`() throws {
        let desk = try Desk()
        let answers = desk.commit([.create(try newTask(key: "k")), .create(try newTask(key: "k"))])
        let first = try created(answers[0])
        let second = try created(answers[1])
        #expect(first.isNew && !second.isNew)
        #expect(first.number == second.number)
        var other = try newTask(key: "k")
        other.requestKey?.requestHash = ContentHash(of: [2])
        let error = #expect(throws: SignalboxError.self) { _ = try desk.commit([.create(other)])[0].get() }
        #expect(error?.code == .conflict)
    }

    @Test func `A key outlives its task`() throws {
        let desk = try Desk()
        let made = try created(desk.commit([.create(try newTask(key: "k"))])[0]).number
        _ = try desk.commit([.command(Kill(), made)])[0].get()
        // In the same batch, and after it.
        let answers = desk.commit([.delete(made, by: "retention"), .create(try newTask(key: "k"))])
        _ = try answers[0].get()
        let late = desk.commit([.create(try newTask(key: "k"))])
        for answer in [answers[1], late[0]] {
            let error = #expect(throws: SignalboxError.self) { _ = try answer.get() }
            #expect(error?.code == .gone)
            #expect(error?.message.contains("Task \(made)") == true)
        }
        #expect(try desk.store.requestKey("k")?.task == made)
        #expect(try created(desk.commit([.create(try newTask(key: "l"))])[0]).isNew)
    }

    /// A loop, and then a wait for a signal.
    private static func loop(of iterations: Int) -> String {
        """
        name: small
        steps:
          each:
            for_each: {times: \(iterations)}
            steps: {a: {set: {n: "${{ index }}"}}}
          told: {needs: [each], wait: {signal: go}}
        """
    }

    @Test func `A task that waits is kept at hand only where folding it takes long`() throws {
        let desk = try Desk()
        let short = try created(desk.commit([.create(try newTask(Self.loop(of: 3)))])[0]).number
        let long = try created(desk.commit([.create(try newTask(Self.loop(of: 400)))])[0]).number
        // The rest of a long computation follows, as the dispatcher asks for it.
        for number in [short, long] {
            while try desk.store.task(number)?.status != TaskStatus.waiting.rawValue {
                _ = try desk.commit([.command(GoOn(), number)])[0].get()
            }
        }
        #expect(desk.writer.tasks[short] == nil)
        #expect(desk.writer.tasks[long] != nil)
        for number in [short, long] { _ = try desk.commit([.command(Kill(), number)])[0].get() }
        #expect(desk.writer.tasks.isEmpty)
        // Whoever asks for it after its end asks again, as all of its children do.
        for number in [short, long] { _ = try desk.commit([.command(LabelTask(name: "done"), number)])[0].get() }
        #expect(Array(desk.writer.tasks.keys) == [long])
    }

    @Test func `Of long tasks that wait those are kept that were needed last`() {
        var idle = IdleTasks()
        let numbers = (1...Int64(IdleTasks.countMaximum) + 1).map(TaskNumber.init(rawValue:))
        #expect(numbers.dropLast().allSatisfy { idle.keep($0, events: 300) == [] })
        #expect(idle.keep(numbers[0], events: 300) == [])
        #expect(idle.keep(numbers[numbers.count - 1], events: 300) == [numbers[1]])
        #expect(idle.contains(numbers[0]) && !idle.contains(numbers[1]))
        // One that is longer than all may be together is kept alone.
        let others = numbers[2...].dropLast() + [numbers[0]] + numbers.suffix(1)
        #expect(idle.keep(numbers[1], events: IdleTasks.eventsMaximum + 1) == Array(others))
    }

    @Test func `Long tasks that wait are bounded by their events together`() {
        var idle = IdleTasks()
        let half = IdleTasks.eventsMaximum / 2
        let numbers = (1...3).map(TaskNumber.init(rawValue:))
        #expect(idle.keep(numbers[0], events: half) == [])
        #expect(idle.keep(numbers[1], events: half) == [])
        #expect(idle.keep(numbers[2], events: 200) == [numbers[0]])
    }
}
