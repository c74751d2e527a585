import Core
import Store
import Testing

/// Rows with a value in every field, different wherever fields could be mixed up.
enum SampleRows {
    static let hash = ContentHash(of: Array("a plan".utf8))

    static func event(_ position: Int64, task: Int64 = 1, sequence: Int64? = nil, step: String? = "a") -> EventRow {
        EventRow(
            position: Position(rawValue: position), task: TaskNumber(rawValue: task), sequence: sequence ?? position,
            at: Timestamp(millisecondsSinceEpoch: 1_000 + position % 1_000), kind: "step_started",
            step: step.map(StepPath.init(rawValue:)), run: step.map { _ in RunNumber(rawValue: 3) },
            payload: Array(#"{"input":"é\u0000🚂"}"#.utf8))
    }

    static func task(_ number: Int64, ended: Int64? = nil) throws -> TaskRow {
        let digits = String(number)
        let text = "01arz3ndektsv4rrffq69g5fav".dropLast(digits.utf8.count) + digits
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
            usage: TokenUsage(input: 9, cacheRead: 10, cacheWrite: 11, output: 12, reasoning: 13), modelCalls: 14,
            position: Position(rawValue: 15))
    }

    /// The same task with nothing in the fields that may be empty.
    static func emptyTask(_ number: Int64) throws -> TaskRow {
        var row = try task(number)
        (row.waitingReason, row.failureCause, row.sentence, row.sentenceStep) = (nil, nil, nil, nil)
        (row.started, row.ended, row.activeSince, row.models, row.tags) = (nil, nil, nil, [], [])
        (row.name, row.usage) = ("", .zero)
        return row
    }

    static func step(_ path: String, task: Int64 = 1, ordinal: Int = 0) -> StepRow {
        StepRow(
            task: TaskNumber(rawValue: task), path: StepPath(rawValue: path), ordinal: ordinal, status: "failed",
            waitingReason: "in_doubt", waitingSince: Timestamp(millisecondsSinceEpoch: 1), runs: 2,
            started: Timestamp(millisecondsSinceEpoch: 3), ended: Timestamp(millisecondsSinceEpoch: 4),
            failureCause: "timeout", failureMessage: "message", preview: "preview", models: ["m"],
            usage: TokenUsage(input: 5, cacheRead: 6, cacheWrite: 7, output: 8, reasoning: 9))
    }

    static func emptyStep(_ path: String) -> StepRow {
        StepRow(
            task: TaskNumber(rawValue: 1), path: StepPath(rawValue: path), ordinal: 9, status: "queued",
            waitingReason: nil, waitingSince: nil, runs: 0, started: nil, ended: nil, failureCause: nil,
            failureMessage: nil, preview: nil, models: [], usage: .zero)
    }

    static func plan(_ name: String, version: Int, savedAt: Int64, isListed: Bool = true) -> PlanRow {
        PlanRow(
            hash: ContentHash(of: Array("\(name) \(version)".utf8)), name: name, summary: "version \(version)",
            path: "\(name).yaml", text: "name: \(name) # \(version)", files: ["b.txt": "é", "a/c.py": "print(1)\n"],
            savedAt: Timestamp(millisecondsSinceEpoch: savedAt), isListed: isListed)
    }
}
