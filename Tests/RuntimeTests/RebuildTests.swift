import Core
import Engine
import Plans
import Store
import StoreSQLite
import Testing

@testable import Runtime

/// The rows of tasks follow from their events alone: told anew from the journal, they are the same.
@Suite(.timeLimit(.minutes(1)))
struct RebuildTests {
    private static let everything = """
        name: everything
        steps:
          each:
            for_each: ${{ [1, 2, 0, 4] }}
            concurrency: 2
            on_item_error: continue
            steps:
              divide: { set: { n: "${{ 8 / item }}" } }
              half: { needs: [divide], set: { m: "${{ steps.divide.output.n - 1 }}" } }
          route:
            branch:
              large: { when: 3 > 2, steps: { note: { set: { text: large } } } }
              small: { when: 3 < 2, steps: { note: { set: { text: small } } } }
          big: { command: [sh, -c, "yes payload | head -n 20000"] }
          ask: { needs: [each, route, big], approval: { title: "Go on?", by: [ann] } }
          paid: { needs: [each, route, big], wait: { signal: paid, key: k } }
          pause: { needs: [ask, paid], wait: 100d }
        """
    private static let fails = """
        name: fails
        steps:
          first: { set: { a: 1 } }
          second: { needs: [first], command: ["false"] }
          third: { needs: [second], set: { b: 2 } }
        """

    /// A directory with tasks in many states, and what of them waits.
    private func directory() async throws -> (directory: DataDirectory, waiting: TaskNumber) {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        let waiting = try await engine.submit(Self.everything)
        try await engine.wait(for: .decisionRequested, of: "ask", task: waiting)
        try await engine.wait(for: .stepWaiting, of: "paid", task: waiting)
        let failed = try await engine.submit(Self.fails)
        #expect(try await engine.waitForEnd(of: failed) == .failed)
        try await engine.retry(failed, by: "ann")
        try await engine.wait(for: .stepFailed, of: "second", task: failed, run: 2)
        try await engine.label(failed, name: "Called otherwise", tags: .set(["red"]), by: "ann")
        let cancelled = try await engine.submit(Self.everything)
        try await engine.wait(for: .decisionRequested, of: "ask", task: cancelled)
        try await engine.cancel(cancelled, by: "ann")
        #expect(try await engine.waitForEnd(of: cancelled) == .cancelled)
        await engine.stopAtOnce()
        return (directory, waiting)
    }

    private func projections(_ directory: DataDirectory) throws -> [TaskProjection] {
        let (_, store) = try SQLiteDatabase.open(path: directory.database)
        return try store.tasksInJournal(after: TaskNumber(rawValue: 0), limit: 99).map(store.projection)
    }

    @Test func `The rows told anew are those that were written`() async throws {
        let (directory, waiting) = try await directory()
        let before = try projections(directory)
        #expect(before.count == 3)
        #expect(before.first?.decisions.map(\.state) == ["open"])
        #expect(before.first?.signalWaits.map(\.name) == ["paid"])
        #expect(before.first?.blobs.isEmpty == false)
        #expect(before.first?.steps.contains { $0.path.rawValue == "each/3/half" } == true)
        #expect(try ProjectionRebuild.run(in: directory) == ProjectionRebuild.Result(tasks: 3))
        #expect(try projections(directory) == before)
        // They are enough to go on with.
        let engine = try await Directories.engine(directory)
        #expect(try await engine.signal("paid", key: "k", payload: ["amount": 1]).task == waiting)
        try await engine.wait(for: .stepCompleted, of: "paid", task: waiting)
        await engine.stopAtOnce()
        #expect(try ProjectionRebuild.run(in: directory) == ProjectionRebuild.Result(tasks: 3))
    }

    @Test func `What a retry takes up again is queued from then on, wherever it stands`() async throws {
        let directory = try Directories.make()
        let flag = "\(directory.path)/flag"
        let plan = """
            name: again
            steps:
              letter: { command: [sh, -c, "test -e \(flag) || { : > \(flag); exit 1; }; exec tail -f /dev/null"] }
              ok: { needs: [letter], approval: Fine? }
              each:
                for_each: [1]
                steps:
                  fails: { command: ["false"] }
                  later: { needs: [fails], set: { b: 2 } }
              write: { needs: [ok, each], set: { c: 3 } }
            """
        let engine = try await Directories.engine(directory)
        let task = try await engine.submit(plan)
        #expect(try await engine.waitForEnd(of: task) == .failed)
        func rows() async throws -> [String: String] {
            var states: [String: String] = [:]
            for row in try await engine.store.steps(of: task, limit: 99) { states[row.path.rawValue] = row.status }
            return states
        }
        let failed = try await rows()
        #expect(failed["ok"] == "cancelled" && failed["write"] == "cancelled")
        try await engine.retry(task, by: "ann")
        try await engine.wait(for: .stepStarted, of: "letter", task: task, run: 2)
        let retried = try await rows()
        #expect(retried["ok"] == "queued" && retried["write"] == "queued", "\(retried)")
        await engine.stopAtOnce()
        #expect(try ProjectionRebuild.run(in: directory).differing == 0)
    }

    @Test func `Rows that are lost or wrong are made good`() async throws {
        let (directory, waiting) = try await directory()
        let before = try projections(directory)
        do {
            let (_, store) = try SQLiteDatabase.open(path: directory.database)
            var wrong = before[0]
            wrong.task?.status = "completed"
            let rest = before[2]
            try store.replaceProjections { write in
                try write(wrong)
                try write(rest)
            }
        }
        let result = try ProjectionRebuild.run(in: directory)
        #expect(result.differing == 2 && result.tasks == 3)
        #expect(result.named == [waiting, before[1].task?.number].compactMap(\.self))
        #expect(try projections(directory) == before)
    }

    @Test func `A journal that cannot be read changes nothing`() async throws {
        let (directory, _) = try await directory()
        let before = try projections(directory)
        do {
            let (_, store) = try SQLiteDatabase.open(path: directory.database)
            var batch = WriteBatch()
            batch.events = [
                EventRow(
                    position: Position(rawValue: 1_000_000), task: TaskNumber(rawValue: 2), sequence: 1_000_000,
                    at: .now, kind: "from_the_future", step: nil, run: nil, payload: Array("{}".utf8))
            ]
            try store.commit(batch)
        }
        let error = #expect(throws: SignalboxError.self) { try ProjectionRebuild.run(in: directory) }
        #expect(error?.message.contains("task #2") == true)
        #expect(try projections(directory) == before)
    }

    @Test func `Nothing is rebuilt under a running engine`() async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        #expect(throws: SignalboxError.self) { try ProjectionRebuild.run(in: directory) }
        await engine.stopAtOnce()
        #expect(try ProjectionRebuild.run(in: directory) == ProjectionRebuild.Result())
    }
}
