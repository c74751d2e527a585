internal import Core
internal import Store

/// Tasks as an installation has them after two years: a few plans and models do most of the work, nearly all have ended well,
/// and costs differ by orders of magnitude.
struct SampleTasks: Sendable {
    static let first = Timestamp(millisecondsSinceEpoch: 1_700_000_000_000)
    static let milliseconds: Int64 = 730 * 86_400_000
    static let plans = (1...60).map { "\(names[$0 * 7 % names.count])-\(names[$0 * 11 % names.count])-\($0)" }
    static let triggers = [
        "api", "schedule", "webhook", "cli", "user", "agent", "task", "email", "heartbeat", "consolidation",
    ]
    static let models = [
        "openai/gpt-5-mini", "anthropic/claude-sonnet-5", "openai/gpt-5", "google/gemini-3-flash",
        "anthropic/claude-opus-5",
        "local/qwen-3-32b", "openai/o5", "google/gemini-3-pro",
    ]
    static let tags = (1...300).map { $0 <= 10 ? names[$0] : "customer-\($0)" }
    static let causes = [
        "tool_error", "model_error", "timeout", "validation", "missing_data", "budget", "killed", "loop", "rejected",
        "crashed", "agent",
    ]
    static let reasons = [
        "timer", "approval", "dependency", "question", "retry", "review", "capacity", "budget", "in_doubt",
    ]
    static let names = [
        "invoice", "report", "ticket", "audit", "review", "digest", "intake", "contract", "summary", "refund", "lead",
        "release", "incident", "survey", "payroll", "catalog", "claim", "onboarding", "forecast", "translation",
    ]
    /// Words of prompts; the first are in most of them.
    static let words: [String] = {
        var generator = SampleGenerator(seed: 3)
        let (starts, ends) = (Array("bcdfghklmnprstvwz"), Array("aeiou"))
        return names
            + (0..<8_000).map { _ in
                (0..<Int.random(in: 1...4, using: &generator)).map { _ in
                    String(starts[Int.random(in: 0..<starts.count, using: &generator)])
                        + String(ends[Int.random(in: 0..<ends.count, using: &generator)])
                }.joined()
            }
    }()

    private var random: SampleGenerator
    private let count: Int64
    private let hash = ContentHash(of: Array("bench".utf8))

    /// - Parameter count: how many there will be in all.
    init(seed: UInt64, count: Int) {
        random = SampleGenerator(seed: seed)
        self.count = Int64(count)
    }

    /// The next task, with the words that are searched.
    mutating func task(_ number: Int64) -> (row: TaskRow, text: TaskText) {
        let plan = Self.plans[random.place(in: Self.plans.count)]
        let name = "\(plan): \(words(Int.random(in: 1...4, using: &random))) \(random.next() % 100_000)"
        let created = Self.first.millisecondsSinceEpoch + number * (Self.milliseconds / max(1, count))
        var row = TaskRow(
            number: TaskNumber(rawValue: number),
            id: TaskID(at: Timestamp(millisecondsSinceEpoch: created), random: &random), name: name,
            status: "completed",
            waitingReason: nil, failureCause: nil, sentence: nil, sentenceStep: nil, planName: plan, planHash: hash,
            source: "plan", trigger: Self.triggers[random.place(in: Self.triggers.count)], models: [], tags: tags(),
            currentStep: 5, totalSteps: 5, finishedSteps: 5, failedSteps: 0,
            created: Timestamp(millisecondsSinceEpoch: created), started: nil, ended: nil, activeMilliseconds: 0,
            activeSince: nil, usage: .zero, modelCalls: 0, position: Position(rawValue: number))
        giveStatus(&row)
        giveFigures(&row)
        let prompt = random.next() % 3 == 0 ? "" : words(Int(random.size(from: 1, to: 6)))
        return (row, TaskText(task: row.number, name: row.name, prompt: prompt))
    }

    private mutating func words(_ count: Int) -> String {
        (0..<count).map { _ in Self.words[random.place(in: Self.words.count)] }.joined(separator: " ")
    }

    private mutating func tags() -> [String] {
        guard random.next() % 2 == 0 else { return [] }
        let tags = (0..<1 + random.place(in: 3)).map { _ in Self.tags[random.place(in: Self.tags.count)] }
        return tags.count > 1 && tags[0] == tags[1] ? [tags[0]] : tags
    }

    private mutating func giveStatus(_ row: inout TaskRow) {
        let isNew = count - row.number.rawValue < 400
        switch random.next() % 1_000 {
        case 0..<70:
            row.status = "failed"
            row.failureCause = Self.causes[random.place(in: Self.causes.count)]
            row.sentence = "The step was given up after its third run."
        case 70..<95: row.status = "cancelled"
        case 95..<115:
            row.status = "waiting"
            row.waitingReasons = [Self.reasons[random.place(in: Self.reasons.count)]]
            row.waitingReason = row.waitingReasons.first
            row.openRequests = TaskGroup.personReasons.contains(row.waitingReasons[0]) ? 1 : 0
            row.sentence = "Waits for the answer of somebody else."
        case 115..<400 where isNew: row.status = "running"
        case 400..<600 where isNew: row.status = "queued"
        default: break
        }
        // Without events nothing of it can go on, so that a server leaves it alone.
        row.isIdle = !["completed", "failed", "cancelled"].contains(row.status)
    }

    private mutating func giveFigures(_ row: inout TaskRow) {
        guard row.status != "queued" else { return }
        row.started = row.created
        row.activeMilliseconds = random.size(from: 7, to: 23)
        if !row.isIdle {
            row.currentStep = 3
            row.finishedSteps = 2
        } else if row.status == "running" {
            row.activeSince = row.created
        }
        if !row.isIdle || row.status == "completed" {
            row.ended = Timestamp(millisecondsSinceEpoch: row.created.millisecondsSinceEpoch + row.activeMilliseconds)
        }
        guard random.next() % 10 > 0 else { return }
        row.models = [Self.models[random.place(in: Self.models.count)]]
        if random.next() % 8 == 0, let more = Self.models.randomElement(using: &random), !row.models.contains(more) {
            row.models.append(more)
        }
        row.usesDefaultModel = random.next() % 4 == 0
        row.modelCalls = Int(random.size(from: 0, to: 6))
        row.usage = TokenUsage(
            input: random.size(from: 6, to: 17), cacheRead: random.size(from: 0, to: 15),
            output: random.size(from: 4, to: 14))
        row.cost = Money(
            rawValue: (row.usage.input * 3 + row.usage.output * 15) * Int64(1 + random.place(in: 30)) * 100)
    }
}
