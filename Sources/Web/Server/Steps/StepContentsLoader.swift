internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Reads what one step was given and has made.
struct StepContentsLoader: Sendable {
    let runtime: Runtime

    /// The step without what stands in it.
    /// - Parameter run: the run whose turns are shown; nil for the latest.
    /// - Throws: `SignalboxError` with code `not_found` for a step or a run that there is not.
    func view(of path: StepPath, in task: TaskRow, run: RunNumber? = nil) async throws -> StepView {
        let record = try await runtime.contents(of: path, in: task)
        let step = record.step
        if let run, step.runs.run(run) == nil {
            throw SignalboxError(
                .notFound,
                "Step \"\(path.rawValue.prefix(64))\" of task \(task.number) has no turns of a run \(run).")
        }
        var children: [TaskRow] = []
        if let number = step.row?.childTask, let child = try await runtime.store.task(number) { children = [child] }
        var view = StepView(step, in: StepContext(task: task, children: children), run: run)
        view.isChosen = run != nil
        let attempts = try AttemptView.read(record.events, of: [path])[path] ?? []
        view.attempts = attempts.told(by: step.runs, of: path, in: task.number, run: run, state: view.state)
        if step.kind == "path" { view.tellChoice(of: step, path: path) }
        if view.failure != nil, step.isContainer, try await isTold(inside: path, view.failure, of: task) {
            view.failure = nil
        }
        if step.row != nil {
            let current = try await runtime.store.plan(named: task.planName)
            view.actions = StepActionsView(
                task: task.number, step: path, plan: current == nil ? nil : task.planName,
                isPlanChanged: current.map { $0.hash != task.planHash } ?? false, canRepeat: task.ended != nil)
        }
        return view
    }

    /// Whether something that has failed inside says the same.
    private func isTold(inside path: StepPath, _ failure: FailureView?, of task: TaskRow) async throws -> Bool {
        let failed = try await runtime.store.iterations(
            of: path, of: task.number, after: nil, isFailedOnly: true, limit: 1)
        return failed.steps.contains { $0.failureMessage == failure?.sentence }
    }
}
