internal import Client
internal import Core
internal import Engine

/// What is known of a task while it is followed: a fold over its events, begun from its plan.
struct TaskProgress: Sendable {
    var number: TaskNumber
    var name: String
    var status: Client.TaskStatus = .queued
    var steps: [Step]
    var started: Timestamp?
    var ended: Timestamp?
    /// Why it failed or what it waits for.
    var sentence: String?
    var position = Position.zero
    /// Active time and usage as the server says them; set at the end.
    private var settled: (milliseconds: Int64, usage: TokenUsage)?

    struct Step: Sendable {
        var name: String
        /// The word of the plan language.
        var kind: String
        var status: Client.StepStatus = .queued
        var started: Timestamp?
        /// Of the run that has ended, in milliseconds.
        var milliseconds: Int64?
        var usage = TokenUsage.zero
        /// The beginning of its output, or why it failed, waits or was skipped.
        var note: String?
    }

    /// A task of which nothing has happened yet.
    init(before details: TaskDetails) {
        number = details.summary.number
        name = details.summary.name
        steps = details.steps.map { Step(name: $0.path, kind: $0.kind) }
    }

    /// A task as the server tells of it.
    init(_ details: TaskDetails) {
        self.init(before: details)
        let summary = details.summary
        status = summary.status
        started = summary.started
        ended = summary.ended
        sentence = summary.sentence
        position = summary.position
        settled = (summary.activeMilliseconds, summary.usage)
        for (place, step) in details.steps.enumerated() {
            steps[place].status = step.status
            steps[place].started = step.started
            steps[place].milliseconds = step.durationMilliseconds
            steps[place].usage = step.usage
            steps[place].note = step.failure ?? step.preview
        }
    }

    /// Steps that are not skipped, those of them that have ended, and the one at work (product §4).
    var counts: StepCounts {
        let total = steps.count { $0.status != .skipped }
        let finished = steps.count { [.completed, .failed, .cancelled].contains($0.status) }
        return StepCounts(
            current: status.isFinal ? finished : min(finished + 1, total), total: total, finished: finished,
            failed: steps.count { $0.status == .failed })
    }

    var usage: TokenUsage { settled?.usage ?? steps.reduce(into: .zero) { $0 += $1.usage } }

    /// How long it has been at work, in milliseconds; nil before its start.
    func milliseconds(at now: Timestamp) -> Int64? {
        if let settled { return settled.milliseconds }
        return started.map { max(0, (ended ?? now).milliseconds(since: $0)) }
    }

    /// Whether a step waits and nothing else of the task can be at work.
    var mayWait: Bool { steps.contains { $0.status == .waiting } && !steps.contains { $0.status == .running } }

    /// Takes the next event.
    mutating func apply(_ event: TaskEvent) {
        position = event.position
        if let place = steps.firstIndex(where: { $0.name == event.step }) {
            if started == nil { started = event.at }
            if status == .queued { status = .running }
            steps[place].apply(event)
        }
        switch event.type {
        case .taskCompleted: end(.completed, event)
        case .taskFailed:
            end(.failed, event)
            sentence = event.data?["failure"]?["message"]?.stringValue
        case .taskCancelled: end(.cancelled, event)
        default: break
        }
    }

    private mutating func end(_ status: Client.TaskStatus, _ event: TaskEvent) {
        self.status = status
        ended = event.at
    }
}

extension TaskProgress.Step {
    fileprivate mutating func apply(_ event: TaskEvent) {
        switch event.type {
        case .stepStarted:
            self = TaskProgress.Step(name: name, kind: kind, status: .running, started: event.at)
        case .turnCompleted: usage += TokenUsage(event.data?["usage"])
        case .stepCompleted:
            end(.completed, event)
            note = event.data?["output"].map(OutputPreview.text)
        case .stepFailed:
            end(.failed, event)
            note = event.data?["failure"]?["message"]?.stringValue
        case .stepSkipped:
            status = .skipped
            note = event.data?["condition"]?.stringValue.map { "not met: \($0)" }
        case .stepCancelled: end(.cancelled, event)
        case .stepInterrupted:
            status = .queued
            note = "interrupted, runs again"
        case .stepWaiting:
            end(.waiting, event)
            note = event.data?["reason"]?.stringValue.map(WaitingText.words)
        default: break
        }
    }

    private mutating func end(_ status: Client.StepStatus, _ event: TaskEvent) {
        self.status = status
        milliseconds = started.map { max(0, event.at.milliseconds(since: $0)) }
    }
}

/// Why something waits, in words.
enum WaitingText: Sendable {
    static func words(_ reason: String) -> String {
        reason == "in_doubt" ? "in doubt: a person must say what happened" : "waits: \(reason)"
    }
}
