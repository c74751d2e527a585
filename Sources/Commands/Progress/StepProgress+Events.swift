internal import Client
internal import Core
internal import Engine

extension StepProgress {
    /// Takes an event of this step.
    mutating func apply(_ event: TaskEvent, of task: TaskNumber) {
        switch event.type {
        case .stepStarted:
            begin(event)
            milliseconds = nil
            note = nil
        case .stepResumed:
            idle.end(at: event.at)
            status = .running
            stopWaiting()
        case .turnCompleted:
            usage += TokenUsage(event.data?["usage"])
            openCalls = [:]
            wantedTools = [:]
            for call in event.data?["calls"]?.arrayValue ?? [] {
                guard let id = call["id"]?.stringValue, let tool = call["tool"]?.stringValue else { continue }
                wantedTools[id] = tool
            }
        case .toolStarted:
            lastTool = event.data?["tool"]?.stringValue ?? "a tool"
            openCalls[event.data?["id"]?.stringValue ?? ""] = lastTool
            note = "calls \(openCalls.values.sorted().joined(separator: ", "))"
        case .toolCompleted:
            let id = event.data?["id"]?.stringValue ?? ""
            lastTool = openCalls.removeValue(forKey: id) ?? wantedTools[id] ?? "a tool"
            let isError = event.data?["error"]?.boolValue == true
            note =
                openCalls.isEmpty
                ? "\(lastTool ?? "a tool") \(isError ? "failed" : "has answered")"
                : "calls \(openCalls.values.sorted().joined(separator: ", "))"
        case .stepCompleted:
            end(.completed, event)
            note = loop?.text ?? takenPath.map { "→ \($0)" } ?? event.data?["output"].map(OutputPreview.text)
        case .stepFailed:
            end(.failed, event)
            note = event.failureMessage
        case .stepSkipped:
            status = .skipped
            note = event.data?["condition"]?.stringValue.map { "not met: \($0)" }
        case .stepCancelled: end(.cancelled, event)
        case .stepInterrupted:
            status = .queued
            note = "interrupted, runs again"
        case .stepWaiting:
            wait(event)
            // When a clock is waited for, until when says it all.
            note =
                event.data?["reason"]?.stringValue == WaitReason.timer.rawValue
                ? nil
                : event.data?["sentence"]?.stringValue ?? event.data?["reason"]?.stringValue.map(WaitingText.words)
        case .stepRetrying:
            wait(event)
            isRetrying = true
            note = "run \(event.run ?? 1) failed: \(event.failureMessage ?? "")"
        case .decisionRequested:
            wait(event)
            request = event.data?["ordinal"]?.intValue.map { "\(task.rawValue)-\($0)" }
            note = [request, event.data?["title"]?.stringValue].compactMap(\.self).joined(separator: " ")
            waitsUntil = Timestamp(milliseconds: event.data?["expires"])
        case .stepQueued:
            status = .queued
            stopWaiting()
            note = nil
        case .decisionMade: stopWaiting()
        case .stepReused:
            status = .completed
            note = event.data?["task"]?.intValue.map { "reused from #\($0)" } ?? "reused"
        case .loopStarted:
            begin(event)
            loop = LoopProgress(
                total: event.data?["times"]?.intValue.map { Int(clamping: $0) }
                    ?? event.data?["items"]?.arrayValue?.count)
            note = loop?.text
        case .iterationStarted:
            status = .running
            started = event.at
        case .branchChosen:
            begin(event)
            takenPath = event.data?["path"]?.stringValue ?? "no path"
            note = BranchText.words(takenPath, event.data?["reason"])
        case .childStarted:
            wait(event)
            childTask = event.data?["task"]?.intValue.map(TaskNumber.init(rawValue:))
            note = childTask.map { "runs as task \($0)" }
        default: break
        }
    }

    /// An iteration that has begun or ended is counted; one that has ended is taken out.
    mutating func settleIteration(_ name: Substring, _ event: TaskEvent) {
        guard let place = children.firstIndex(where: { $0.name == name }) else { return }
        let iteration = children.remove(at: place)
        var loop = loop ?? LoopProgress()
        loop.settled += iteration.leaves
        loop.settledUsage += iteration.allUsage
        loop.begun += 1
        if event.type != .iterationCancelled { loop.finished += 1 }
        if event.type == .iterationFailed { loop.failed += 1 }
        self.loop = loop
        note = loop.text
    }

    /// Takes what had failed, and what was cancelled because of it, up again.
    mutating func reopen() {
        for place in children.indices { children[place].reopen() }
        guard status == .failed || status == .cancelled else { return }
        status = loop == nil && takenPath == nil ? .queued : .running
        stopWaiting()
        if let started, let milliseconds {
            let worked = started.millisecondsSinceEpoch + milliseconds + idle.milliseconds
            idle.begin(at: Timestamp(millisecondsSinceEpoch: worked))
        }
        milliseconds = nil
        note = loop?.text ?? takenPath.map { "→ \($0)" }
        if var loop {
            loop.begun -= loop.failed
            loop.finished -= loop.failed
            loop.failed = 0
            self.loop = loop
        }
    }

    private mutating func begin(_ event: TaskEvent) {
        idle.end(at: event.at)
        status = .running
        // Of all its runs, as everywhere.
        started = started ?? event.at
        stopWaiting()
    }

    private mutating func wait(_ event: TaskEvent) {
        end(.waiting, event)
        waitsUntil = Timestamp(milliseconds: event.data?["until"]) ?? Timestamp(milliseconds: event.data?["deadline"])
    }

    private mutating func stopWaiting() {
        request = nil
        waitsUntil = nil
        isRetrying = false
    }

    private mutating func end(_ status: Client.StepStatus, _ event: TaskEvent) {
        self.status = status
        idle.end(at: event.at)
        milliseconds = started.map { max(0, event.at.milliseconds(since: $0) - idle.milliseconds) }
        stopWaiting()
    }
}

extension StepProgress {
    /// Takes what the server tells of this step.
    /// - Parameter path: the one that it has taken, of a branch.
    mutating func take(_ step: StepSummary, takenPath path: String?) {
        kind = step.kind
        status = step.status
        started = step.started
        milliseconds = step.durationMilliseconds
        idle = IdleTime(milliseconds: step.idleMilliseconds)
        usage = step.usage
        childTask = step.childTask
        note = step.failure ?? step.preview
        if !step.blocks.isEmpty { blocks = step.blocks }
        if kind == "branch", step.reason != nil, status != .queued {
            takenPath = path ?? "no path"
            note = step.failure ?? BranchText.words(path, step.reason)
        } else if status == .skipped {
            note = step.reason?["expression"]?.stringValue.map { "not met: \($0)" }
        }
        if let iterations = step.iterations {
            var counts = LoopProgress(total: iterations.total)
            counts.finished = iterations.finished
            counts.failed = iterations.failed
            counts.begun = iterations.finished
            loop = counts
            note = step.failure ?? counts.text
        }
        if step.isReused { note = "reused" + (note.map { ": \($0)" } ?? "") }
        guard let wait = step.waiting else { return }
        waitsUntil = wait.until
        isRetrying = wait.reason == .retry
        note = wait.reason == .timer ? nil : wait.sentence ?? WaitingText.words(wait.reason.rawValue)
        if case .request(let id)? = wait.blocker {
            request = id
            note = "\(id) \(note ?? "")"
        }
    }
}

extension TaskEvent {
    fileprivate var failureMessage: String? { data?["failure"]?["message"]?.stringValue }
}

extension Timestamp {
    /// The form of the journal.
    fileprivate init?(milliseconds json: JSON?) {
        guard let milliseconds = json?.intValue else { return nil }
        self.init(millisecondsSinceEpoch: milliseconds)
    }
}

/// Why something waits, in words.
enum WaitingText: Sendable {
    static func words(_ reason: String) -> String {
        reason == "in_doubt" ? "in doubt: a person must say what happened" : "waits: \(reason)"
    }
}

/// Which path a branch has taken and why, in words.
enum BranchText: Sendable {
    /// `→ large: inputs.amount > 1000`, or what the agent said that chose.
    static func words(_ path: String?, _ reason: JSON?) -> String {
        let taken = "→ \(path ?? "no path")"
        let why =
            reason?["reason"]?.stringValue
            ?? reason?["considered"]?.arrayValue?.first { $0["holds"]?.boolValue == true }?["explanation"]?[
                "expression"]?.stringValue
        return taken + (why.map { ": \($0)" } ?? "")
    }
}
