internal import Client
internal import Core

/// What is known of a task while it is followed: a fold over its events, begun from its plan.
struct TaskProgress: Sendable {
    var number: TaskNumber
    var name: String
    var status: Client.TaskStatus = .queued
    /// The steps of the plan; what stands in them stands below them.
    var steps: [StepProgress]
    var started: Timestamp?
    var ended: Timestamp?
    /// Why it failed or what it waits for.
    var sentence: String?
    var position = Position.zero
    /// When the last event was written.
    private var lastAt: Timestamp?
    /// When steps were found cut off last, and since when they were.
    private var cutOff: (found: Timestamp, since: Timestamp)?
    private var hasIdled = false
    /// Counts, active time and usage as the server says them; set at the end.
    private var settled: (counts: StepCounts, milliseconds: Int64, usage: TokenUsage)?

    /// A task of which nothing has happened yet.
    init(before details: TaskDetails) {
        number = details.summary.number
        name = details.summary.name
        steps = details.steps.filter { !$0.path.contains("/") }.map { step in
            StepProgress(name: step.path, path: step.path, kind: step.kind, blocks: step.blocks)
        }
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
        settled = (summary.progress, summary.activeMilliseconds, summary.usage)
        var taken: [String: String] = [:]
        for step in details.steps where step.kind == "path" {
            let path = StepPath(rawValue: step.path)
            if let branch = path.parent { taken[branch.rawValue] = String(path.name) }
        }
        for step in details.steps { change(step.path) { $0.take(step, takenPath: taken[step.path]) } }
    }

    /// Steps that are not skipped, those of them that have ended, and the one at work (product §4).
    var counts: StepCounts {
        if let settled { return settled.counts }
        let leaves = steps.reduce(into: LeafCounts()) { $0 += $1.leaves }
        return StepCounts(
            current: status.isFinal ? leaves.finished : min(leaves.finished + 1, leaves.total), total: leaves.total,
            finished: leaves.finished, failed: leaves.failed)
    }

    var usage: TokenUsage { settled?.usage ?? steps.reduce(into: .zero) { $0 += $1.allUsage } }

    /// How long it has been at work, in milliseconds; nil before its start.
    func milliseconds(at now: Timestamp) -> Int64? {
        if let settled { return settled.milliseconds }
        return started.map { max(0, (ended ?? now).milliseconds(since: $0)) }
    }

    /// The status as far as events have told.
    var shownStatus: Client.TaskStatus { status == .running && mayWait ? .waiting : status }

    /// Whether a step waits and nothing else of the task can be at work.
    var mayWait: Bool {
        let leaves = allLeaves
        return leaves.contains { $0.status == .waiting } && !leaves.contains { $0.status == .running }
    }

    /// The ids of the requests to people that are open, as far as events have told.
    var openRequests: [String] { allLeaves.compactMap { $0.status == .waiting ? $0.request : nil } }

    /// Whether a step waits for the task that does its work.
    var waitsForChild: Bool { allLeaves.contains { $0.status == .waiting && $0.childTask != nil } }

    /// The steps in which no others stand.
    private var allLeaves: [StepProgress] { steps.flatMap(\.allLeaves) }

    /// The step, iteration or path at that place.
    func step(_ path: String) -> StepProgress? {
        var found: StepProgress?
        var level = steps
        for part in path.split(separator: "/", omittingEmptySubsequences: false) {
            guard let next = level.first(where: { $0.name == part }) else { return nil }
            found = next
            level = next.children
        }
        return found
    }

    /// Takes the next event.
    mutating func apply(_ event: TaskEvent) {
        noteIdling(event)
        position = event.position
        lastAt = event.at
        if let path = event.step {
            if started == nil { started = event.at }
            status = .running
            let number = number
            change(path) { $0.apply(event, of: number) }
            if event.type.endsIteration { endIteration(path, event) }
        }
        switch event.type {
        case .taskCompleted: end(.completed, event)
        case .taskFailed:
            end(.failed, event)
            sentence = event.data?["failure"]?["message"]?.stringValue
        case .taskCancelled: end(.cancelled, event)
        case .taskRenamed: name = event.data?["name"]?.stringValue ?? name
        case .retryRequested:
            status = .running
            ended = nil
            sentence = nil
            hasIdled = true
            for place in steps.indices { steps[place].reopen() }
        default: break
        }
    }

    /// What the engine does: `TaskMachine.cutOff`, `endIdling`.
    private mutating func noteIdling(_ event: TaskEvent) {
        guard let path = event.step else { return }
        let isInDoubt =
            event.type == .decisionRequested && event.data?["kind"]?.stringValue == "in_doubt"
            || event.type == .stepWaiting && event.data?["reason"]?.stringValue == "in_doubt"
        if event.type == .stepInterrupted || isInDoubt {
            if cutOff?.found != event.at { cutOff = (event.at, lastAt ?? event.at) }
            let since = cutOff?.since ?? event.at
            hasIdled = true
            changeHolders(of: path) { $0.idle.begin(at: since) }
        }
        guard hasIdled, event.endsIdling else { return }
        changeHolders(of: path) { $0.idle.end(at: event.at) }
    }

    /// Changes a step and all that it stands in.
    private mutating func changeHolders(of path: String, _ body: (inout StepProgress) -> Void) {
        let path = StepPath(rawValue: path)
        for holder in [path] + path.ancestors { change(holder.rawValue, body) }
    }

    private mutating func end(_ status: Client.TaskStatus, _ event: TaskEvent) {
        self.status = status
        ended = event.at
    }

    /// Changes what stands at a path; what it stands in is made if need be.
    private mutating func change(_ path: String, _ body: (inout StepProgress) -> Void) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let place = steps.firstIndex(where: { $0.name == parts[0] }) else { return }
        steps[place].change(parts.dropFirst(), body)
    }

    /// An iteration that has ended leaves its numbers with its loop: a loop may have a million of them.
    private mutating func endIteration(_ path: String, _ event: TaskEvent) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let name = path[path.index(after: slash)...]
        change(String(path[..<slash])) { $0.settleIteration(name, event) }
    }
}

extension TaskEvent {
    /// Whether something of a step is done or waited for, or it has come to its end. Room to run is none of that.
    fileprivate var endsIdling: Bool {
        switch type {
        case .stepStarted, .stepResumed, .stepRetrying, .decisionRequested, .childStarted, .stepCompleted, .stepFailed,
            .stepCancelled, .stepReused:
            true
        case .stepWaiting: data?["reason"]?.stringValue != WaitReason.capacity.rawValue
        default: false
        }
    }
}

extension EventType {
    /// Whether it is the end of an iteration.
    fileprivate var endsIteration: Bool {
        [.iterationCompleted, .iterationFailed, .iterationCancelled].contains(self)
    }
}
