internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Reads what the flowchart of a task shows: the rows of what is drawn, and of its branches why they went where.
struct FlowPart {
    /// Branches of which it is told why.
    private static let branchesMaximum = 100
    private static let openedMaximum = 16

    private let task: TaskRow
    private let runtime: Runtime
    /// By the places of loops: the iteration that is drawn, nil inside for the one that tells most.
    private var opened: [String: Int?] = [:]
    private var asked: [StepPath] = []
    private var address: FlowAddress
    private var knowledge = FlowKnowledge()
    private var loops: [FlowLoopView] = []
    private var branches: [FlowBranchView] = []
    private var waits = WaitingPlaces.none

    static func load(_ task: TaskRow, _ request: Request, _ runtime: Runtime) async throws -> FlowView {
        let plan = try await runtime.plan(of: task)
        var part = FlowPart(task, runtime, opened: request.query["open"] ?? "", plan)
        return try await part.view(of: plan)
    }

    private init(_ task: TaskRow, _ runtime: Runtime, opened text: String, _ plan: Plan) {
        self.task = task
        self.runtime = runtime
        address = FlowAddress(task: task.number, opened: [])
        for part in text.split(separator: ",").prefix(Self.openedMaximum) {
            let path = StepPath(rawValue: String(part))
            guard let location = plan.location(of: path), case .forEach = location.step.kind else { continue }
            opened.updateValue(location.iteration, forKey: location.place)
            asked.append(path)
        }
        address.opened = asked
    }

    private mutating func view(of plan: Plan) async throws -> FlowView {
        let opened = opened
        let chart = FlowchartBuilder.chart(of: plan) { opened[$0] != nil }
        let layout = try await runtime.graphs.layout(of: Flowchart.sketch(of: chart, hasStates: true))
        knowledge.stations = [:]
        waits = try await WaitingPlaces.read(task, runtime)
        try await visit(plan.steps, in: nil, below: "", isAllowed: false)
        return FlowView(
            task: task.number, planName: plan.name, chart: chart, layout: layout, knowledge: knowledge, loops: loops,
            branches: branches, opened: asked)
    }

    /// Takes what is known of the steps of a block.
    /// - Parameter isAllowed: whether what it stands in may fail.
    private mutating func visit(
        _ steps: [StepDefinition], in container: StepPath?, below prefix: String, isAllowed: Bool
    ) async throws {
        let listing = try await runtime.store.steps(
            of: task.number, below: container, offset: 0, limit: Limits.planStepsMaximum)
        let rows = Dictionary(listing.steps.map { ($0.path, $0) }) { first, _ in first }
        for step in steps {
            let path = container?.appending(step.name) ?? StepPath(rawValue: step.name)
            let place = prefix + step.name
            let isAllowed = isAllowed || step.continuesOnError
            note(step, rows[path], at: path, place, isAllowed: isAllowed)
            knowledge.addresses[place] = StepAddress(task: task.number, step: path).onTaskPage
            switch step.kind {
            case .branch(let branch):
                try await visit(branch, rows[path], at: path, place, isAllowed: isAllowed)
            case .forEach(let loop):
                try await visit(loop, rows[path], at: path, place, isAllowed: isAllowed)
            default: break
            }
        }
    }

    private mutating func note(
        _ step: StepDefinition, _ row: StepRow?, at path: StepPath, _ place: String, isAllowed: Bool
    ) {
        var station = FlowStation(
            path: path, state: waits.state(DisplayState(row, isFailureAllowed: isAllowed), at: path))
        station.duration = DurationView(row)
        station.isUnreached = row == nil && task.ended != nil
        station.child = row?.childTask
        station.reason = row?.failureMessage ?? row?.sentence
        if let row, case .forEach = step.kind, let finished = row.iterationsFinished {
            station.loop = LoopView(
                total: row.iterationsTotal, finished: finished, failed: row.iterationsFailed ?? 0)
        }
        knowledge.stations?[place] = station
    }

    /// Steps that nothing is known of yet.
    private mutating func noteWaiting(_ steps: [StepDefinition], in container: StepPath, below prefix: String) {
        for step in steps {
            let place = prefix + step.name
            note(step, nil, at: container.appending(step.name), place, isAllowed: false)
            for (name, block) in step.kind.blocks {
                noteWaiting(
                    block.steps, in: container.appending(step.name),
                    below: place + "/" + (name.isEmpty ? "" : name + "/"))
            }
        }
    }

    private mutating func visit(
        _ branch: BranchDefinition, _ row: StepRow?, at path: StepPath, _ place: String, isAllowed: Bool
    ) async throws {
        let parts =
            row == nil ? [] : try await runtime.store.steps(of: task.number, below: path, offset: 0, limit: 2).steps
        let taken = parts.first.map { String($0.path.name) }
        // A branch that was skipped or cancelled has not decided against any path.
        let hasChosen = taken != nil || row?.status == "completed"
        let whileUndecided = task.ended == nil ? FlowPathState.open : .unreached
        for definition in branch.allPaths {
            let inside = "\(place)/\(definition.name)"
            knowledge.paths[inside] = definition.name == taken ? .taken : hasChosen ? .notTaken : whileUndecided
            knowledge.addresses[inside] = "#\(ElementID.flowPath(inside))"
            let container = path.appending(definition.name)
            if definition.name == taken {
                try await visit(definition.block.steps, in: container, below: inside + "/", isAllowed: isAllowed)
            } else {
                noteWaiting(definition.block.steps, in: container, below: inside + "/")
            }
        }
        try await explain(branch, hasChosen: hasChosen, at: path, place)
    }

    private mutating func explain(
        _ branch: BranchDefinition, hasChosen: Bool, at path: StepPath, _ place: String
    ) async throws {
        guard branches.count < Self.branchesMaximum else { return }
        var reason: JSON?
        if hasChosen,
            let event = try await runtime.store.newestEvent(of: task.number, kind: "branch_chosen", step: path)
        {
            reason = try await runtime.payload(of: event)["reason"]
        }
        let considered = reason?["considered"]?.arrayValue ?? []
        let paths = branch.allPaths.enumerated().map { ordinal, definition in
            let inside = "\(place)/\(definition.name)"
            let found = considered.first { $0["path"]?.stringValue == definition.name }
            return FlowBranchView.Path(
                name: definition.name, place: inside, state: knowledge.paths[inside] ?? .open,
                condition: FlowWords.condition(of: definition, isOtherwise: ordinal == branch.paths.count),
                explanation: found.flatMap { ConditionView($0["explanation"]) })
        }
        branches.append(FlowBranchView(branch: path, choice: reason.flatMap { ChoiceView($0) }, paths: paths))
    }

    private mutating func visit(
        _ loop: LoopDefinition, _ row: StepRow?, at path: StepPath, _ place: String, isAllowed: Bool
    ) async throws {
        guard let wanted = opened[place] else {
            knowledge.folds[place] = address.opening(path, of: path, at: place)
            return
        }
        let fold = address.folding(path, at: place)
        knowledge.folds[place] = fold
        var view = FlowLoopView(
            loop: path, iteration: wanted, begun: 0, words: knowledge.stations?[place]?.loop?.words ?? "not begun",
            fold: fold)
        if row != nil { try await choose(&view, at: place) }
        loops.append(view)
        guard let iteration = view.iteration else {
            return noteWaiting(loop.body.steps, in: path, below: place + "/")
        }
        try await visit(
            loop.body.steps, in: path.appending(iteration), below: place + "/",
            isAllowed: isAllowed || loop.continuesOnItemError)
    }

    /// Which iteration is drawn: the one that was asked for, else the first that failed, else the latest.
    private func choose(_ view: inout FlowLoopView, at place: String) async throws {
        let loop = view.loop
        let failed = try await runtime.store.iterations(
            of: loop, of: task.number, after: nil, isFailedOnly: true, limit: 1
        ).steps.first.map(\.ordinal)
        let begun = try await runtime.store.steps(of: task.number, below: loop, offset: 0, limit: 1).total
        view.begun = begun
        guard begun > 0 else {
            view.iteration = nil
            return
        }
        let iteration = min(view.iteration ?? failed ?? begun - 1, begun - 1)
        view.iteration = iteration
        func link(_ index: Int) -> String { address.opening(loop.appending(index), of: loop, at: place) }
        if iteration > 0 { view.previous = link(iteration - 1) }
        if iteration < begun - 1 { view.next = link(iteration + 1) }
        if let failed, failed != iteration { view.firstFailed = link(failed) }
    }
}
