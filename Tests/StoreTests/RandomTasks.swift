import Core
import Store
import TestSupport

/// Tasks and queries from a seed, such that every filter finds few, some or many of them.
struct RandomTasks {
    var random: SeededGenerator
    static let words = ["invoice", "Report", "crawl", "summary", "Ünder", "audit 7", "mail"]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// Low numbers most often.
    private mutating func rare(_ count: Int) -> Int {
        Int.random(in: 0..<Int.random(in: 1...count, using: &random), using: &random)
    }

    mutating func task(_ number: Int64, now: Int64) throws -> TaskRow {
        var task = try SampleRows.plainTask(number, plan: "plan \(rare(12))")
        // The clock is set back now and then.
        task.created = Timestamp(millisecondsSinceEpoch: number * 1_000 - (rare(50) == 40 ? 5_000 : 0))
        task.name =
            "\(task.planName): \(Self.words[rare(Self.words.count)]) \(Int.random(in: 0..<4_000, using: &random))"
        if rare(3) == 2 { task.name = "always the same" }
        task.trigger = ["cli", "api", "user", "agent"][rare(4)]
        for _ in 0..<rare(4) where task.models.count < 3 {
            let model = ["openai/a", "openai/b", "anthropic/c", "gemini/d"][rare(4)]
            if !task.models.contains(model) { task.models.append(model) }
        }
        task.tags = rare(3) == 0 ? [] : ["tag \(rare(40))"]
        task.usesDefaultModel = rare(5) == 3
        change(&task, now: now)
        return task
    }

    /// What happens to a task in its life.
    mutating func change(_ task: inout TaskRow, now: Int64) {
        task.status = ["completed", "failed", "running", "waiting", "queued", "cancelled"][rare(6)]
        task.failureCause = task.status == "failed" ? ["timeout", "crashed", "killed"][rare(3)] : nil
        task.waitingReasons = task.status == "waiting" ? [["timer", "approval", "question"][rare(3)]] : []
        task.waitingReason = task.waitingReasons.first
        task.openRequests = task.waitingReasons.first == "approval" ? 1 : 0
        task.activeMilliseconds = Int64(1) << Int64(rare(24)) + Int64(rare(900))
        let isActive = task.status == "running"
        task.activeSince = isActive ? Timestamp(millisecondsSinceEpoch: now - Int64(rare(90_000))) : nil
        let size = Int64(rare(3) == 0 ? 0 : Int.random(in: 0..<100_000, using: &random))
        task.usage = TokenUsage(input: size, output: size / 7)
        task.cost = Money(rawValue: size * Int64(rare(3) * 431))
    }

    mutating func text(of task: TaskRow) -> TaskText {
        let count = rare(8)
        let words = (0..<count).map { _ in Self.words[rare(Self.words.count)] + " \(rare(60))" }
        return TaskText(task: task.number, name: task.name, prompt: words.joined(separator: "; "))
    }

    mutating func filter(tasks: Int64) -> TaskFilter {
        var filter = TaskFilter()
        if rare(6) == 2 {
            filter.statuses = ["completed", "failed", "waiting", "running"].shuffled(using: &random).suffix(2)
        }
        if rare(6) == 2 { filter.groups = [TaskGroup.allCases[rare(6)]] }
        if rare(9) == 2 { filter.waitingReasons = [["timer", "approval", "question"][rare(3)]] }
        if rare(9) == 2 { filter.causes = ["timeout", "killed"] }
        if rare(6) == 2 { filter.triggers = [["cli", "api", "user", "agent"][rare(4)]] }
        if rare(5) == 2 { filter.models = [["openai/a", "openai", "default", "gemini/d", "nobody"][rare(5)]] }
        if rare(5) == 2 { filter.plans = ["plan \(rare(12))"] }
        if rare(6) == 2 { filter.tags = ["tag \(rare(40))", "tag \(rare(40))"] }
        if rare(6) == 2 {
            filter.from = Timestamp(millisecondsSinceEpoch: .random(in: 0..<tasks * 1_000, using: &random))
        }
        if rare(6) == 2 {
            filter.to = Timestamp(millisecondsSinceEpoch: .random(in: 0..<tasks * 1_000, using: &random))
        }
        if rare(4) == 2 {
            filter.text = TaskSearchText(["invoice", "oice 7", "ünd", "plan 1", "#77", "mail 5; re", "audit"][rare(7)])
        }
        return filter
    }

    mutating func query(tasks: Int64, now: Int64) -> TaskQuery {
        var query = TaskQuery(filter(tasks: tasks), now: Timestamp(millisecondsSinceEpoch: now))
        query.sort = TaskSort.all[Int.random(in: 0..<TaskSort.all.count, using: &random)]
        query.size = [5, 25, 50, 100][rare(4)]
        return query
    }
}
