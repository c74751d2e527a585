internal import Core
internal import Engine
internal import Runtime
internal import Store

extension AttemptView {
    /// How the runs of these steps went, told from their events, oldest first.
    static func read(_ events: [EventRow], of steps: Set<StepPath>) throws -> [StepPath: [AttemptView]] {
        guard !steps.isEmpty else { return [:] }
        var attempts: [StepPath: [AttemptView]] = [:]
        // Why there will be a next run, until it begins.
        var causes: [StepPath: String] = [:]
        for event in events {
            guard let step = event.step, steps.contains(step) else { continue }
            switch event.kind {
            case "step_started":
                attempts[step, default: []].append(
                    AttemptView(
                        number: event.run.map { Int($0.rawValue) } ?? (attempts[step]?.count ?? 0) + 1,
                        cause: causes.removeValue(forKey: step), startedAt: event.at))
            case "step_retrying":
                let payload = try JSON(parsing: event.payload)
                causes[step] = "the run before failed"
                attempts[step]?.end(event, .failed, payload["failure"])
                let until = payload["until"]?.intValue
                attempts[step]?.withLast { $0.nextAt = until.map(Timestamp.init(millisecondsSinceEpoch:)) }
            case "step_failed":
                causes[step] = "the task was retried"
                attempts[step]?.end(event, .failed, try JSON(parsing: event.payload)["failure"])
            case "step_completed": attempts[step]?.end(event, .completed)
            case "step_cancelled": attempts[step]?.end(event, .cancelled)
            case "step_interrupted":
                causes[step] = "the server had stopped"
                attempts[step]?.end(event, .cancelled)
                attempts[step]?.withLast { $0.sentence = "Interrupted when the server stopped." }
            case "step_resumed":
                causes[step] = nil
                attempts[step]?.withLast {
                    ($0.endedAt, $0.state, $0.sentence) = (nil, .running, nil)
                }
            case "decision_requested":
                attempts[step]?.end(event, .waiting)
            case "decision_made":
                let payload = try JSON(parsing: event.payload)
                guard payload["verdict"]?.stringValue == "retry" else { continue }
                let by = payload["by"]?.stringValue ?? "a person"
                causes[step] = "\(by) asked for it"
                attempts[step]?.withLast { $0.sentence = payload["feedback"]?.stringValue.map { "Sent back: \($0)" } }
            default: break
            }
        }
        return attempts
    }
}

extension [AttemptView] {
    /// Those that say more than the step itself does, with what is known of them where the step asks models.
    func told(
        by trace: StepTrace, of step: StepPath, in task: TaskNumber, run: RunNumber?, state: DisplayState
    ) -> [AttemptView] {
        guard trace.runs.isEmpty else { return with(trace, of: step, in: task, chosen: run, state: state) }
        return count > 1 || last?.nextAt != nil ? self : []
    }
}

extension [AttemptView] {
    fileprivate mutating func withLast(_ change: (inout AttemptView) -> Void) {
        guard !isEmpty else { return }
        change(&self[count - 1])
    }

    /// A request to a person ends a run for the time being; what comes after it says how it ended in truth.
    fileprivate mutating func end(_ event: EventRow, _ state: DisplayState, _ failure: JSON? = nil) {
        withLast { attempt in
            attempt.endedAt = attempt.endedAt ?? event.at
            attempt.state = state
            guard let cause = failure?["cause"]?.stringValue else { return }
            attempt.sentence = "\(Format.code(cause)): \(failure?["message"]?.stringValue ?? "")"
        }
    }
}
