internal import Core
internal import Store
internal import Testing

extension StoreConformance {
    private func hash(_ byte: UInt8) -> ContentHash { ContentHash(of: [byte]) }

    private func unused(_ journal: any JournalStore, before time: Int64 = .max) throws -> [ContentHash] {
        try journal.unusedBlobs(before: Timestamp(millisecondsSinceEpoch: time), limit: 9)
    }

    func checkBlobReferences(_ journal: any JournalStore) throws {
        let (one, two) = (TaskNumber(rawValue: 1), TaskNumber(rawValue: 2))
        var batch = WriteBatch()
        batch.blobReferences = [(hash(1), one), (hash(2), one), (hash(2), two), (hash(1), one)]
        try journal.commit(batch)
        #expect(try journal.blobsOnlyOf(one) == [hash(1)])
        #expect(try journal.blobsOnlyOf(two).isEmpty)
        #expect(try unused(journal).isEmpty)
        // The last task that needs a blob decides, also when all of them go in one batch.
        batch = WriteBatch()
        batch.deletions = [try SampleRows.tombstone(1, deletedAt: 70), try SampleRows.tombstone(2, deletedAt: 71)]
        try journal.commit(batch)
        #expect(try unused(journal) == [hash(1), hash(2)])
        #expect(try unused(journal, before: 71) == [hash(1)])
        #expect(try unused(journal, before: 70).isEmpty)
        #expect(try journal.unusedBlobs(before: .now, limit: 1) == [hash(1)])
        // Needed again; and removed.
        batch = WriteBatch()
        batch.blobReferences = [(hash(1), TaskNumber(rawValue: 3))]
        try journal.commit(batch)
        #expect(try unused(journal) == [hash(2)])
        batch = WriteBatch()
        batch.removedBlobs = [hash(2), hash(9)]
        try journal.commit(batch)
        #expect(try unused(journal).isEmpty)
        #expect(try journal.blobsOnlyOf(TaskNumber(rawValue: 3)) == [hash(1)])
    }

    func checkDeletion(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        let (one, two) = (TaskNumber(rawValue: 1), TaskNumber(rawValue: 2))
        let batch = try SampleRows.twoTasks()
        try journal.commit(batch)
        let kept = try journal.projection(of: two)
        #expect(try await reader.newestDeletedPosition() == .zero)
        var deletion = WriteBatch()
        deletion.deletions = [try SampleRows.tombstone(1)]
        try journal.commit(deletion)
        #expect(try await reader.tombstone(one) == deletion.deletions[0])
        #expect(try await reader.tombstone(two) == nil)
        #expect(try await reader.newestDeletedPosition() == batch.events.last { $0.task == one }?.position)
        #expect(try await reader.task(one) == nil)
        #expect(try await reader.task(batch.tasks[0].id) == nil)
        #expect(try journal.projection(of: one) == TaskProjection(task: nil))
        #expect(try journal.events(of: one).isEmpty)
        #expect(try journal.requestKey("key 1")?.task == one)
        #expect(try await reader.events(after: .zero, of: nil, limit: 9).map(\.task) == [two, two])
        #expect(try await reader.tasks(TaskQuery()).total == 1)
        #expect(try await reader.decisions(DecisionQuery()).decisions.map(\.task) == [two])
        #expect(try journal.signalWaits(name: "n", key: "k").map(\.task) == [two])
        #expect(try unused(journal) == [hash(1)])
        // Of the other nothing has gone.
        #expect(try journal.projection(of: two) == kept)
        #expect(try journal.events(of: two) == batch.events.filter { $0.task == two })
        #expect(try journal.requestKey("key 2")?.task == two)
    }

    func checkNumbersAfterDeletion(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        try journal.commit(try SampleRows.twoTasks())
        var newest = try journal.newestPosition()
        var deletion = WriteBatch()
        deletion.deletions = [try SampleRows.tombstone(1), try SampleRows.tombstone(2)]
        try journal.commit(deletion)
        #expect(try journal.newestPosition() == newest)
        // A deletion that is told takes a position, though no event stays there.
        var third = WriteBatch()
        third.tasks = [try SampleRows.plainTask(3, ended: 60)]
        try journal.commit(third)
        try journal.commit(Self.told(3, at: newest.rawValue + 1))
        newest = Position(rawValue: newest.rawValue + 1)
        #expect(try journal.newestPosition() == newest)
        #expect(try await reader.newestDeletedPosition() == newest)
        #expect(try await reader.events(after: .zero, of: nil, limit: 9).isEmpty)
        #expect(try await reader.newestPosition() == newest)
        #expect(try await reader.tasks(TaskQuery()) == TaskListing(tasks: [], total: 0, position: newest))
        #expect(try journal.newestTaskNumber() == 3)
        var next = WriteBatch()
        next.events = [SampleRows.event(newest.rawValue + 1, task: 4, sequence: 1)]
        try journal.commit(next)
        #expect(try await reader.newestPosition() == next.events[0].position)
    }

    private static func told(_ number: Int64, at position: Int64) throws -> WriteBatch {
        var batch = WriteBatch()
        batch.deletions = [try SampleRows.tombstone(number)]
        batch.deletionNews = [SampleRows.event(position, task: number, sequence: 0)]
        return batch
    }

    func checkRefusedDeletions(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        try journal.commit(try SampleRows.twoTasks())
        var deletion = WriteBatch()
        deletion.deletions = [try SampleRows.tombstone(1)]
        try journal.commit(deletion)
        // A task is deleted once; whatever else the batch says does not happen then.
        deletion.deletions = [try SampleRows.tombstone(2), try SampleRows.tombstone(1)]
        #expect(throws: SignalboxError.self) { try journal.commit(deletion) }
        #expect(try await reader.tombstone(TaskNumber(rawValue: 2)) == nil)
        #expect(try journal.events(of: TaskNumber(rawValue: 2)).count == 2)
        #expect(try unused(journal) == [hash(1)])
    }

    func checkProjections(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        let (one, two) = (TaskNumber(rawValue: 1), TaskNumber(rawValue: 2))
        let batch = try SampleRows.twoTasks()
        try journal.commit(batch)
        let before = try journal.projection(of: one)
        #expect(before.task == batch.tasks[0])
        #expect(before.steps == [batch.steps[0], batch.steps[1]])
        #expect(before.decisions == [batch.decisions[0]])
        #expect(before.signalWaits == [batch.signalWaits[0]])
        #expect(before.blobs == [hash(1)])
        // Task 2 has no rows afterwards, task 1 others than before; events and keys stay, and can be read meanwhile.
        let after = TaskProjection(
            task: try SampleRows.task(1), steps: [SampleRows.step("z", ordinal: 4)], blobs: [hash(7), hash(6)])
        try journal.replaceProjections { write in
            #expect(try journal.events(of: two).count == 2)
            try write(after)
        }
        #expect(try journal.projection(of: one) == after)
        #expect(try journal.projection(of: two) == TaskProjection(task: nil))
        #expect(try await reader.tasks(TaskQuery()).tasks == [try SampleRows.task(1)])
        #expect(try await reader.decisions(DecisionQuery()).total == 0)
        #expect(try journal.events(of: two).count == 2)
        #expect(try journal.requestKey("key 2") != nil)
    }

    func checkRefusedProjections(_ journal: any JournalStore, _ reader: any ReadStore) async throws {
        struct Refusal: Error {}
        let one = TaskNumber(rawValue: 1)
        try journal.commit(try SampleRows.twoTasks())
        let before = try journal.projection(of: one)
        #expect(throws: Refusal.self) {
            try journal.replaceProjections { write in
                try write(TaskProjection(task: try SampleRows.emptyTask(1)))
                throw Refusal()
            }
        }
        #expect(try journal.projection(of: one) == before)
        #expect(try await reader.task(one) == before.task)
        // And the store goes on.
        try journal.replaceProjections { write in try write(TaskProjection(task: try SampleRows.emptyTask(1))) }
        #expect(try await reader.task(one) == (try SampleRows.emptyTask(1)))
    }

    func checkTasksInJournal(_ journal: any JournalStore) throws {
        var batch = WriteBatch()
        for (place, task) in [3, 1, 3, 9, 1, 4].enumerated() {
            batch.events.append(SampleRows.event(Int64(place + 1), task: Int64(task)))
        }
        try journal.commit(batch)
        for (after, limit, expected) in [(0, 9, [1, 3, 4, 9]), (0, 2, [1, 3]), (3, 2, [4, 9]), (9, 2, [])]
            as [(Int64, Int, [Int64])]
        {
            let tasks = try journal.tasksInJournal(after: TaskNumber(rawValue: after), limit: limit)
            #expect(tasks.map(\.rawValue) == expected)
        }
    }
}
