import Core
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// No query of a page reads a table from end to end, however large it grows (design §5).
@Suite(.timeLimit(.minutes(1)))
struct QueryPlanTests {
    /// The scans that are bounded by something else, by the end of their query: why each is harmless.
    private static let boundedScans = [
        // Only the small partial index of tasks that have not ended.
        "FROM task WHERE ended IS NULL ORDER BY number": ["SCAN task USING INDEX task_unfinished"],
        // Only the still smaller one of those that go on by themselves: a start costs what is active, not what waits.
        "WHERE ended IS NULL AND is_idle = 0 ORDER BY number": ["SCAN task USING INDEX task_active"],
        // Only the unfinished tasks that have a concurrency key; asked once, at the start.
        "FROM task WHERE concurrency_key IS NOT NULL AND ended IS NULL\nORDER BY number": [
            "SCAN task USING INDEX task_admission"
        ],
        // Walk an index of times and stop after the page.
        "FROM decision WHERE state = 'open' ORDER BY requested_at, task, ordinal LIMIT ? OFFSET ?": [
            "SCAN decision USING INDEX decision_open"
        ],
        "FROM decision ORDER BY requested_at, task, ordinal LIMIT ? OFFSET ?": [
            "SCAN decision USING INDEX decision_by_time"
        ],
        "ORDER BY coalesce(decided_at, requested_at) DESC, task DESC, ordinal DESC LIMIT ? OFFSET ?": [
            "SCAN decision USING INDEX decision_by_end"
        ],
        // Count over an index, the first only what is open, the second only what is not.
        "SELECT count(*) FROM decision WHERE state = 'open' ": ["SCAN decision USING COVERING INDEX decision_open"],
        "SELECT count(*) FROM decision WHERE state <> 'open' ": [
            "SCAN decision USING INDEX decision_by_end"
        ],
        "SELECT count(*) FROM decision ": ["SCAN decision USING COVERING INDEX decision_"],
        // Bounded by what the journal keeps of early signals; asked once, at the start.
        "SELECT count(*) FROM kept_signal": ["SCAN kept_signal USING COVERING INDEX kept_signal_by_name"],
        // One step through an index for each of the few names of plans, or for each task up to the limit.
        "SELECT name FROM known WHERE name IS NOT NULL": Self.steppingThroughNames,
        "WHERE ended < ? LIMIT ?": Self.steppingThroughNames,
        "SELECT task FROM known WHERE task IS NOT NULL LIMIT ?": ["SCAN CONSTANT ROW", "SCAN known"],
        // All listed agents, plans, apps or named lists are what is asked for.
        "ORDER BY name": ["SCAN newest USING INDEX agent_", "SCAN task_view"],
        "ORDER BY head.name": ["SCAN head"],
        "ORDER BY app.name": ["SCAN app"],
    ]

    private static let steppingThroughNames = [
        "SCAN CONSTANT ROW", "SCAN known", "SCAN task USING COVERING INDEX task_ended",
    ]

    /// Sorting that is bounded: within a container, by the plan at the root and by an index of the rest; and of those
    /// versions of one plan whose hash begins as asked.
    private static let boundedSorts = [
        "FROM step WHERE task = ? ORDER BY parent, ordinal, path LIMIT ?",
        "FROM step WHERE task = ? AND parent = ? ORDER BY ordinal, path LIMIT ? OFFSET ?",
        "WHERE hash >= ? AND hash < ? AND is_listed = 1 AND name = ? ORDER BY hash LIMIT ?",
        "WHERE hash >= ? AND hash < ? AND name = ? ORDER BY hash LIMIT ?",
    ]

    @Test func noQueryScansATable() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.path + "/signalbox.db"
        _ = try SQLiteDatabase.open(path: path)
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        try ask(SQLiteJournalStore(connection))
        // With one thread there is one connection, which knows everything that was asked.
        let threads = try ReaderThreads(path: path, count: 1)
        try await ask(SQLiteReadStore(threads))
        let asked = try await threads.read { Array($0.statements.keys) } + connection.statements.keys
        let kinds = ["SELECT", "WITH", "INSERT", "UPDATE", "DELETE"]
        let queries = Set(asked).filter { query in kinds.contains { query.hasPrefix($0) } }.sorted()
        #expect(queries.count >= 40)
        var scanning: Set<String> = []
        for query in queries {
            let plan = try connection.statement("EXPLAIN QUERY PLAN " + query).rows { $0.text(3) }
            for line in plan where line.hasPrefix("SCAN") {
                let known = Self.boundedScans.first { query.hasSuffix($0.key) }
                #expect(known?.value.contains { line.hasPrefix($0) } == true, "\(query): \(line)")
                scanning.insert(known?.key ?? query)
            }
            if plan.contains(where: { $0.contains("TEMP B-TREE") }) {
                #expect(Self.boundedSorts.contains { query.hasSuffix($0) }, "\(query) sorts: \(plan)")
            }
        }
        #expect(scanning.symmetricDifference(Self.boundedScans.keys) == [])
    }

    private func ask(_ journal: any JournalStore) throws {
        _ = try journal.newestPosition()
        _ = try journal.newestTaskNumber()
        _ = try journal.events(of: TaskNumber(rawValue: 1))
        _ = try journal.plan(SampleRows.hash)
        _ = try journal.requestKey("k")
        _ = try journal.task(TaskNumber(rawValue: 1))
        _ = try journal.plan(named: "p")
        _ = try journal.savedPlan("p")
        _ = try journal.app("a")
        _ = try journal.admissions()
        _ = try journal.signalWaits(name: "n", key: "k")
        _ = try journal.keptSignal(name: "n", key: "k", after: 0)
        _ = try journal.keptSignalCount()
        _ = try journal.newestKeptSignal()
        _ = try journal.memory("m", of: "a")
        _ = try journal.memoryUsage(of: "a")
        _ = try journal.agent(named: "a")
        _ = try journal.latestAgent(named: "a")
        _ = try journal.agent(SampleRows.hash)
        _ = try journal.views()
        _ = try journal.blobsOnlyOf(TaskNumber(rawValue: 1))
        _ = try journal.unusedBlobs(before: .now, limit: 1)
        _ = try journal.tasksInJournal(after: TaskNumber(rawValue: 0), limit: 1)
        _ = try journal.projection(of: TaskNumber(rawValue: 1))
        try journal.commit(try SampleRows.twoTasks())
        var rest = WriteBatch()
        rest.plans = [SampleRows.plan("p", version: 1, savedAt: 1)]
        rest.savedPlans = [SavedPlanRow(name: "p", latest: SampleRows.hash)]
        rest.apps = [SampleRows.app("a", version: 1)]
        rest.keptSignals = [SampleRows.signal(1, name: "n", key: "k")]
        rest.keptSignalsTaken = [1]
        rest.endSignalWait(of: StepPath(rawValue: "w"), task: TaskNumber(rawValue: 1))
        rest.memories = [SampleRows.memory("m", text: "t")]
        rest.memoriesForgotten = [("a", "m")]
        rest.agents = [SampleRows.agent("a", version: 1, savedAt: 1)]
        rest.agentsArchived = ["a"]
        rest.views = [ViewRow(name: "v", filters: [:], savedAt: .now)]
        rest.viewsDeleted = ["v"]
        rest.deletions = [try SampleRows.tombstone(1)]
        rest.removedBlobs = [SampleRows.hash]
        try journal.commit(rest)
    }

    private func ask(_ reader: any ReadStore) async throws {
        let task = TaskNumber(rawValue: 1)
        let path = StepPath(rawValue: "a")
        _ = try await reader.task(task)
        _ = try await reader.task(SampleRows.task(1).id)
        _ = try await reader.unfinishedTasks()
        _ = try await reader.tasks(TaskQuery())
        _ = try await reader.steps(of: task)
        _ = try await reader.step(path, of: task)
        _ = try await reader.events(after: .zero, of: nil, limit: 1)
        _ = try await reader.events(after: .zero, of: task, limit: 1)
        _ = try await reader.events(of: task, step: path, limit: 1)
        _ = try await reader.events(of: task, step: path, since: .now, until: .now, limit: 1)
        _ = try await reader.newestEvent(of: task, kind: "k", step: path)
        _ = try await reader.waitingSteps(of: task, limit: 1)
        _ = try await reader.stepCount(of: task, kind: "k")
        _ = try await reader.stepCount(of: task, status: "s")
        _ = try await reader.stepCount(of: task)
        _ = try await reader.idleTimes(of: task)
        _ = try await reader.outcomes(of: task, below: nil)
        _ = try await reader.outcomes(of: task, within: path)
        _ = try await reader.outcomes(of: task, loop: path, iterations: [1])
        _ = try await reader.iterationGroups(of: path, of: task, apart: [], listed: 1)
        _ = try await reader.contents(
            of: task, steps: [StepMoment(SampleRows.step("a"))], input: "k", outputs: ["l"])
        _ = try await reader.events(after: .zero, of: task, kinds: ["k", "l"], limit: 1)
        _ = try await reader.newestPosition()
        _ = try await reader.plans()
        _ = try await reader.plan(named: "p")
        _ = try await reader.plan(SampleRows.hash)
        _ = try await reader.savedPlans()
        _ = try await reader.savedPlan("p")
        _ = try await reader.planVersions(of: "p", offset: 0, limit: 1)
        _ = try await reader.planVersions(of: "p", beginningWith: "a", limit: 1)
        _ = try await reader.savings(of: .plan, [SampleRows.hash], limit: 1)
        _ = try await reader.savings(of: .agent, [SampleRows.hash], limit: 1)
        _ = try await reader.apps()
        _ = try await reader.app("a")
        _ = try await reader.memories(of: "a")
        _ = try await reader.agents()
        _ = try await reader.savedAgents()
        _ = try await reader.latestAgent(named: "a")
        _ = try await reader.agentVersions(of: "a", offset: 0, limit: 1)
        _ = try await reader.agentVersions(of: "a", beginningWith: "a", limit: 1)
        _ = try await reader.agent(named: "a")
        _ = try await reader.agent(SampleRows.hash)
        _ = try await reader.views()
        _ = try await reader.children(of: task, limit: 1)
        _ = try await reader.reruns(of: task, limit: 1)
        _ = try await reader.tombstone(task)
        _ = try await reader.activeTasks()
        _ = try await reader.dueTasks(at: .now, limit: 1)
        _ = try await reader.nextWake()
        _ = try await reader.plansOfFinishedTasks()
        for plan in [nil, "p"] { _ = try await reader.finishedTasks(before: .now, plan: plan, limit: 1) }
        for container in [nil, path] {
            _ = try await reader.steps(of: task, below: container, offset: 0, limit: 1)
        }
        for isFailedOnly in [false, true] {
            _ = try await reader.iterations(of: path, of: task, after: 9, isFailedOnly: isFailedOnly, limit: 1)
        }
        for (isOpenOnly, task) in [(true, nil), (false, nil), (true, task), (false, task)] {
            _ = try await reader.decisions(DecisionQuery(isOpenOnly: isOpenOnly, task: task))
        }
        var settled = DecisionQuery(isOpenOnly: false)
        (settled.isSettledOnly, settled.isNewestFirst) = (true, true)
        _ = try await reader.decisions(settled)
        _ = try await reader.decision("1-1")
        _ = try await reader.signalWaits(of: task)
    }
}
