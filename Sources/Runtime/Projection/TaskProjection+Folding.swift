internal import Core
internal import Engine
internal import Plans
internal import Store

extension TaskProjection {
    /// The rows that follow from the events of a task, told from nothing else.
    /// - Throws: `SignalboxError` or `JournalFormatError` when the events cannot be read, `not_found` when there are none.
    init(
        folding number: TaskNumber, in store: any JournalStore, payloads: PayloadStore, plans: PlanLibrary
    ) throws {
        var projector: TaskProjector?
        var steps: [StepPath: StepRow] = [:]
        var decisions: [String: DecisionRow] = [:]
        var blobs: Set<ContentHash> = []
        var usage: UsageTally?
        try store.forEachEvent(of: number) { row in
            let event = try Event(payloads.entry(row))
            blobs.formUnion(event.blobs)
            if let blob = try payloads.blob(of: row) { blobs.insert(blob) }
            let task: TaskProjector
            if let projector {
                task = projector
                task.machine.fold(event)
            } else {
                task = try TaskProjector(beginningWith: event, at: row.position, in: store, plans: plans)
            }
            task.note(event, at: row.position)
            usage = usage ?? UsageTally(plan: task.machine.state.origin.planName, task.machine.executable)
            usage?.note(event)
            // What ended with this event is at hand only now.
            for path in task.machine.reopened + (row.step.map(task.machine.touched) ?? []) {
                if let row = StepRow(projecting: task.machine, path: path) { steps[path] = row }
            }
            if case .taskRepriced(let repricing) = event.body {
                var repriced = RepricedRows(steps) { _ in nil }
                try repriced.apply(repricing, task.machine)
                steps = repriced.rows
            }
            for row in task.decisionRows() { decisions[row.id] = row }
            projector = task
        }
        guard let projector else { throw SignalboxError(.notFound, "There is no task \(number).") }
        self.init(
            task: projector.taskRow, text: TaskText(projecting: projector.machine), steps: Array(steps.values),
            decisions: Array(decisions.values),
            signalWaits: projector.signalWaits, blobs: blobs)
        self.usage = usage?.sums.rows ?? []
    }
}

extension TaskProjector {
    /// The machine of a task after its first event.
    convenience init(
        beginningWith event: Event, at position: Position, in store: any JournalStore, plans: PlanLibrary,
        pricing: (any ModelPricing)? = nil
    ) throws {
        guard case .taskCreated(let origin) = event.body else { throw JournalFormatError.member("task_created") }
        guard let plan = try store.plan(origin.planHash) else {
            throw SignalboxError(
                .internal, "The plan \(origin.planHash.short) of task \(origin.number) is not in the database.")
        }
        self.init(
            try TaskMachine(beginningWith: event, executing: try plans.storedPlan(plan.source), pricing: pricing),
            position: position)
    }
}
