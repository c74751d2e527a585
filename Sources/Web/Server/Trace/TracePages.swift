internal import Core
internal import Engine
internal import HTTPServer
internal import Runtime
internal import Store

/// The page with all that is on record of a step's runs; the page's script shows the same as a dialog.
struct TracePages: Sendable {
    let runtime: Runtime

    func install(in router: inout Router) {
        router.get("/tasks/{number}/steps/{step}/trace") { request in
            .page(TracePage.document(try await view(request)))
        }
    }

    private func view(_ request: Request) async throws -> TracePageView {
        let task = try await runtime.task(request.pathParameter("number"))
        let path = StepPath(rawValue: request.pathParameter("step"))
        let traced = try await runtime.tracedStep(path, of: task)
        guard let latest = traced.runs.last else {
            throw SignalboxError(
                .notFound, "Step \"\(path.rawValue.prefix(64))\" of task \(task.number) has no run on record.",
                hint: "It has not begun, or is computed without being run.")
        }
        let shown = try run(request.query["run"], of: traced) ?? latest
        let other = try run(request.query["with"], of: traced)
        return TracePageView(
            task: task.number, taskName: task.name, step: path, kind: traced.step.kind,
            summary: traced.step.summary, runs: traced.runs.map { AttemptView($0, of: traced, in: task.number) },
            shown: TraceRunView(shown, of: traced, in: task.number),
            other: other.flatMap { other in
                other.number == shown.number ? nil : TraceRunView(other, of: traced, in: task.number)
            }, isCutOff: traced.isCutOff, approvals: try await runtime.openRequestCount(), now: .now)
    }

    private func run(_ name: String?, of traced: TracedStep) throws -> TracedRun? {
        guard let name, !name.isEmpty else { return nil }
        guard let run = Int(name).flatMap({ traced.run(RunNumber(rawValue: $0)) }) else {
            throw SignalboxError(
                .notFound, "Step \"\(traced.step.path.rawValue.prefix(64))\" has no run \"\(name.prefix(20))\".",
                hint: "It has \(Format.count(traced.runs.count, "run")).")
        }
        return run
    }
}

extension AttemptView {
    /// A run as the selector of the trace names it.
    init(_ run: TracedRun, of traced: TracedStep, in task: TaskNumber) {
        let isLatest = traced.runs.last?.number == run.number
        let state: DisplayState =
            switch run.ending {
            case .stepCompleted?: .completed
            case .stepFailed?, .stepRetrying?: .failed
            case .stepCancelled?, .stepInterrupted?: .cancelled
            default: isLatest ? DisplayState(traced.step) : .cancelled
            }
        self.init(
            number: Int(run.number.rawValue), cause: run.cause, startedAt: run.startedAt, endedAt: run.endedAt,
            state: state, sentence: run.failure.map { "\(Format.code($0.cause.rawValue)): \($0.message)" },
            path: RunAddress(task: task, step: traced.step.path, run: run.number).trace)
        guard let spent = run.models?.spending, spent.modelCalls > 0 else { return }
        tokens = TokensView(spent.usage)
        cost = CostView(spent.cost, isKnown: spent.isCostKnown, isUsed: true)
    }
}
