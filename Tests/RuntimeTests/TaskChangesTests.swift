import Core
import Store
import TestSupport
import Testing

@testable import Runtime

/// Whether what was read of tasks still stands.
@Suite(.timeLimit(.minutes(1)))
struct TaskChangesTests {
    private let changes = TaskChanges()

    private func scope(_ number: Int64) -> TaskChanges.Scope { .task(TaskNumber(rawValue: number)) }

    /// Which of the tasks 1 to 9 count as changed by a commit.
    private func changed(by rows: WriteBatch) -> [Int64] {
        let moment = changes.now
        changes.note(rows)
        #expect(!changes.isUnchanged(.all, since: moment))
        #expect(changes.isUnchanged(.all, since: changes.now))
        return (1...9).filter { !changes.isUnchanged(scope($0), since: moment) }
    }

    @Test func `A task changes with its events, rows, steps and requests`() throws {
        var rows = WriteBatch()
        rows.events = [SampleRows.event(1, task: 3)]
        rows.tasks = [try SampleRows.plainTask(4)]
        rows.steps = [SampleRows.step("a", task: 5)]
        #expect(changed(by: rows) == [3, 4, 5])
        rows = WriteBatch()
        rows.events = [SampleRows.event(2, task: 1)]
        rows.decisions = [SampleRows.decision(1, task: 6)]
        #expect(changed(by: rows) == [1, 6])
    }

    @Test func `With it change the task that made it and the one that it repeats`() throws {
        var rows = WriteBatch()
        var task = try SampleRows.plainTask(7)
        task.parent = TaskNumber(rawValue: 2)
        task.rerunOf = TaskNumber(rawValue: 8)
        rows.events = [SampleRows.event(1, task: 7)]
        rows.tasks = [task]
        #expect(changed(by: rows) == [2, 7, 8])
    }

    @Test func `With a deletion all count as changed`() throws {
        var rows = WriteBatch()
        rows.deletions = [try SampleRows.tombstone(7)]
        #expect(changed(by: rows) == Array(1...9))
    }

    @Test func `What changes no task leaves each of them as it was`() {
        var rows = WriteBatch()
        rows.viewsDeleted = ["mine"]
        #expect(changed(by: rows) == [])
    }

    @Test func `What is read afterwards is not changed by what was before`() {
        var rows = WriteBatch()
        rows.events = [SampleRows.event(1, task: 3)]
        changes.note(rows)
        #expect(changes.isUnchanged(scope(3), since: changes.now))
    }

    @Test func `A commit of nothing is none`() {
        let moment = changes.now
        changes.note(WriteBatch())
        #expect(changes.isUnchanged(.all, since: moment))
    }
}
