import Core
import Plans

@testable import Engine

/// Follows the events of one task and holds them against what must always be true of them. It knows nothing of how the
/// machine works.
struct Ledger {
    /// A rule that was broken.
    struct Violation: Error {
        let sentence: String
    }

    private var lastAt: Timestamp?
    /// Steps that have completed for good.
    private var completed: Set<StepPath> = []
    /// Waits that end at a time.
    private var due: [StepPath: Timestamp] = [:]
    /// Failed runs of each step.
    private(set) var failures: [StepPath: Int] = [:]
    /// How often each step was started, and what a second start of a step that may not be repeated is owed to.
    private var starts: [StepPath: Int] = [:]
    private var permits: [StepPath: Int] = [:]
    private var hasEnded = false

    mutating func record(_ event: Event, of machine: TaskMachine) throws {
        let entry = event.entry
        if let lastAt, event.at < lastAt { throw Violation(sentence: "time runs backwards at \(event.words)") }
        lastAt = event.at
        if hasEnded, !Self.sequels.contains(entry.kind) {
            throw Violation(sentence: "\(event.words) after the task has ended")
        }
        if let step = entry.step, completed.contains(step), Self.beginnings.contains(entry.kind) {
            throw Violation(sentence: "\(event.words), and it has completed before")
        }
        try recordStep(event, machine)
    }

    /// What may follow an end: that the task is taken up again, what it is called, and what others reckon its calls, or its
    /// child's, to cost.
    private static let sequels: Set<EventKind> = [
        .retryRequested, .taskRepriced, .childRepriced, .taskRenamed, .taskTagged,
    ]

    /// What happens to no step that has completed.
    private static let beginnings: Set<EventKind> = [
        .stepStarted, .stepResumed, .stepCompleted, .stepFailed, .stepRetrying, .stepSkipped, .stepCancelled,
        .stepInterrupted, .stepWaiting, .stepQueued, .loopStarted, .branchChosen, .childStarted, .decisionRequested,
        .iterationStarted, .iterationFailed, .iterationCancelled, .iterationCompleted,
    ]

    private mutating func recordStep(_ event: Event, _ machine: TaskMachine) throws {
        switch event.body {
        case .stepStarted(let step, _, _): try start(step, machine)
        case .stepCompleted(let step, _, _), .stepReused(let step, _):
            try checkDue(step, event)
            completed.insert(step)
        case .iterationCompleted(let step, _, _): completed.insert(step)
        case .stepCancelled(let step, _, _): due[step] = nil
        case .stepFailed(let step, _, _, _):
            due[step] = nil
            failures[step, default: 0] += 1
        case .stepRetrying(let step, _, _, _, let until):
            failures[step, default: 0] += 1
            permits[step, default: 0] += 1
            due[step] = until
        case .stepWaiting(let step, _, let wait): due[step] = wait.until
        case .stepQueued(let step): try checkDue(step, event)
        case .decisionMade(let step, let ordinal, let decision):
            let kind = machine.state.decisions[ordinal]?.kind
            if decision.verdict == .retry { permits[step, default: 0] += 1 }
            // Sent back: all inside may run again.
            if decision.verdict == .retry, kind == .review { forget(inside: step) }
        case .decisionRequested(let request): due[request.step] = nil
        case .retryRequested:
            hasEnded = false
            for step in starts.keys { permits[step, default: 0] += 1 }
        case .taskCompleted, .taskFailed, .taskCancelled: hasEnded = true
        default: break
        }
    }

    private mutating func checkDue(_ step: StepPath, _ event: Event) throws {
        if let time = due.removeValue(forKey: step), event.at < time {
            throw Violation(sentence: "\(event.words) at \(event.at), and it is due at \(time)")
        }
    }

    private mutating func start(_ step: StepPath, _ machine: TaskMachine) throws {
        starts[step, default: 0] += 1
        guard let definition = machine.executable.definition(at: step), !definition.isRepeatable else { return }
        // What holds it may have been begun anew.
        let around = step.ancestors.reduce(0) { $0 + (permits[$1] ?? 0) }
        guard starts[step, default: 0] <= 1 + permits[step, default: 0] + around else {
            throw Violation(sentence: "\(step) may not be repeated, and starts again")
        }
    }

    private mutating func forget(inside step: StepPath) {
        completed = completed.filter { !step.contains($0) }
        starts = starts.filter { !step.contains($0.key) }
        due = due.filter { !step.contains($0.key) }
    }
}

extension Event {
    /// Kind and step.
    var words: String { entry.kind.rawValue + (entry.step.map { " \($0)" } ?? "") }
}
