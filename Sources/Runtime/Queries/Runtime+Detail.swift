internal import Core
internal import Engine
public import Plans
public import Store

extension Runtime {
    /// All that can be said about a task.
    /// - Parameter contentBytesMaximum: how many bytes of what steps were given and have made are told; what comes later is
    ///   left out, and so are the events. By default it is all of it.
    public func detail(of task: TaskRow, contentBytesMaximum: Int = .max) async throws -> TaskDetail {
        let executable = try await executable(of: task)
        var tree = StepTree(executable, of: task.number, in: store)
        var detail = TaskDetail(
            task: task, planSummary: executable.plan.summary, inputs: [:], files: [], steps: try await tree.flattened(),
            outputs: nil, events: [], isCutOff: false)
        try await readEvents(of: task, into: &detail, contentBytesMaximum: contentBytesMaximum)
        Self.namePathsNotTaken(of: &detail, executable)
        if detail.isCutOff, task.ended != nil { detail.outputs = try await outputs(of: task) }
        if detail.steps.contains(where: \.isCutOff) { detail.isCutOff = true }
        detail.children = try await store.children(of: task.number, limit: TaskDetail.linksMaximum)
        detail.reruns = try await store.reruns(of: task.number, limit: TaskDetail.linksMaximum)
        if !task.isAdmitted, task.ended == nil { detail.queue = try await journal.queue(of: task.number) }
        return detail
    }

    /// How many events are read at once: each may have 64 KiB.
    private static let eventsAtOnce = 250

    private func readEvents(
        of task: TaskRow, into detail: inout TaskDetail, contentBytesMaximum: Int
    ) async throws {
        var places: [StepPath: Int] = [:]
        for (place, step) in detail.steps.enumerated() { places[step.path] = place }
        var position = Position.zero
        var (count, room) = (0, contentBytesMaximum)
        while count < TaskDetail.eventsMaximum {
            let events = try await store.events(after: position, of: task.number, limit: Self.eventsAtOnce)
            for event in events { try await add(event, to: &detail, places, room: &room) }
            if contentBytesMaximum == .max { detail.events += events }
            position = events.last?.position ?? task.position
            count += events.count
            guard events.count == Self.eventsAtOnce else { break }
        }
        detail.isCutOff = position < task.position
    }

    /// The plan that a task runs, as it was when the task was made.
    /// - Throws: `SignalboxError`: `storage_error`, `invalid_plan` when it cannot be read at all.
    public func plan(of task: TaskRow) async throws -> Plan { try await executable(of: task).plan }

    /// The plan that a task runs.
    func executable(of task: TaskRow) async throws -> ExecutablePlan {
        guard let planRow = try await store.plan(task.planHash) else {
            throw SignalboxError(.storage, "The plan of task \(task.number) is not in the database.")
        }
        return try plans.storedPlan(planRow.source)
    }

    /// A branch tells which conditions it looked at; the paths behind the one that was taken are not among them.
    private static func namePathsNotTaken(of detail: inout TaskDetail, _ executable: ExecutablePlan) {
        for place in detail.steps.indices where detail.steps[place].kind == "branch" {
            let step = detail.steps[place]
            guard step.reason != nil, let definition = executable.definition(at: step.path) else { continue }
            let next = detail.steps.dropFirst(place + 1).first
            let taken = next.flatMap { $0.path.parent == step.path ? String($0.path.name) : nil }
            detail.steps[place].pathsNotTaken = definition.kind.blocks.map(\.name).filter { $0 != taken }
        }
    }

    private func add(
        _ event: EventRow, to detail: inout TaskDetail, _ places: [StepPath: Int], room: inout Int
    ) async throws {
        guard let kind = EventKind(rawValue: event.kind) else { return }
        switch kind {
        case .taskCreated:
            let origin = try TaskOrigin(try await payload(of: event))
            detail.inputs = origin.inputs
            detail.files = origin.files.map(TaskFileDetail.init)
        case .taskRepriced:
            let repriced = try Event(try await entry(event))
            for place in detail.steps.indices { detail.steps[place].runs.note(repriced, of: detail.steps[place].path) }
        case .taskCompleted: detail.outputs = try await payload(of: event)["outputs"]?.objectValue
        case .decisionRequested:
            let payload = try await payload(of: event)
            guard let step = event.step, let ordinal = payload["ordinal"]?.intValue,
                let row = try await store.decision(DecisionRow.id(task: event.task, ordinal: Int(ordinal)))
            else { return }
            let request = try DecisionRequest(payload, step: step, run: event.run, at: event.at)
            try note(event, kind, payload, in: &detail, places)
            detail.requests.append(DecisionDetail(row: row, request: request))
        case .decisionMade:
            let payload = try await payload(of: event)
            try note(event, kind, payload, in: &detail, places)
            guard let ordinal = payload["ordinal"]?.intValue,
                let place = detail.requests.firstIndex(where: { $0.request.ordinal == Int(ordinal) })
            else { return }
            detail.requests[place].decision = try Decision(payload)
        default:
            guard let step = event.step, let place = places[step] else { return }
            if kind.holdsContents {
                room -= try payloads.byteCount(of: event)
                guard room >= 0 else { return detail.steps[place].leaveOut(kind) }
            }
            try await add(event, kind, to: &detail.steps[place])
        }
    }

    /// What people are asked and say is part of the runs of agents.
    private func note(
        _ event: EventRow, _ kind: EventKind, _ payload: JSON, in detail: inout TaskDetail, _ places: [StepPath: Int]
    ) throws {
        guard let step = event.step, let place = places[step], detail.steps[place].asksModels else { return }
        let entry = JournalEntry(at: event.at, kind: kind, step: step, run: event.run, payload: payload)
        detail.steps[place].runs.note(try Event(entry), of: step)
    }

    /// Takes what an event says about its step.
    func add(_ event: EventRow, _ kind: EventKind, to step: inout StepDetail) async throws {
        if step.asksModels, StepTrace.kinds.contains(kind) {
            step.runs.note(try Event(try await entry(event)), of: step.path)
        }
        switch kind {
        case .stepStarted:
            step.input = try await payload(of: event)["input"]
            step.turns = []
            step.trace = nil
        case .turnCompleted: step.turns.append(kind.told(try await payload(of: event)))
        case .stepCompleted: step.take(try StepResult(try await payload(of: event)))
        case .stepReused:
            guard let result = try await payload(of: event)["result"] else { return }
            step.take(try StepResult(result))
        case .stepFailed:
            let payload = try await payload(of: event)
            step.trace = payload["trace"]
            if payload["failure"]?["tolerated"]?.boolValue == true { step.isFailureAllowed = true }
        case .stepCancelled, .stepRetrying: step.trace = try await payload(of: event)["trace"]
        case .stepSkipped: step.reason = try await payload(of: event)["explanation"]
        case .iterationCompleted: step.output = try await payload(of: event)["output"]
        case .loopStarted:
            let items = try await payload(of: event)["items"]
            step.input = items.map { ["items": $0] }
        case .branchChosen:
            step.reason = try await payload(of: event)["reason"]
        default: break
        }
    }
}

extension EventKind {
    /// Whether it tells what a step was given or has made, which may be much.
    fileprivate var holdsContents: Bool {
        switch self {
        case .stepStarted, .stepCompleted, .stepReused, .stepCancelled, .stepRetrying, .iterationCompleted,
            .loopStarted:
            true
        default: StepTrace.kinds.contains(self)
        }
    }
}

extension StepDetail {
    /// Leaves out what an event says, and with it what that would have replaced.
    fileprivate mutating func leaveOut(_ kind: EventKind) {
        isCutOff = true
        switch kind {
        case .stepStarted, .loopStarted: (input, turns, trace) = (nil, [], nil)
        case .stepCompleted, .stepReused, .iterationCompleted: (output, files, trace) = (nil, [], nil)
        default: break
        }
    }

    /// Whether there may be turns of a model in its runs.
    fileprivate var asksModels: Bool { kind == "agent" || kind == "branch" }

    fileprivate mutating func take(_ result: StepResult) {
        output = result.output
        files = result.files.map(TaskFileDetail.init)
        trace = result.trace
    }
}

extension TaskFileDetail {
    init(_ file: TaskFile) {
        self.init(name: file.name, hash: file.hash, size: file.size, mediaType: file.mediaType)
    }
}
