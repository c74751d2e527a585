internal import Client
internal import Core
internal import Engine

/// An event as one plain line, for logs and pipes.
enum EventLine: Sendable {
    /// The line without its time.
    /// - Parameter progress: the state after the event.
    static func text(_ event: TaskEvent, in progress: TaskProgress) -> String {
        let text =
            if let name = event.step {
                "\(name): " + step(event, progress.step(name), of: progress.number)
            } else {
                task(event, progress)
            }
        return DisplayText.line(text)
    }

    private static func step(_ event: TaskEvent, _ step: StepProgress?, of task: TaskNumber) -> String {
        let after = step?.milliseconds.map(Quantity.duration)
        let failure = event.data?["failure"]?["message"]?.stringValue
        switch event.type {
        case .stepStarted: return (event.run ?? 1) > 1 ? "started again (run \(event.run ?? 1))" : "started"
        case .stepResumed: return "goes on where it was"
        case .turnCompleted:
            let model = event.data?["model"]?.stringValue ?? "the model"
            let tokens = Quantity.tokens(TokenUsage(event.data?["usage"]))
            return "\(model) answered" + (tokens.map { ", \($0)" } ?? "")
        case .toolStarted:
            let why = event.data?["reason"]?.stringValue ?? event.data?["arguments"]?.text
            return "calls \(step?.lastTool ?? "a tool")" + (why.map { ": \($0.prefix(200))" } ?? "")
        case .toolCompleted:
            let took = Quantity.duration(milliseconds: event.data?["duration_ms"]?.intValue ?? 0)
            let text = event.data?["parts"]?.arrayValue?.compactMap { $0["text"]?.stringValue }.first ?? ""
            let said = MarkedData.unmarked(text)
            let tool = step?.lastTool ?? "a tool"
            guard event.data?["error"]?.boolValue == true else { return "\(tool) has answered in \(took)" }
            return "\(tool) failed after \(took): \(said.prefix(200))"
        case .toolPaused: return "a tool asks: \(event.data?["question"]?["title"]?.stringValue ?? "")"
        case .agentNoticed: return "was told: \(event.data?["text"]?.stringValue ?? "")"
        case .requestSized: return "has put its first request together"
        case .stepCompleted:
            // How long a person or a clock was waited for is no work.
            let isWork = step?.started != nil
            return "completed" + (isWork ? after.map { " in \($0)" } ?? "" : "")
        case .stepFailed:
            let run = event.run ?? 1
            // How long the last one of several took says little.
            let time = run > 1 ? " for good in run \(run)" : after.map { " after \($0)" } ?? ""
            return "failed" + time + (failure.map { ": \($0)" } ?? "")
        case .stepSkipped: return "skipped" + (step?.note.map { ", \($0)" } ?? "")
        case .stepCancelled: return "cancelled"
        case .stepInterrupted: return "interrupted by a stop, runs again\(lostCall(event))"
        case .stepQueued: return "may go on"
        case .stepWaiting: return (step?.note ?? "waits") + until(step, near: event.at)
        case .stepRetrying:
            // The sentence goes on behind it.
            let reason = failure.map { $0.hasSuffix(".") ? String($0.dropLast()) : $0 }
            return "run \(event.run ?? 1) failed: \(reason ?? "")"
                + (step?.waitsUntil.map { "; runs again \(Quantity.moment($0, seenFrom: event.at))" } ?? "; runs again")
        case .stepReused, .loopStarted, .branchChosen: return step?.note ?? event.type.rawValue
        case .iterationStarted: return "started"
        case .iterationCompleted: return "completed"
        case .iterationFailed: return "failed" + (failure.map { ": \($0)" } ?? "")
        case .iterationCancelled: return "cancelled"
        case .timeoutReached: return failure ?? "its time is up"
        case .childStarted: return step?.note ?? "runs as a task of its own"
        case .childEnded: return "task #\(event.data?["task"]?.intValue ?? 0) has ended"
        case .decisionRequested:
            return "asks: \(event.data?["title"]?.stringValue ?? "")" + (step?.request.map { " (\($0))" } ?? "")
        case .decisionMade:
            let by = event.data?["by"]?.stringValue ?? "somebody"
            return "\(by) decided: \(event.data?["verdict"]?.stringValue ?? "")"
        default: return event.type.rawValue
        }
    }

    /// What is known of a call of a model that was cut off.
    private static func lostCall(_ event: TaskEvent) -> String {
        LostCall(event.data?["lost_call"]).map { ". \(DisplayText.line($0.sentence))" } ?? ""
    }

    private static func until(_ step: StepProgress?, near now: Timestamp) -> String {
        step?.waitsUntil.map { " (until \(Quantity.moment($0, near: now)))" } ?? ""
    }

    private static func task(_ event: TaskEvent, _ progress: TaskProgress) -> String {
        let by = event.data?["by"]?.stringValue.map { " by \($0)" } ?? ""
        switch event.type {
        case .taskCreated: return "task \(progress.number) created: \(progress.name)"
        case .taskAdmitted: return "task \(progress.number): gets its turn"
        case .cancelRequested: return "task \(progress.number): asked to stop" + by
        case .killRequested: return "task \(progress.number): aborted" + by
        case .retryRequested: return "task \(progress.number): retried" + by
        case .taskRepriced:
            let turns = event.data?["turns"]?.arrayValue?.count ?? 0
            return "task \(progress.number): \(Quantity.count(Int64(turns), "turn")) reckoned anew" + by
        case .childRepriced: return "task \(progress.number): a task below it was reckoned anew"
        case .limitsRaised:
            let child = event.data?["task"]?.intValue ?? 0
            return "task \(progress.number): has its limits raised with those of task \(child)" + by
        case .taskRenamed: return "task \(progress.number): is called \(progress.name)" + by
        case .taskTagged:
            let tags = event.data?["tags"]?.arrayValue?.compactMap(\.stringValue) ?? []
            let words = tags.isEmpty ? "has no tags" : "has the tags " + tags.joined(separator: ", ")
            return "task \(progress.number): \(words)" + by
        case .clockLeapt:
            let leap = Quantity.duration(milliseconds: event.data?["ms"]?.intValue ?? 0)
            return "task \(progress.number): the clock was set forwards by \(leap), which counts for nothing"
        case .taskCompleted: return "task \(progress.number): completed"
        case .taskFailed: return "task \(progress.number): failed" + (progress.sentence.map { ": \($0)" } ?? "")
        case .taskCancelled: return "task \(progress.number): cancelled"
        default: return "task \(progress.number): \(event.type.rawValue)"
        }
    }
}
