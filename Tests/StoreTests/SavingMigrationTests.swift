import Core
import Store
import TestSupport
import Testing

@testable import StoreSQLite

/// Databases of versions that knew only the last time that something was saved.
@Suite(.timeLimit(.minutes(1)))
struct SavingMigrationTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/signalbox.db" }

    init() throws { directory = try TemporaryDirectory() }

    @Test func whatWasSavedBeforeIsTheFirstOfItsTimes() async throws {
        var plan = SampleRows.plan("p", version: 1, savedAt: 10)
        (plan.author, plan.note) = ("Ada", "The first.")
        let passing = SampleRows.plan("p", version: 2, savedAt: 20, isListed: false)
        var agent = SampleRows.agent("a", version: 1, savedAt: 30)
        (agent.author, agent.isListed) = ("Zoë", false)
        let connection = try SQLiteConnection(path: path, access: .readWrite)
        for migration in Migration.all where migration.number <= 10 { try connection.execute(migration.sql) }
        try connection.execute("PRAGMA user_version = 10")
        for row in [plan, passing] { try connection.statement(PlanRow.upsert).run(row.values) }
        try connection.statement(AgentRow.upsert).run(agent.values)

        let (database, journal) = try SQLiteDatabase.open(path: path)
        let reader = try database.reader()
        func savings() async throws -> [[SavingRow]] {
            let plans = try await reader.savings(of: .plan, [plan.hash, passing.hash], limit: 9)
            let agents = try await reader.savings(of: .agent, [agent.hash], limit: 9)
            return [plans[plan.hash] ?? [], plans[passing.hash] ?? [], agents[agent.hash] ?? []]
        }
        #expect(try await savings() == [[plan.saving], [], [agent.saving]])
        var batch = WriteBatch()
        var again = plan
        (again.savedAt, again.author, again.note) = (Timestamp(millisecondsSinceEpoch: 40), "Zoë", "Back again.")
        batch.plans = [again]
        try journal.commit(batch)
        #expect(try await savings() == [[again.saving, plan.saving], [], [agent.saving]])
    }
}
