internal import Core
internal import Runtime
internal import Store

extension DisplayState {
    /// The word that stands for a task.
    init(_ task: TaskRow) {
        self =
            switch task.status {
            case "completed": task.failedSteps > 0 ? .completedWithWarning : .completed
            case "failed": .failed
            case "cancelled": .cancelled
            // What a person can decide comes first, even while other steps run.
            case _ where task.openRequests > 0: task.waitingReason == "question" ? .paused : .approvalRequired
            case "queued": .queued
            case "running": .running
            default: .waiting
            }
    }

    /// The word that stands for a step.
    init(_ step: StepDetail) {
        let isRequest = step.row?.blocker?.hasPrefix("request:") ?? false
        self =
            switch step.status {
            case "queued": .queued
            case "running": .running
            case "waiting" where isRequest: step.row?.waitingReason == "question" ? .paused : .approvalRequired
            case "waiting": .waiting
            case "completed": (step.row?.iterationsFailed ?? 0) > 0 ? .completedWithWarning : .completed
            case "failed": step.isFailureAllowed ? .failedAllowed : .failed
            case "skipped": .skipped
            default: .cancelled
            }
    }
}

extension WaitView {
    /// What a step waits for; nil when it does not wait.
    init?(_ step: StepDetail, of detail: TaskDetail) {
        guard let row = step.row, let reason = row.waitingReason, let since = row.waitingSince else { return nil }
        self.init(
            reason: reason, sentence: step.waitingSentence ?? "Waits.", since: since, until: row.waitingUntil,
            step: step.path, blocker: row.blocker.flatMap { Blocker($0, of: detail) })
    }
}

extension WaitView.Blocker {
    /// Reads `request:7-1`, `task:15` or `signal:paid/42`.
    fileprivate init?(_ text: String, of detail: TaskDetail) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "request": self = .request(parts[1])
        case "task":
            guard let number = Int64(parts[1]).map(TaskNumber.init(rawValue:)) else { return nil }
            let child = detail.children.first { $0.number == number }
            self = .task(child.map { TaskLinkView($0) } ?? TaskLinkView(number: number))
        case "signal":
            let names = parts[1].split(separator: "/", maxSplits: 1).map(String.init)
            self = .signal(name: names.first ?? "", key: names.dropFirst().first)
        default: return nil
        }
    }
}
