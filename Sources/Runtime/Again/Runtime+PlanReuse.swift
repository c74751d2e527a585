internal import Core
internal import Engine
internal import Plans

/// What stands in the way of taking results over, and what is taken over.
extension Runtime {
    /// Plans what a repetition takes over.
    /// - Parameter isOverview: whether only what would happen is to be told: then what is not looked at is not read, and
    ///   of large loops not every iteration is listed.
    /// - Throws: `SignalboxError` with the place in the request.
    func planReuse(
        _ draft: inout AgainDraft, _ origin: TaskOrigin, _ request: AgainRequest, after: ExecutablePlan,
        isOverview: Bool
    ) async throws {
        let start = try request.from.map { try StartPoint($0) }
        var changes = changes(origin, draft.task, request)
        // What was said before a turn stands in events only.
        guard let start, let turn = start.turn else {
            var rows = try await RecordedRows(
                origin, isWhole: !isOverview, children: try await childrenCosts(of: origin.number), in: store)
            for name in [request.from].compactMap(\.self) + request.outputs.keys {
                try await rows.load(StepPath(rawValue: name), from: store)
            }
            try await plan(&draft, rows, &changes, request, start, after: after)
            return
        }
        let record = try await self.record(of: origin, watching: start.path)
        try check(turn, start, record, after: after)
        try await plan(&draft, record, &changes, request, start, after: after)
        if let messages = record.conversation(beforeTurn: turn) {
            draft.conversation = (start.path, messages)
            draft.conversationFiles = record.files(beforeTurn: turn)
        }
    }

    private func plan(
        _ draft: inout AgainDraft, _ record: any RecordedSteps, _ changes: inout ReuseChanges,
        _ request: AgainRequest, _ start: StartPoint?, after: ExecutablePlan
    ) async throws {
        if let start {
            try check(start, record, before: draft.before, after: after)
            changes.from = start.path
            changes.turn = start.turn
            draft.task.rerun?.step = start.path
        }
        draft.outputs = try await outputs(request.outputs, record, draft.before)
        changes.outputs = Set(draft.outputs.keys)
        let (plan, known) = try await planned(
            record, changes, before: draft.before, after: after.plan, draft.task)
        (draft.plan, draft.record) = (plan, known)
        let taken = Set(draft.plan.reused.lazy.filter(\.isEdited).map(\.path))
        if let missed = changes.outputs.subtracting(taken).map(\.rawValue).min() {
            throw SignalboxError(
                .conflict, "The step \"\(missed)\" runs again, so its output cannot be given.",
                at: .pointer("/outputs/\(escaped(missed))"),
                hint: "Give the output of a step that is taken over: a preview lists them.")
        }
    }

    /// Plans until all is known that the plan looks at: each round goes into what the one before has opened.
    private func planned(
        _ record: any RecordedSteps, _ changes: ReuseChanges, before: ExecutablePlan, after: Plan, _ task: NewTask
    ) async throws -> (ReusePlan, any RecordedSteps) {
        let models = models(of: after, task)
        var record = record
        while true {
            var planner = ReusePlanner(record, before: before, after: after, changes: changes, models: models)
            let plan = planner.plan()
            guard var rows = record as? RecordedRows, !planner.wishes.isEmpty else { return (plan, record) }
            for wish in planner.wishes { try await rows.load(wish, changes, from: store) }
            record = rows
        }
    }

    private func changes(_ origin: TaskOrigin, _ task: NewTask, _ request: AgainRequest) -> ReuseChanges {
        var changes = ReuseChanges()
        let names = Set(origin.inputs.map(\.name)).union(task.inputs.map(\.name))
        changes.inputs = names.filter { origin.inputs[$0] != task.inputs[$0] }
        changes.hasOtherFiles = origin.files != task.files
        changes.hasOtherName = request.name != nil && origin.name != task.name
        guard request.model != nil else { return changes }
        for agent in task.executable.plan.agents {
            let old = origin.model ?? agent.model ?? origin.defaultModel
            if old != task.model ?? agent.model ?? task.defaultModel { changes.agents.insert(agent.name) }
        }
        return changes
    }

    private func models(of plan: Plan, _ task: NewTask) -> [String: String] {
        var models: [String: String] = [:]
        for agent in plan.agents { models[agent.name] = task.model ?? agent.model ?? task.defaultModel }
        return models
    }

    /// Checks that the repetition can start there.
    private func check(
        _ start: StartPoint, _ record: any RecordedSteps, before: ExecutablePlan, after: ExecutablePlan
    ) throws {
        let number = record.origin.number
        let place = Place.pointer("/from")
        guard record.step(start.path) != nil else {
            if let holder = record.holder(takenOverAround: start.path), let reuse = record.takenOver(holder) {
                throw SignalboxError(
                    .conflict, "Task \(number) has taken \"\(holder)\" over from task \(reuse.task) as a whole.",
                    at: place, hint: "Start from \"\(holder)\", or rerun task \(reuse.task) from \"\(start.path)\".")
            }
            throw unknown(start.path, record, before, at: place, what: "never ran")
        }
        let isPart = record.step(start.path).map { _ in after.definition(at: start.path) == nil } ?? false
        if isPart {
            // An iteration or a path: what holds it must still be there.
            guard let holder = start.path.parent, let definition = after.definition(at: holder),
                !definition.kind.blocks.isEmpty
            else {
                throw SignalboxError(
                    .conflict, "The plan that would run has no step \"\(start.path)\".", at: place,
                    hint: "Start from a step that both plans have.")
            }
        }
    }

    /// Checks that an agent can be asked again from that answer on.
    private func check(
        _ turn: Int, _ start: StartPoint, _ record: TaskRecord, after: ExecutablePlan
    ) throws {
        guard record.step(start.path) != nil else { return }
        let place = Place.pointer("/from")
        guard case .agent? = after.definition(at: start.path)?.kind else {
            throw SignalboxError(
                .invalidInput, "\"\(start.path)\" is no agent step: it has no turns.", at: place,
                hint: "Start from \"\(start.path)\".")
        }
        guard record.conversation(beforeTurn: turn) != nil else {
            let count = record.turnsRecorded
            throw SignalboxError(
                .notFound,
                "The latest run of \"\(start.path)\" has \(count) turn\(count == 1 ? "" : "s"), so there is none with the number \(turn).",
                at: place)
        }
    }

    /// The outputs that were changed by hand, each checked against the recorded one.
    private func outputs(
        _ given: [String: JSON], _ record: any RecordedSteps, _ before: ExecutablePlan
    ) async throws -> [StepPath: JSON] {
        var outputs: [StepPath: JSON] = [:]
        for (name, output) in given.sorted(by: { $0.key < $1.key }) {
            let path = StepPath(rawValue: name)
            let place = "/outputs/\(escaped(name))"
            guard let step = record.step(path) else {
                throw unknown(path, record, before, at: .pointer(place), what: "never ran, so it has no output")
            }
            guard step.status == .completed else {
                throw SignalboxError(
                    .conflict,
                    "The step \"\(name)\" of task \(record.origin.number) is \(step.status.rawValue): it has no output that could be changed.",
                    at: .pointer(place), hint: "Only outputs of finished steps can be changed.")
            }
            try output.requireBounds(of: "The output of \"\(name)\"")
            let recorded = try await recordedOutput(of: path, of: record.origin.number)
            try ValueShape.require(output, like: recorded, at: place, what: "The recorded output")
            outputs[path] = output
        }
        return outputs
    }

    private func unknown(
        _ path: StepPath, _ record: any RecordedSteps, _ before: ExecutablePlan, at place: Place, what: String
    ) -> SignalboxError {
        let number = record.origin.number
        let isPartOfPlan =
            before.definition(at: path) != nil || path.parent.flatMap { before.definition(at: $0) } != nil
        guard isPartOfPlan, before.definition(at: path) != nil || record.step(path.parent ?? path) != nil else {
            let known = record.knownPaths.map(\.rawValue).sorted()
            return SignalboxError(
                .notFound, "Task \(number) has no step \"\(path.rawValue.prefix(200))\".", at: place,
                hint: Suggestion.hint(for: path.rawValue, among: known, called: "the steps that ran are"))
        }
        return SignalboxError(
            .conflict, "The step \"\(path)\" of task \(number) \(what).", at: place,
            hint: "Only what ran can be repeated; rerun all of the task, or start before it.")
    }

    /// A name as a part of a JSON pointer (RFC 6901 §3).
    private func escaped(_ name: String) -> String {
        name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }
}

/// Where a repetition starts: `read`, `each/3/read`, `each/3`, `summary@2`.
private struct StartPoint {
    var path: StepPath
    var turn: Int?

    init(_ text: String) throws {
        guard let mark = text.lastIndex(of: "@") else {
            path = StepPath(rawValue: text)
            return
        }
        path = StepPath(rawValue: String(text[..<mark]))
        guard let turn = Int(text[text.index(after: mark)...]), turn >= 1 else {
            throw SignalboxError(
                .invalidInput, "\"\(text.prefix(200))\" names no turn: behind the @ stands its number, from 1.",
                at: .pointer("/from"))
        }
        self.turn = turn
    }
}
