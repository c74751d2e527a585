internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Reads what the steps of a task show: their rows, and of the step that the address asks for, or that has failed, what it
/// was given and has made.
enum StepsPart: Sendable {
    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> StepsPartView {
        var query = try StepsQuery(request)
        let text = query.text
        // What made the task fail is worth seeing at once.
        if query.step == nil, task.status == "failed" { query.step = task.sentenceStep }
        var steps = try await views(of: task, query, runtime, isStream: request.isStream)
        if !request.isStream { try await steps.tell(query, of: task, runtime) }
        let (inputs, files) = try await runtime.given(of: task)
        let outputs = task.status == "completed" ? try await runtime.outputs(of: task) : [:]
        var view = StepsPartView(
            input: InputView(
                values: inputs, files: try await FileView.previewed(files.map { FileView($0) }, runtime),
                task: task.number), steps: steps,
            outputs: outputs.map { OutputView(name: $0.name, value: $0.value, of: task.number) },
            files: try await FileView.previewed(try await KeptFiles.shared.files(of: task, runtime), runtime),
            settled: try await SettledRequestsLoader.load(task, runtime), query: text)
        // Files may be kept until the end.
        if task.ended == nil || view.outputs.isEmpty && view.files.isEmpty {
            let mayHaveResult = try await runtime.plan(of: task).mayHaveResult
            view.isResultAwaited = mayHaveResult && task.ended == nil
            view.isResultMissing = mayHaveResult && task.ended != nil
            view.isCompleted = task.status == "completed"
        }
        view.story = Story.tell(try await StoryRecord.read(task, runtime))
        return view
    }

    private static func views(
        of task: TaskRow, _ query: StepsQuery, _ runtime: Runtime, isStream: Bool
    ) async throws -> [StepView] {
        // Whoever follows the stream has loaded what is opened, and loads it again when it has changed.
        let opening = isStream ? StepOpening() : query.opening
        let overview = try await runtime.overview(of: task, opening: opening)
        var tree = StepViewTree(overview, try await StepContext.read(task, runtime))
        return tree.views()
    }
}

extension Plan {
    /// Whether a task of it hands something out.
    fileprivate var mayHaveResult: Bool { !outputs.isEmpty || steps.contains(where: \.keepsFiles) }
}

extension StepDefinition {
    /// Whether it, or something in it, keeps files.
    fileprivate var keepsFiles: Bool {
        if case .command(let command) = kind { return !command.outputFiles.isEmpty }
        return kind.blocks.contains { $0.block.steps.contains(where: \.keepsFiles) }
    }
}

extension [StepView] {
    /// Tells what stands in the step that is asked for, wherever it is among these; one that has not come up is none.
    fileprivate mutating func tell(_ query: StepsQuery, of task: TaskRow, _ runtime: Runtime) async throws {
        guard let path = query.step, withDescendants.contains(where: { $0.path == path }) else {
            guard query.run == nil else {
                throw SignalboxError(.notFound, "Task \(task.number) has no such run of a step.")
            }
            return
        }
        let told = try await StepContentsLoader(runtime: runtime).view(of: path, in: task, run: query.run)
        change(path) { $0.take(told) }
    }

    private mutating func change(_ path: StepPath, _ change: (inout StepView) -> Void) {
        for place in indices {
            if self[place].path == path {
                change(&self[place])
            } else if self[place].path.contains(path) {
                self[place].children.change(path, change)
            }
        }
    }
}

extension StepView {
    /// Becomes the step with all it was given and has made, and stays where and how it stands.
    fileprivate mutating func take(_ told: StepView) {
        var whole = told
        (whole.children, whole.parts, whole.page) = (children, parts, page)
        (whole.state, whole.pathsNotTaken) = (state, pathsNotTaken)
        whole.contents = contents
        whole.contents?.isLoaded = true
        whole.isChosen = true
        self = whole
    }
}

extension StepsPartView {
    /// The steps with all they were given and have made, for a page that is kept.
    /// - Parameter user: in whose name decisions are made here.
    init(_ detail: TaskDetail, user: String) throws {
        let task = detail.task
        var tree = try StepViewTree(detail)
        let requests = detail.requests
        self.init(
            input: InputView(values: detail.inputs, files: detail.files.map { FileView($0) }, task: task.number),
            steps: tree.views(),
            outputs: (detail.outputs ?? [:]).map { OutputView(name: $0.name, value: $0.value, of: task.number) },
            files: detail.steps.flatMap(\.files).map { FileView($0) },
            settled: requests.filter { $0.row.state != DecisionRow.openState }.map {
                RequestView($0.row, $0.request, $0.decision, in: requests.map(\.row), user: user)
            })
    }
}
