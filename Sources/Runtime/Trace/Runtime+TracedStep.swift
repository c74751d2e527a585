public import Core
internal import Engine
public import Store

extension Runtime {
    /// A step with all of its runs, each with its contents.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func tracedStep(_ path: StepPath, of task: TaskRow) async throws -> TracedStep {
        let record = try await step(path, of: task)
        let events = try await store.events(of: task.number, step: path, limit: TaskDetail.eventsMaximum)
        var traced = TracedStep(step: record.step, runs: [], isCutOff: record.isCutOff)
        for event in events { try await traced.note(event) { try await payload(of: event) } }
        for place in traced.runs.indices {
            traced.runs[place].models = record.step.runs.run(traced.runs[place].number)
            if traced.runs[place].models?.entries.isEmpty ?? false { traced.runs[place].models = nil }
        }
        return traced
    }
}

extension TracedStep {
    fileprivate mutating func note(_ event: EventRow, payload: () async throws -> JSON) async throws {
        guard let kind = EventKind(rawValue: event.kind), let number = event.run ?? runs.last?.number else { return }
        switch kind {
        case .stepStarted:
            var run = TracedRun(number: number, startedAt: event.at)
            run.input = try await payload()["input"]
            run.cause = runs.last.map(Self.cause)
            runs.append(run)
        case .stepCompleted:
            if runs.last?.number != number { runs.append(TracedRun(number: number)) }
            let result = try StepResult(try await payload())
            change {
                ($0.endedAt, $0.ending, $0.output, $0.trace) = (event.at, kind, result.output, result.trace)
                $0.files = result.files.map(TaskFileDetail.init)
            }
        case .stepFailed, .stepRetrying:
            let payload = try await payload()
            let failure = try Failure(payload["failure"])
            change { ($0.endedAt, $0.ending, $0.failure, $0.trace) = (event.at, kind, failure, payload["trace"]) }
        case .stepCancelled:
            let trace = try await payload()["trace"]
            change { ($0.endedAt, $0.ending, $0.trace) = (event.at, kind, trace) }
        case .stepInterrupted: change { ($0.endedAt, $0.ending) = (event.at, kind) }
        case .stepResumed: change { ($0.endedAt, $0.ending) = (nil, nil) }
        default: break
        }
    }

    private mutating func change(_ change: (inout TracedRun) -> Void) {
        guard !runs.isEmpty else { return }
        change(&runs[runs.count - 1])
    }

    /// Why a run followed on that one.
    private static func cause(after run: TracedRun) -> String {
        switch run.ending {
        case .stepRetrying: "the run before failed"
        case .stepFailed: "the task was retried"
        case .stepInterrupted: "the server had stopped"
        case .stepCompleted: "a person wanted it done again"
        default: "the run before had ended"
        }
    }
}
