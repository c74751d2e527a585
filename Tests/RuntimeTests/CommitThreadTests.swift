import Core
import Engine
import Plans
import Store
import Synchronization
import TestSupport
import Testing

@testable import Runtime

/// The journal with its two threads: one decides while the other stores what was decided before.
@Suite(.timeLimit(.minutes(1)))
struct CommitThreadTests {
    /// Says when the journal has looked at the clock, which it does for each batch, and holds the disk up.
    private final class Gate: Sendable {
        let condition = ThreadCondition()
        private let state = Mutex((isOpen: false, commits: 0, batches: 0))

        /// The disk: waits until it is let go.
        func pass() {
            condition.broadcast { state.withLock { $0.commits += 1 } }
            condition.wait { state.withLock { $0.isOpen ? () : nil } }
        }

        func open() { condition.broadcast { state.withLock { $0.isOpen = true } } }

        func noteBatch() { condition.broadcast { state.withLock { $0.batches += 1 } } }

        /// Returns when so many batches were looked at and the first of them is on its way to the disk.
        func waitFor(batches: Int) async throws {
            try await onOwnThread("gate") {
                self.condition.wait { self.state.withLock { $0.batches >= batches && $0.commits > 0 ? () : nil } }
            }
        }
    }

    private func journal(_ gate: Gate, in directory: TemporaryDirectory, refusing name: String?) throws -> Journal {
        let store = FaultyJournalStore()
        store.refuses = { batch in
            gate.pass()
            return batch.tasks.contains { $0.name == name }
        }
        return try Journal { lane in
            try JournalWriter(
                store: store, payloads: PayloadStore(BlobStore(directory: directory.path)), plans: PlanLibrary(),
                time: TimeSource {
                    gate.noteBatch()
                    return Timestamp(millisecondsSinceEpoch: 1_000)
                }, random: SeededGenerator(seed: 1), lane: lane, onCommit: { _ in })
        }
    }

    private func task(_ name: String) throws -> NewTask {
        let plan = try PlanReader.read(
            PlanSource(path: "plan.yaml", text: "name: p\nsteps: { a: { command: [x] } }"))
        return NewTask(
            plan: PlanRow(plan, savedAt: .now, isListed: false), executable: ExecutablePlan(plan), name: name,
            source: .plan, trigger: .api, inputs: [:], files: [], tags: [], model: nil, defaultModel: nil)
    }

    /// Sends two requests, the second while the first is held up on its way to the disk.
    private func send(_ first: NewTask, _ second: NewTask, to journal: Journal, _ gate: Gate) async throws -> [String] {
        async let one = outcome { try await journal.create(first) }
        try await gate.waitFor(batches: 1)
        async let two = outcome { try await journal.create(second) }
        try await gate.waitFor(batches: 2)
        gate.open()
        let outcomes = await [one, two]
        await journal.close()
        return outcomes
    }

    private func outcome(_ body: () async throws -> Runtime.Receipt) async -> String {
        do {
            return "task \(try await body().number)"
        } catch {
            return (error as? SignalboxError)?.code.rawValue ?? "\(error)"
        }
    }

    @Test func `The next batch is decided while one is being stored`() async throws {
        let (gate, directory) = (Gate(), try TemporaryDirectory())
        let journal = try journal(gate, in: directory, refusing: nil)
        #expect(try await send(task("one"), task("two"), to: journal, gate) == ["task #1", "task #2"])
    }

    @Test func `What was decided on a batch that is refused is decided again`() async throws {
        let (gate, directory) = (Gate(), try TemporaryDirectory())
        let journal = try journal(gate, in: directory, refusing: "bad")
        #expect(try await send(task("bad"), task("good"), to: journal, gate) == ["storage_error", "task #1"])
    }

    @Test func `A refusal is told although nothing comes after it`() async throws {
        let (gate, directory) = (Gate(), try TemporaryDirectory())
        let journal = try journal(gate, in: directory, refusing: "bad")
        gate.open()
        let bad = try task("bad")
        #expect(await outcome { try await journal.create(bad) } == "storage_error")
        await journal.close()
    }
}
