internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// Reads what the steps of a task show.
enum StepsPart: Sendable {
    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> StepsPartView {
        let detail = try await runtime.detail(of: task)
        var view = try StepsPartView(detail, user: runtime.decider, run: try request.chosenRun)
        view.input.files = try await FileView.previewed(detail.files, runtime)
        view.files = try await FileView.previewed(detail.steps.flatMap(\.files), runtime)
        view.story = Story.tell(try await StoryRecord.read(task, runtime))
        return view
    }
}

extension StepsPartView {
    /// The steps with all they were given and have made.
    /// - Parameters:
    ///   - user: in whose name decisions are made here.
    ///   - run: the step and the run of it whose turns are shown; nil for the latest of each step.
    /// - Throws: `SignalboxError` with code `not_found` when the task has no such run.
    init(_ detail: TaskDetail, user: String, run: (step: StepPath, number: RunNumber)? = nil) throws {
        let task = detail.task
        let chosen = try run.map { run in
            guard detail.steps.first(where: { $0.path == run.step })?.runs.run(run.number) != nil else {
                throw SignalboxError(
                    .notFound,
                    "Step \"\(run.step.rawValue.prefix(64))\" of task \(task.number) has no turns of a run \(run.number)."
                )
            }
            return RunAddress(task: task.number, step: run.step, run: run.number)
        }
        var tree = try StepViewTree(detail, chosen: chosen)
        let requests = detail.requests
        self.init(
            input: InputView(values: detail.inputs, files: detail.files.map { FileView($0) }, task: task.number),
            steps: tree.views(),
            outputs: (detail.outputs ?? [:]).map { OutputView(name: $0.name, value: $0.value, of: task.number) },
            files: detail.steps.flatMap(\.files).map { FileView($0) },
            settled: requests.filter { $0.row.state != DecisionRow.openState }.map {
                RequestView($0.row, $0.request, $0.decision, in: requests.map(\.row), user: user)
            }, chosenRun: chosen)
    }
}
