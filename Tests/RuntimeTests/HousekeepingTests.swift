import Core
import Engine
import Processes
import Store
import StoreSQLite
import Synchronization
import Testing

@testable import Runtime

/// What has been kept long enough goes, and nothing else.
@Suite(.timeLimit(.minutes(1)))
struct HousekeepingTests {
    private static let day: Int64 = 86_400_000

    /// The machine's clock, some days ahead.
    private final class Clock: Sendable {
        let days = Mutex<Int64>(0)
        var source: TimeSource {
            TimeSource { Timestamp(millisecondsSinceEpoch: Timestamp.now.millisecondsSinceEpoch + self.ahead) }
        }
        private var ahead: Int64 { days.withLock { $0 * HousekeepingTests.day } }
    }

    private let clock = Clock()

    private func engine(_ directory: DataDirectory) async throws -> Runtime {
        try await Runtime.start(
            RuntimeConfiguration(
                directory: directory, sandbox: .none, retention: RetentionPolicy(days: 3, daysByPlan: ["kept": nil]),
                time: clock.source, log: .silent))
    }

    private func housekeeping(_ engine: Runtime) -> Housekeeping {
        Housekeeping(
            policy: engine.configuration.retention, deletion: engine.deletion, time: clock.source, log: .silent)
    }

    private func plan(_ name: String) -> String {
        "name: \(name)\nsteps: { big: { command: [sh, -c, \"yes \(name) | head -n 30000\"] } }\n"
    }

    @Test func `Old tasks go, and an hour later their files`() async throws {
        let directory = try Directories.make()
        let engine = try await engine(directory)
        var tasks: [TaskNumber] = []
        for name in ["old", "kept", "old"] { tasks.append(try await engine.submit(plan(name))) }
        for task in tasks { #expect(try await engine.waitForEnd(of: task) == .completed) }
        let waiting = try await engine.submit("name: old\nsteps: { ask: { approval: { title: Well? } } }\n")
        try await engine.wait(for: .decisionRequested, of: "ask", task: waiting)
        let housekeeping = housekeeping(engine)
        #expect(try await housekeeping.deleteExpired() == 0)
        let blobs = try self.blobs(directory)
        #expect(blobs >= 2)
        clock.days.withLock { $0 = 4 }
        #expect(try await housekeeping.deleteExpired() == 2)
        #expect(try await engine.store.task(tasks[0]) == nil)
        #expect(try await engine.store.tombstone(tasks[0])?.deletedBy == "retention")
        #expect(try await engine.store.task(tasks[1]) != nil)
        #expect(try await engine.store.task(waiting) != nil)
        // Not before an hour has gone by.
        #expect(try await housekeeping.sweep() == 0)
        #expect(try self.blobs(directory) == blobs)
        clock.days.withLock { $0 = 5 }
        let removed = try await housekeeping.sweep()
        #expect(removed >= 1)
        #expect(try self.blobs(directory) == blobs - removed)
        #expect(try await housekeeping.sweep() == 0)
        // The payload of the other is there still.
        let kept = try #require(try await engine.store.task(tasks[1]))
        #expect(try await engine.output(of: StepPath(rawValue: "big"), of: kept)?.stringValue?.count == 149_999)
        // Numbers are not given again.
        #expect(try await engine.submit(plan("old")) > waiting)
        await engine.stopAtOnce()
    }

    @Test func `An engine looks after it by itself`() async throws {
        let directory = try Directories.make()
        let first = try await engine(directory)
        let task = try await first.submit("name: old\nsteps: { a: { set: { b: 1 } } }\n")
        #expect(try await first.waitForEnd(of: task) == .completed)
        await first.stopAtOnce()
        clock.days.withLock { $0 = 4 }
        let second = try await engine(directory)
        while try await second.store.tombstone(task) == nil { await Task.yield() }
        #expect(try await second.store.task(task) == nil)
        await second.stopAtOnce()
    }

    /// How many blobs there are.
    private func blobs(_ directory: DataDirectory) throws -> Int {
        try FileSystem.names(in: directory.blobs).filter { $0.utf8.count == 2 }.reduce(0) {
            try $0 + FileSystem.names(in: directory.blobs + "/" + $1).count
        }
    }
}
