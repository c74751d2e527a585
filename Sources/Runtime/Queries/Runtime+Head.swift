public import Core
internal import Engine
internal import Plans
public import Store

extension Runtime {
    /// What stands above every part of a task's page.
    public func head(of task: TaskRow) async throws -> TaskHead {
        let executable = try await executable(of: task)
        let finder = StepFinder(executable: executable, task: task.number, store: store)
        let roots = try await finder.page(
            in: .root, after: nil, isFailedOnly: false, size: Limits.planStepsMaximum)
        var head = TaskHead(task: task, planSummary: executable.plan.summary, steps: roots.steps)
        switch task.status {
        case "waiting":
            let rows = try await store.waitingSteps(of: task.number, limit: TaskHead.waitingMaximum)
            head.waiting = rows.compactMap { row in
                executable.definition(at: row.path).map { StepDetail($0, at: row.path, row) }
            }
        case "failed":
            if let path = task.sentenceStep { head.failed = try await failure(at: path, of: task, finder) }
        default: break
        }
        try await readRequests(of: task, into: &head)
        // Counting looks through all steps; of a long task that goes on it waits for the end.
        if executable.plan.steps.haveHTTP, task.ended != nil || task.totalSteps <= TaskHead.countedStepsMaximum {
            head.httpCalls = try await store.stepCount(of: task.number, kind: "http")
        }
        head.currentPlan = try await store.plan(named: task.planName)?.hash
        head.children = try await store.children(of: task.number, limit: TaskDetail.linksMaximum)
        head.reruns = try await store.reruns(of: task.number, limit: TaskDetail.linksMaximum)
        if !task.isAdmitted, task.ended == nil { head.queue = try await journal.queue(of: task.number) }
        return head
    }

    /// What a task was given. It stands in its first event.
    public func given(of task: TaskRow) async throws -> (inputs: JSONObject, files: [TaskFileDetail]) {
        guard let event = try await store.events(after: .zero, of: task.number, limit: 1).first,
            event.kind == EventKind.taskCreated.rawValue
        else { return ([:], []) }
        let origin = try TaskOrigin(try await payload(of: event))
        return (origin.inputs, origin.files.map(TaskFileDetail.init))
    }

    private func readRequests(of task: TaskRow, into head: inout TaskHead) async throws {
        head.requests =
            try await store.decisions(
                DecisionQuery(isOpenOnly: false, task: task.number, size: TaskHead.requestsMaximum)
            ).decisions
        guard task.openRequests > 0 else { return }
        let open = try await store.decisions(
            DecisionQuery(isOpenOnly: true, task: task.number, size: TaskHead.openMaximum))
        for row in open.decisions { head.open.append(try await decision(row.id)) }
    }

    /// The step with what its last run was given and has left behind.
    private func failure(at path: StepPath, of task: TaskRow, _ finder: StepFinder) async throws -> StepDetail? {
        guard var step = try await finder.place(at: path).detail else { return nil }
        for kind in [EventKind.stepStarted, .stepFailed] {
            guard
                let event = try await store.newestEvent(of: task.number, kind: kind.rawValue, step: path)
            else { continue }
            try await add(event, kind, to: &step)
        }
        return step
    }
}

extension [StepDefinition] {
    /// Whether one of these, or of those inside them, calls another system.
    fileprivate var haveHTTP: Bool {
        contains { step in
            if case .http = step.kind { return true }
            return step.kind.blocks.contains { $0.block.steps.haveHTTP }
        }
    }
}
