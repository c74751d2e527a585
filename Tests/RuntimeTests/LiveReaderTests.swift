import Core
import Store
import Synchronization
import TestSupport
import Testing

@testable import Runtime

/// What a reader is told when not all can be told, and that nothing is left out otherwise.
@Suite(.timeLimit(.minutes(1)))
struct LiveReaderTests {
    private static let one = TaskNumber(rawValue: 1)

    private static func reader(
        _ feed: LiveFeed, after position: Int64, _ filter: LiveFilter = LiveFilter()
    ) -> LiveReader {
        LiveReader(
            feed, DeltaFeed(feed.watchers), filter, after: Position(rawValue: position), countAtOnce: 32)
    }

    /// A feed over a store with two tasks, as after a start.
    private static func storedFeed(deleting deleted: [Int] = []) throws -> (LiveFeed, MemoryStore) {
        let store = MemoryStore()
        try store.commit(try SampleRows.twoTasks())
        for number in deleted {
            var deletion = WriteBatch()
            deletion.deletions = [try SampleRows.tombstone(Int64(number))]
            try store.commit(deletion)
        }
        return (LiveFeed(newest: store.newestPosition(), store: store), store)
    }

    @Test func `A position that the journal has never reached starts from the beginning`() async throws {
        let (feed, store) = try Self.storedFeed()
        let future = store.newestPosition().rawValue + 1
        var reader = Self.reader(feed, after: future)
        guard case .resync(let resync) = try await reader.next() else {
            Issue.record("It is told first.")
            return
        }
        #expect(
            resync
                == LiveResync(reason: .unknownPosition, after: Position(rawValue: future), position: .zero))
        guard case .events(let events) = try await reader.next() else {
            Issue.record("Events follow.")
            return
        }
        let first = store.events(after: .zero, of: nil, limit: 100)
        #expect(events.first == first.first)
    }

    @Test func `The newest position is none of the future`() async throws {
        let (feed, store) = try Self.storedFeed()
        let newest = store.newestPosition().rawValue
        var reader = Self.reader(feed, after: newest)
        feed.publish([SampleEvent.row(position: newest + 1, task: Self.one)])
        guard case .events(let events) = try await reader.next() else {
            Issue.record("There is no gap.")
            return
        }
        #expect(events.map(\.position.rawValue) == [newest + 1])
    }

    @Test func `Whoever has missed deleted events is told so, once`() async throws {
        let (feed, store) = try Self.storedFeed(deleting: [1])
        let deleted = store.newestDeletedPosition().rawValue
        var reader = Self.reader(feed, after: deleted - 1)
        guard case .resync(let resync) = try await reader.next() else {
            Issue.record("It is told first.")
            return
        }
        #expect(resync.reason == .deleted)
        #expect(resync.position.rawValue == deleted - 1)
        feed.publish([SampleEvent.row(position: store.newestPosition().rawValue + 1, task: Self.one)])
        var positions: [Int64] = []
        while positions.last != store.newestPosition().rawValue + 1 {
            guard case .events(let events) = try await reader.next() else {
                Issue.record("It is told once.")
                return
            }
            positions += events.map(\.position.rawValue)
        }
        #expect(positions == positions.sorted())
    }

    @Test(arguments: [true, false])
    func `Whoever has seen them, or begins at the beginning, is not`(isBeginning: Bool) async throws {
        let (feed, store) = try Self.storedFeed(deleting: [1])
        var reader = Self.reader(feed, after: isBeginning ? 0 : store.newestDeletedPosition().rawValue)
        feed.publish([SampleEvent.row(position: store.newestPosition().rawValue + 1, task: Self.one)])
        while reader.position <= store.newestPosition() {
            guard case .events = try await reader.next() else {
                Issue.record("There is no gap.")
                return
            }
        }
    }

    @Test func `Only events of the kinds that are asked for are told`() async throws {
        let (feed, store) = try Self.storedFeed()
        let newest = store.newestPosition().rawValue
        var reader = Self.reader(feed, after: 0, LiveFilter(kinds: ["task_failed"]))
        feed.publish([
            SampleEvent.row(position: newest + 1, task: Self.one),
            SampleEvent.row(position: newest + 2, task: Self.one, kind: "task_failed"),
        ])
        guard case .events(let events) = try await reader.next() else {
            Issue.record("There is one.")
            return
        }
        #expect(events.map(\.position.rawValue) == [newest + 2])
    }

    @Test func `The end of a task is told when all before it was, and told again after another`() async throws {
        let (feed, store) = try Self.storedFeed()
        var row = try #require(store.task(Self.one))
        row.status = "failed"
        row.position = try #require(store.events(after: .zero, of: Self.one, limit: 9).last).position
        var over = WriteBatch()
        over.tasks = [row]
        try store.commit(over)
        var reader = Self.reader(feed, after: 0, LiveFilter(task: Self.one))
        guard case .events = try await reader.next() else {
            Issue.record("Events come first.")
            return
        }
        #expect(try await reader.nextEnd() == LiveEnd(status: "failed", position: row.position))
        // Whoever connects behind the end is told at once.
        var late = Self.reader(feed, after: row.position.rawValue, LiveFilter(task: Self.one))
        #expect(try await late.nextEnd()?.position == row.position)

        // Taken up again, it is over only with the newest event of its row.
        let newest = store.newestPosition().rawValue
        var again = row
        again.position = Position(rawValue: newest + 2)
        var batch = WriteBatch()
        batch.tasks = [again]
        try store.commit(batch)
        for (step, kind) in ["task_failed", "task_completed"].enumerated() {
            feed.publish([
                SampleEvent.row(position: newest + Int64(step) + 1, task: Self.one, kind: kind)
            ])
            guard case .events = try await reader.next() else {
                Issue.record("Events come first.")
                return
            }
        }
        #expect(try await reader.nextEnd()?.position == again.position)

        // With another name it is over still.
        again.position = Position(rawValue: newest + 3)
        batch.tasks = [again]
        try store.commit(batch)
        feed.publish([SampleEvent.row(position: newest + 3, task: Self.one, kind: "task_renamed")])
        guard case .events = try await reader.next() else {
            Issue.record("Events come first.")
            return
        }
        #expect(try await reader.nextEnd()?.position == again.position)
    }

    /// More watchers than are woken at once; readers come and go while events are published.
    @Test func `Those who watch the same get what is at hand together`() async throws {
        let (feed, store) = try Self.storedFeed()
        let newest = store.newestPosition().rawValue
        var readers = (0..<2).map { _ in Self.reader(feed, after: newest) }
        for place in readers.indices {
            // Whether the journal is the one that the position is from must be looked up first.
            guard case .elsewhere = readers[place].glance() else {
                Issue.record("It is not at hand.")
                return
            }
            #expect(try await readers[place].lookUp() == nil)
            guard case .nothing = readers[place].glance() else {
                Issue.record("There is nothing.")
                return
            }
        }
        feed.publish([SampleEvent.row(position: newest + 1, task: Self.one)])
        var batches: [EventBatch] = []
        for place in readers.indices {
            guard case .news(.events(let batch)) = readers[place].glance() else { continue }
            batches.append(batch)
        }
        #expect(batches.map { $0.map(\.position.rawValue) } == [[newest + 1], [newest + 1]])
        #expect(batches.first === batches.last)
        let made = batches.map { batch in batch.rendered { _ in [UInt8(batches.firstIndex { $0 === batch } ?? 9)] } }
        #expect(made == [[0], [0]])
    }

    @Test func `Who is called instead of waiting is called once`() async throws {
        let (feed, store) = try Self.storedFeed()
        let newest = store.newestPosition().rawValue
        var reader = Self.reader(feed, after: newest)
        _ = try await reader.lookUp()
        let calls = Atomic<Int>(0)
        let call: @Sendable () -> Void = { calls.add(1, ordering: .sequentiallyConsistent) }
        #expect(reader.onNews(call))
        for step in 1...2 { feed.publish([SampleEvent.row(position: newest + Int64(step), task: Self.one)]) }
        #expect(calls.load(ordering: .sequentiallyConsistent) == 1)
        #expect(!reader.onNews(call), "The second was told while it was awake.")
        guard case .news(.events(let events)) = reader.glance() else {
            Issue.record("There is news.")
            return
        }
        #expect(events.count == 2)
        #expect(reader.onNews(call))
        feed.publish([SampleEvent.row(position: newest + 3, task: Self.one)])
        #expect(calls.load(ordering: .sequentiallyConsistent) == 2)
    }

    @Test func `A thousand readers miss nothing`() async throws {
        let feed = LiveFeed(newest: .zero, store: MemoryStore())
        try await withThrowingTaskGroup(of: [Int64].self) { group in
            for _ in 0..<1_000 {
                group.addTask {
                    var seen: [Int64] = []
                    while seen.count < 200 {
                        // Comes back with a new reader after some events.
                        var reader = Self.reader(feed, after: seen.last ?? 0)
                        let goal = min(200, seen.count + 37)
                        while seen.count < goal {
                            guard case .events(let events) = try await reader.next() else { continue }
                            seen += events.map(\.position.rawValue)
                        }
                    }
                    return seen
                }
            }
            group.addTask {
                for position in Int64(1)...200 {
                    feed.publish([SampleEvent.row(position: position, task: Self.one)])
                    await Task.yield()
                }
                return Array(1...200)
            }
            for try await seen in group { #expect(seen == Array(1...200)) }
        }
    }
}

extension LiveReader {
    /// What comes next, when it is an end.
    fileprivate mutating func nextEnd() async throws -> LiveEnd? {
        if case .ended(let end) = try await next() { end } else { nil }
    }
}
