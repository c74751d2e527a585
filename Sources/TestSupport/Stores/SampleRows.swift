public import Core
public import Store
internal import Testing

/// Rows with a value in every field, different wherever fields could be mixed up.
public enum SampleRows: Sendable {
    public static let hash = ContentHash(of: Array("a plan".utf8))

    public static func event(_ position: Int64, task: Int64 = 1, sequence: Int64? = nil, step: String? = "a")
        -> EventRow
    {
        EventRow(
            position: Position(rawValue: position), task: TaskNumber(rawValue: task), sequence: sequence ?? position,
            at: Timestamp(millisecondsSinceEpoch: 1_000 + position % 1_000), kind: "step_started",
            step: step.map(StepPath.init(rawValue:)), run: step.map { _ in RunNumber(rawValue: 3) },
            payload: Array(#"{"input":"é\u0000🚂"}"#.utf8))
    }

    public static func task(_ number: Int64, ended: Int64? = nil) throws -> TaskRow {
        let digits = String(number)
        let text = "01arz3ndek0000000000000000".dropLast(digits.utf8.count) + digits
        let id = try #require(TaskID(rawValue: String(text)))
        return TaskRow(
            number: TaskNumber(rawValue: number), id: id, name: "name 'with; \"marks\u{0}é🚂", status: "waiting",
            waitingReason: "in_doubt", failureCause: "timeout", sentence: "sentence",
            sentenceStep: StepPath(rawValue: "s"),
            planName: "plan", planHash: hash, source: "plan", trigger: "cli", models: ["m/1", "m/2"],
            tags: ["", "a,b", "\"q\""], currentStep: 1, totalSteps: 2, finishedSteps: 3, failedSteps: 4,
            created: Timestamp(millisecondsSinceEpoch: 5), started: Timestamp(millisecondsSinceEpoch: 6),
            ended: ended.map(Timestamp.init(millisecondsSinceEpoch:)), activeMilliseconds: 7,
            activeSince: Timestamp(millisecondsSinceEpoch: 8),
            usage: TokenUsage(
                input: 9, cacheRead: 10, cacheWrite: 11, cacheWriteHour: 30, output: 12, reasoning: 13, audioInput: 31,
                webSearches: 32), modelCalls: 14,
            position: Position(rawValue: 15), priority: -16, concurrencyKey: "key", concurrencyLimit: 17,
            isAdmitted: false, wakeAt: Timestamp(millisecondsSinceEpoch: 18), isIdle: true, openRequests: 19,
            waitingReasons: ["in_doubt", "timer"], parent: TaskNumber(rawValue: 20),
            parentStep: StepPath(rawValue: "p/1/s"), rerunOf: TaskNumber(rawValue: 21),
            rerunFrom: StepPath(rawValue: "r"), cost: Money(rawValue: 22), isCostKnown: false,
            childrenUsage: TokenUsage(
                input: 23, cacheRead: 24, cacheWrite: 25, output: 26, reasoning: 27, imageInput: 33, audioOutput: 34),
            childrenCost: Money(rawValue: 28), isChildrenCostKnown: false, limits: #"{"turns":29}"#,
            toolCalls: 35, app: "letter")
    }

    /// The same task with nothing in the fields that may be empty.
    public static func emptyTask(_ number: Int64) throws -> TaskRow {
        var row = try task(number)
        (row.waitingReason, row.failureCause, row.sentence, row.sentenceStep) = (nil, nil, nil, nil)
        (row.started, row.ended, row.activeSince, row.models, row.tags) = (nil, nil, nil, [], [])
        (row.name, row.usage) = ("", .zero)
        (row.priority, row.concurrencyKey, row.concurrencyLimit, row.isAdmitted) = (0, nil, nil, true)
        (row.wakeAt, row.isIdle, row.openRequests, row.waitingReasons) = (nil, false, 0, [])
        (row.cost, row.isCostKnown, row.childrenUsage, row.childrenCost) = (.zero, true, .zero, .zero)
        (row.isChildrenCostKnown, row.limits, row.toolCalls) = (true, nil, 0)
        return row
    }

    /// A task with nothing in the fields that may be empty, those included that never change.
    public static func plainTask(_ number: Int64, plan: String = "plan", ended: Int64? = nil) throws -> TaskRow {
        var row = try emptyTask(number)
        (row.parent, row.parentStep, row.rerunOf, row.rerunFrom, row.app) = (nil, nil, nil, nil, nil)
        (row.planName, row.ended) = (plan, ended.map(Timestamp.init(millisecondsSinceEpoch:)))
        return row
    }

    public static func step(_ path: String, task: Int64 = 1, ordinal: Int = 0) -> StepRow {
        StepRow(
            task: TaskNumber(rawValue: task), path: StepPath(rawValue: path), ordinal: ordinal, status: "failed",
            waitingReason: "in_doubt", waitingSince: Timestamp(millisecondsSinceEpoch: 1), runs: 2,
            started: Timestamp(millisecondsSinceEpoch: 3), ended: Timestamp(millisecondsSinceEpoch: 4),
            failureCause: "timeout", failureMessage: "message", preview: "preview", models: ["m"],
            usage: TokenUsage(
                input: 5, cacheRead: 6, cacheWrite: 7, cacheWriteHour: 16, output: 8, reasoning: 9, imageOutput: 17,
                webSearchTokens: 18), kind: "each",
            waitingUntil: Timestamp(millisecondsSinceEpoch: 10), sentence: "waits", blocker: "task:15", isReused: true,
            cost: Money(rawValue: 11), unpricedCalls: 19, childTask: TaskNumber(rawValue: 12), iterationsTotal: 13,
            iterationsFinished: 14, iterationsFailed: 15, modelCalls: 20, toolCalls: 21,
            idleMilliseconds: 22)
    }

    public static func emptyStep(_ path: String) -> StepRow {
        StepRow(
            task: TaskNumber(rawValue: 1), path: StepPath(rawValue: path), ordinal: 9, status: "queued",
            waitingReason: nil, waitingSince: nil, runs: 0, started: nil, ended: nil, failureCause: nil,
            failureMessage: nil, preview: nil, models: [], usage: .zero, kind: "set")
    }

    public static func plan(_ name: String, version: Int, savedAt: Int64, isListed: Bool = true) -> PlanRow {
        PlanRow(
            hash: ContentHash(of: Array("\(name) \(version)".utf8)), name: name, summary: "version \(version)",
            path: "\(name).yaml", text: "name: \(name) # \(version)", files: ["b.txt": "é", "a/c.py": "print(1)\n"],
            savedAt: Timestamp(millisecondsSinceEpoch: savedAt), isListed: isListed)
    }

    /// An app with a value in every field but the archive's.
    public static func app(_ name: String, version: Int) -> AppRow {
        AppRow(
            name: name, hash: ContentHash(of: Array("app \(name) \(version)".utf8)), summary: "version \(version)",
            planName: "plan", planHash: hash, parameters: "[]", publishedAt: Timestamp(millisecondsSinceEpoch: 7),
            author: "Ada")
    }

    /// A version of an agent of the library.
    public static func agent(_ name: String, version: Int, savedAt: Int64) -> AgentRow {
        AgentRow(
            hash: ContentHash(of: Array("agent \(name) \(version)".utf8)), name: name, summary: "version \(version)",
            path: "\(name).yaml", text: "name: \(name) # \(version)", files: ["answers.yaml": "é"],
            savedAt: Timestamp(millisecondsSinceEpoch: savedAt), isListed: true)
    }

    /// Something that an agent has kept.
    public static func memory(_ name: String, of agent: String = "clerk", text: String, task: Int64 = 7) -> MemoryRow {
        MemoryRow(
            agent: agent, name: name, text: text, savedAt: Timestamp(millisecondsSinceEpoch: 9),
            task: TaskNumber(rawValue: task))
    }

    /// A request with a value in every field.
    public static func decision(_ ordinal: Int, task: Int64 = 1, requestedAt: Int64 = 1) -> DecisionRow {
        DecisionRow(
            task: TaskNumber(rawValue: task), ordinal: ordinal, step: StepPath(rawValue: "each/3/ask"),
            run: RunNumber(rawValue: 2), kind: "approval", title: "title é", deciders: ["", "zoë"],
            requestedAt: Timestamp(millisecondsSinceEpoch: requestedAt),
            expiresAt: Timestamp(millisecondsSinceEpoch: 3), state: "decided", verdict: "approve", decidedBy: "me",
            decidedAt: Timestamp(millisecondsSinceEpoch: 4), requestPosition: Position(rawValue: 5),
            decisionPosition: Position(rawValue: 6))
    }

    /// A request with nothing in the fields that may be empty, which nobody has decided.
    public static func openDecision(_ ordinal: Int, task: Int64 = 1, requestedAt: Int64 = 1) -> DecisionRow {
        DecisionRow(
            task: TaskNumber(rawValue: task), ordinal: ordinal, step: StepPath(rawValue: "ask"), run: nil,
            kind: "question", title: "", requestedAt: Timestamp(millisecondsSinceEpoch: requestedAt),
            requestPosition: Position(rawValue: 5))
    }

    /// A wait for a signal.
    public static func wait(
        _ name: String, key: String, task: Int64 = 1, step: String = "w", since: Int64 = 1
    ) -> SignalWaitRow {
        SignalWaitRow(
            name: name, key: key, task: TaskNumber(rawValue: task), step: StepPath(rawValue: step),
            since: Position(rawValue: since))
    }

    /// A signal that came too early.
    public static func signal(_ id: Int64, name: String, key: String) -> KeptSignalRow {
        KeptSignalRow(
            id: id, name: name, key: key, payload: Array(#"{"é":null}"#.utf8),
            arrived: Timestamp(millisecondsSinceEpoch: id + 50))
    }

    /// The tombstone of a task that `plainTask` gives.
    public static func tombstone(_ number: Int64, deletedAt: Int64 = 70) throws -> TombstoneRow {
        TombstoneRow(
            of: try plainTask(number, ended: 60), deletedAt: Timestamp(millisecondsSinceEpoch: deletedAt),
            deletedBy: "retention")
    }

    /// A batch with something of everything for two finished tasks.
    public static func twoTasks() throws -> WriteBatch {
        var batch = WriteBatch()
        for task in [1, 2] as [Int64] {
            let number = TaskNumber(rawValue: task)
            batch.events += [1, 2].map { event($0 * 2 + task, task: task, sequence: $0) }
            batch.tasks.append(try plainTask(task, ended: 60))
            batch.steps += [step("a", task: task), step("a/1", task: task)]
            batch.decisions.append(openDecision(1, task: task))
            batch.signalWaits.append(wait("n", key: "k", task: task))
            batch.requestKeys.append(RequestKey(key: "key \(task)", requestHash: hash, task: number))
            batch.blobReferences.append((ContentHash(of: [UInt8(task)]), number))
        }
        return batch
    }
}
