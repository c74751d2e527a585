import Core
import Engine
import Plans
import Store
import Synchronization
import TestSupport
import Testing

@testable import Runtime

/// What becomes of a batch: all of it is durable before anybody is told, and one request cannot spoil the others.
@Suite(.timeLimit(.minutes(1)))
struct JournalBatchTests {
    private let directory: TemporaryDirectory
    private let store = FaultyJournalStore()

    init() throws { directory = try TemporaryDirectory() }

    private func writer(onCommit: @escaping (JournalWriter.Commit) -> Void = { _ in }) throws -> JournalWriter {
        try JournalWriter(
            store: store, payloads: PayloadStore(BlobStore(directory: directory.path)), plans: PlanLibrary(),
            time: .system, random: SeededGenerator(seed: 1), onCommit: onCommit)
    }

    private func creation(name: String = "t", key: String? = nil) throws -> JournalRequest.Body {
        let source = PlanSource(path: "plan.yaml", text: "name: p\nsteps: { a: { command: [x] } }")
        let plan = try PlanReader.read(source)
        return .create(
            NewTask(
                plan: PlanRow(plan, savedAt: .now, isListed: false), executable: ExecutablePlan(plan), name: name,
                source: .plan, trigger: .api, inputs: [:], files: [], tags: [], model: nil, defaultModel: nil,
                requestKey: key.map { ($0, ContentHash(of: [1])) }))
    }

    /// Commits the requests as one batch. The outcomes, in the order in which they were told.
    @discardableResult
    private func commit(_ writer: JournalWriter, _ bodies: JournalRequest.Body...) -> [String] {
        let told = Mutex<[String]>([])
        writer.commit(
            bodies.enumerated().map { place, body in
                JournalRequest(body: body) { result in
                    let outcome =
                        switch result {
                        case .success: "done"
                        case .failure(let error): (error as? SignalboxError)?.code.rawValue ?? "\(error)"
                        }
                    told.withLock { $0.append("\(place) \(outcome)") }
                }
            })
        return told.withLock(\.self)
    }

    private let one = TaskNumber(rawValue: 1)

    @Test func aRequestThatCannotBeStoredFailsAlone() throws {
        let writer = try writer()
        store.refuses = { $0.tasks.contains { $0.name == "bad" } }
        let told = commit(writer, try creation(), try creation(name: "bad"), try creation())
        #expect(told == ["0 done", "1 storage_error", "2 done"])
        #expect(store.committedTasks.map(\.number.rawValue) == [1, 2])
        #expect(store.committedEvents.map(\.position.rawValue) == [1, 2], "no position is lost, none is used twice")
    }

    @Test func aRefusalIsToldOnlyWhenItsReasonIsDurable() throws {
        let writer = try writer()
        commit(writer, try creation())
        store.refuses = { _ in true }
        // The second is refused because of the first, which does not come to be.
        #expect(
            commit(writer, .command(Cancel(), one), .command(Cancel(), one)) == ["0 storage_error", "1 storage_error"])
        store.refuses = { _ in false }
        #expect(commit(writer, .command(Cancel(), one), .command(Cancel(), one)) == ["0 done", "1 conflict"])
    }

    @Test func aFailedCommitLeavesNoTraceInTheMachine() throws {
        var actions: [String] = []
        let writer = try writer { commit in actions += commit.actions.map { "\($0.action)" } }
        commit(writer, try creation())
        let dispatched = actions
        store.refuses = { _ in true }
        let start = JournalRequest.Body.command(StartStep(StepPath(rawValue: "a")), one)
        #expect(commit(writer, start) == ["0 storage_error"])
        #expect(actions == dispatched, "nothing is started that is not in the journal")
        store.refuses = { _ in false }
        #expect(commit(writer, start) == ["0 done"])
        #expect(store.committedEvents.map(\.kind) == ["task_created", "step_started"])
        #expect(store.committedEvents.map(\.sequence) == [1, 2])
    }

    @Test func aTaskThatHasEndedIsNotKeptAtHand() throws {
        let writer = try writer()
        commit(writer, try creation(key: "k"), .command(Cancel(), one))
        for count in 1...3 {
            #expect(commit(writer, try creation(key: "k")) == ["0 done"])
            #expect(commit(writer, .command(Cancel(), one)) == ["0 conflict"])
            #expect(store.folds == count * 2, "its machine is folded each time")
        }
    }

    @Test func theSameKeyTwiceInOneBatchMakesOneTask() throws {
        let writer = try writer()
        #expect(commit(writer, try creation(key: "k"), try creation(key: "k")) == ["0 done", "1 done"])
        #expect(store.committedTasks.count == 1)
    }

    @Test func aTaskThatIsDeletedInABatchIsGoneForTheRestOfIt() throws {
        let writer = try writer()
        commit(writer, try creation(key: "k"), .command(Cancel(), one))
        #expect(
            commit(
                writer, .delete(one, by: "ada"), .command(Recover(), one), try creation(key: "k"),
                .delete(one, by: "ada"))
                == ["0 done", "1 not_found", "2 gone", "3 gone"])
        #expect(commit(writer, .command(Recover(), one)) == ["0 not_found"])
    }

    @Test func aTaskThatHasChangedSinceWasReadWhatItUsedIsNotDeleted() throws {
        let writer = try writer()
        commit(writer, try creation(), .command(Cancel(), one))
        func usage() throws -> TaskUsage {
            TaskUsage(position: try #require(try store.task(one)).position, rows: [])
        }
        let old = try usage()
        let label = LabelTask(name: "another name", tags: nil, by: "ada")
        #expect(
            commit(writer, .command(label, one), .delete(one, by: "ada", knowing: old))
                == ["0 done", "1 OutdatedUsage()"])
        #expect(commit(writer, .delete(one, by: "ada", knowing: old)) == ["0 OutdatedUsage()"])
        #expect(commit(writer, .delete(one, by: "ada", knowing: try usage())) == ["0 done"])
        #expect(try store.task(one) == nil)
    }
}
