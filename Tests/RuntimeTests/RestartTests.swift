import Core
import Engine
import Glibc
import Plans
import Processes
import Runtime
import Store
import Testing

/// Engines in directories of their own, and copies of these as a crash would leave them.
enum Directories {
    static func make() throws -> DataDirectory {
        let random = String(UInt64.random(in: 0 ... .max), radix: 36)
        let path = "/tmp/signalbox-runtime-tests-\(getpid())-\(random)"
        try FileSystem.createDirectory(path)
        return DataDirectory(path: path)
    }

    /// What the disk holds at this moment, which is what an engine finds that starts after a crash.
    static func copy(_ directory: DataDirectory) throws -> DataDirectory {
        let copy = try make()
        guard unsafe system("cp -a '\(directory.path)/.' '\(copy.path)/'") == 0 else {
            throw SignalboxError(.storage, "The directory could not be copied.")
        }
        return copy
    }

    static func engine(_ directory: DataDirectory, parallelSteps: Int = 16) async throws -> Runtime {
        try await Runtime.start(
            RuntimeConfiguration(directory: directory, parallelSteps: parallelSteps, sandbox: .none, log: .silent))
    }
}

extension Runtime {
    func submit(_ text: String) async throws -> TaskNumber {
        try await submit(TaskRequest(plan: .source(PlanSource(path: "plan.yaml", text: text, files: [:])))).number
    }

    /// Waits until that happened to a step.
    func wait(for kind: EventKind, of step: String, task: TaskNumber, run: Int64 = 1) async throws {
        var position = Position.zero
        while true {
            for event in try await feed.events(after: position, of: task) {
                position = event.position
                if event.kind == kind.rawValue, event.step?.rawValue == step, (event.run?.rawValue ?? 1) >= run {
                    return
                }
            }
        }
    }

    func stopAtOnce() async { await stop(grace: .milliseconds(0)) }
}

@Suite(.timeLimit(.minutes(1)))
struct RestartTests {
    private func plan(log: String, isRepeatable: Bool) -> String {
        """
        name: crash
        steps:
          done:
            command: [sh, -c, "echo done >> \(log)"]
          slow:
            needs: [done]
            command: [sh, -c, "echo slow >> \(log); echo $SIGNALBOX_IDEMPOTENCY_KEY >> \(log).keys; [ -e \(log).gate ] || sleep 1000"]
            repeatable: \(isRepeatable)
          last:
            needs: [slow]
            set: {a: 1}
        """
    }

    private func crashed(isRepeatable: Bool) async throws -> (directory: DataDirectory, task: TaskNumber, log: String) {
        let directory = try Directories.make()
        let log = directory.path + ".log"
        let engine = try await Directories.engine(directory)
        let task = try await engine.submit(plan(log: log, isRepeatable: isRepeatable))
        try await engine.wait(for: .stepStarted, of: "slow", task: task)
        while try lines(of: log).count < 2 { await Task.yield() }
        let copy = try Directories.copy(directory)
        await engine.stopAtOnce()
        return (copy, task, log)
    }

    private func lines(of file: String) throws -> [String] {
        guard FileSystem.exists(file) else { return [] }
        return String(decoding: try FileSystem.read(file), as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `What may run again does, and what is finished does not`() async throws {
        let (directory, task, log) = try await crashed(isRepeatable: true)
        try FileSystem.writeAtomically([], to: log + ".gate")
        let engine = try await Directories.engine(directory)
        #expect(try await engine.waitForEnd(of: task) == .completed)
        #expect(try lines(of: log) == ["done", "slow", "slow"])
        let steps = try await engine.store.steps(of: task)
        #expect(steps.map(\.runs) == [1, 2, 1])
        let keys = try lines(of: log + ".keys")
        #expect(keys.count == 2 && Set(keys).count == 1, "a run that repeats another has its key: \(keys)")
        await engine.stopAtOnce()
    }

    @Test func `What may not run again waits for a person`() async throws {
        let (directory, task, log) = try await crashed(isRepeatable: false)
        let engine = try await Directories.engine(directory)
        try await engine.wait(for: .decisionRequested, of: "slow", task: task)
        let row = try #require(try await engine.store.task(task))
        #expect(row.status == "waiting")
        #expect(row.waitingReason == "in_doubt")
        #expect(try lines(of: log) == ["done", "slow"])
        // Whoever starts once more finds the same.
        await engine.stopAtOnce()
        let again = try await Directories.engine(directory)
        let still = try await again.store.task(task)
        #expect(still?.waitingReason == "in_doubt")
        #expect(try lines(of: log) == ["done", "slow"])
        try await again.cancel(task)
        let cancelled = try await again.store.task(task)
        #expect(cancelled?.status == "cancelled")
        await again.stopAtOnce()
    }

    @Test func `A stop leaves running steps to the next start`() async throws {
        let directory = try Directories.make()
        let log = directory.path + ".log"
        let engine = try await Directories.engine(directory)
        let task = try await engine.submit(plan(log: log, isRepeatable: true))
        try await engine.wait(for: .stepStarted, of: "slow", task: task)
        await engine.stopAtOnce()
        try FileSystem.writeAtomically([], to: log + ".gate")
        let again = try await Directories.engine(directory)
        #expect(try await again.waitForEnd(of: task) == .completed)
        await again.stopAtOnce()
    }

    @Test func `Only one engine works on a directory`() async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        let error = await #expect(throws: SignalboxError.self) { _ = try await Directories.engine(directory) }
        #expect(error?.code == .conflict)
        #expect(error?.message.contains("process \(getpid())") == true)
        await engine.stopAtOnce()
        await #expect(throws: SignalboxError.self) {
            _ = try await engine.submit("name: a\nsteps:\n  a:\n    set: {b: 1}\n")
        }
    }

    @Test func `Large payloads come back whole, also after a restart`() async throws {
        let directory = try Directories.make()
        let engine = try await Directories.engine(directory)
        let text = String(repeating: "payload ", count: 20_000)
        let plan = """
            name: large
            steps:
              print:
                command: [sh, -c, "yes 'payload' | head -n 20000 | tr '\\\\n' ' '"]
            outputs:
              all: ${{ steps.print.output }}
            """
        let task = try await engine.submit(plan)
        #expect(try await engine.waitForEnd(of: task) == .completed)
        let events = try await engine.store.events(after: .zero, of: task, limit: 100)
        #expect(events.allSatisfy { $0.payload.count <= Limits.inlinePayloadBytesMaximum })
        await engine.stopAtOnce()
        let again = try await Directories.engine(directory)
        let row = try #require(try await again.store.task(task))
        let output = try await again.outputs(of: row)["all"]
        #expect(output?.stringValue?.trimmed == text.trimmed)
        let printed = try await again.output(of: StepPath(rawValue: "print"), of: row)
        #expect(printed?.stringValue?.trimmed == text.trimmed)
        await again.stopAtOnce()
    }

    @Test func `No more steps run at the same time than there are slots`() async throws {
        let engine = try await Directories.engine(try Directories.make(), parallelSteps: 2)
        let steps = (0..<12).map { "  s\($0):\n    command: [sleep, '0.02']\n" }.joined()
        let task = try await engine.submit("name: many\nsteps:\n" + steps)
        #expect(try await engine.waitForEnd(of: task) == .completed)
        var running = 0
        var most = 0
        for event in try await engine.store.events(after: .zero, of: task, limit: 100) {
            switch EventKind(rawValue: event.kind) {
            case .stepStarted: running += 1
            case .stepCompleted: running -= 1
            default: break
            }
            most = max(most, running)
        }
        #expect(most == 2)
        await engine.stopAtOnce()
    }
}
