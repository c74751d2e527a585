import Core
import HTTPServer
import Store
import Synchronization
import TestSupport
import Testing

@testable import API
@testable import Runtime

/// Which answers are kept, for how long, and in how much memory.
@Suite(.timeLimit(.minutes(1)))
struct KeptAnswersTests {
    private let changes = TaskChanges()

    private func commit(_ task: Int64) {
        var rows = WriteBatch()
        rows.events = [SampleRows.event(1, task: task)]
        changes.note(rows)
    }

    /// Answers with texts that tell how often one was made.
    private final class Kitchen: Sendable {
        let answers: KeptAnswers
        private let count = Mutex(0)

        init(_ answers: KeptAnswers) { self.answers = answers }

        func ask(
            _ target: String, about scope: TaskChanges.Scope? = .task(TaskNumber(rawValue: 1)), bytes: Int = 10,
            meanwhile: () -> Void = {}
        ) async throws -> Int {
            let response = try await answers.answer(to: try Request(.get, target)) {
                meanwhile()
                let number = count.withLock { count in
                    count += 1
                    return count
                }
                var response = Response.json(bytes: [UInt8](repeating: 0x20, count: bytes))
                response.headers["ETag"] = "\"\(number)\""
                return KeptAnswers.Made(response: response, scope: scope)
            }
            let tag = try #require(response.headers["ETag"])
            return try #require(Int(tag.filter(\.isNumber)))
        }
    }

    @Test func `An answer is given until something of it changes`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        #expect(try await kitchen.ask("/a") == 1)
        #expect(try await kitchen.ask("/a") == 1)
        commit(2)
        #expect(try await kitchen.ask("/a") == 1)
        commit(1)
        #expect(try await kitchen.ask("/a") == 2)
        #expect(try await kitchen.ask("/a") == 2)
    }

    @Test func `One that tells of all tasks is given until the next commit`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        #expect(try await kitchen.ask("/a", about: .all) == 1)
        #expect(try await kitchen.ask("/a", about: .all) == 1)
        commit(2)
        #expect(try await kitchen.ask("/a", about: .all) == 2)
    }

    @Test func `Each address has its own, the query with it`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        #expect(try await kitchen.ask("/a") == 1)
        #expect(try await kitchen.ask("/a?page=2") == 2)
        #expect(try await kitchen.ask("/a") == 1)
    }

    @Test func `One that changes with time is made again each time`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        #expect(try await kitchen.ask("/a", about: nil) == 1)
        #expect(try await kitchen.ask("/a", about: nil) == 2)
        #expect(kitchen.answers.byteCount == 0)
    }

    @Test func `What changed while it was made may be missing in it`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        #expect(try await kitchen.ask("/a") { commit(1) } == 1)
        #expect(try await kitchen.ask("/a") { commit(2) } == 2)
        #expect(try await kitchen.ask("/a") == 2)
        // An answer that was begun before a change, and is done after another was, is in nobody's way.
        let late = try await kitchen.ask("/b", about: .all) {
            commit(3)
        }
        #expect(try await kitchen.ask("/b", about: .all) == late + 1)
    }

    /// Asks for the same while it is being made; each of them has found out what to do when this returns.
    private func ask(_ kitchen: Kitchen, times: Int) -> [Task<Int, any Error>] {
        (0..<times).map { _ in Task.immediate { try await kitchen.ask("/a") } }
    }

    @Test(arguments: [TaskChanges.Scope.all, nil])
    func `Those who ask while it is made get the same`(scope: TaskChanges.Scope?) async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        var others: [Task<Int, any Error>] = []
        #expect(try await kitchen.ask("/a", about: scope) { others = ask(kitchen, times: 5) } == 1)
        #expect(others.count == 5)
        for other in others { #expect(try await other.value == 1) }
    }

    @Test func `After a change nobody waits for what was begun before it`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        var others: [Task<Int, any Error>] = []
        let first = try await kitchen.ask("/a") {
            commit(2)
            others = ask(kitchen, times: 2)
        }
        // The others made one of their own meanwhile, which both got and which is kept.
        #expect(first == 2)
        for other in others { #expect(try await other.value == 1) }
    }

    @Test func `When it cannot be made those who waited make their own`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        var others: [Task<Int, any Error>] = []
        await #expect(throws: CancellationError.self) {
            _ = try await kitchen.answers.answer(to: try Request(.get, "/a")) {
                others = ask(kitchen, times: 3)
                throw CancellationError()
            }
        }
        var numbers: [Int] = []
        for other in others { numbers.append(try await other.value) }
        #expect(numbers.sorted() == [1, 2, 3])
    }

    @Test func `A refusal is not kept`() async throws {
        let answers = KeptAnswers(changes)
        let request = try Request(.get, "/a")
        await #expect(throws: SignalboxError.self) {
            _ = try await answers.answer(to: request) { throw SignalboxError(.notFound, "There is none.") }
        }
        let response = try await answers.answer(to: request) {
            KeptAnswers.Made(response: .text("there"), scope: .all)
        }
        #expect(try await response.body.collect() == Array("there".utf8))
    }

    @Test func `Together they stay within their bound, and what is asked for stays`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes, bytesMaximum: 100_000))
        #expect(try await kitchen.ask("/often", bytes: 1_000) == 1)
        for number in 0..<1_000 {
            _ = try await kitchen.ask("/\(number)", bytes: 1_000)
            #expect(kitchen.answers.byteCount <= 100_000)
            if number % 10 == 0 { #expect(try await kitchen.ask("/often", bytes: 1_000) == 1) }
        }
        #expect(kitchen.answers.byteCount > 50_000)
        let before = try await kitchen.ask("/new")
        #expect(try await kitchen.ask("/0", bytes: 1_000) == before + 1, "the oldest have gone")
    }

    @Test func `One that is made again takes the place of the one before`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes))
        _ = try await kitchen.ask("/a", bytes: 5_000)
        let once = kitchen.answers.byteCount
        for _ in 0..<100 {
            commit(1)
            _ = try await kitchen.ask("/a", bytes: 5_000)
        }
        #expect(kitchen.answers.byteCount == once)
    }

    @Test func `A large one is made again each time`() async throws {
        let kitchen = Kitchen(KeptAnswers(changes, answerBytesMaximum: 1_000))
        #expect(try await kitchen.ask("/a", bytes: 1_001) == 1)
        #expect(try await kitchen.ask("/a", bytes: 1_001) == 2)
        #expect(try await kitchen.ask("/b", bytes: 1_000) == 3)
        #expect(try await kitchen.ask("/b", bytes: 1_000) == 3)
    }
}
