internal import Core
internal import Engine
public import Plans
public import Store

/// Repeating tasks. The original never changes; the new task names it, and the store finds the new one from it.
extension Runtime {
    /// What a repetition would do.
    public struct AgainPreview: Sendable {
        public var plan: ReusePlan
        /// What the plan that would run differs in from that of the original, as a unified difference; nil when it does
        /// not.
        public var difference: String?
        /// Inputs of the original that the plan does not take any more.
        public var droppedInputs: [String]
    }

    /// Makes a task that repeats another one; when this returns, it survives a crash.
    /// - Throws: `SignalboxError`: `not_found` and `conflict` for steps that it cannot start from or whose output cannot be
    ///   given, `invalid_input`, `invalid_plan`, `limit_exceeded` when it would take over too much. Nothing is stored
    ///   then.
    public func rerun(_ task: TaskRow, _ request: AgainRequest) async throws -> Receipt {
        try await create(task, request) {}
    }

    /// Makes a task that repeats a finished one with changes, and takes over what they do not touch.
    /// - Throws: `SignalboxError` as `rerun` does; `conflict` while the task has not ended.
    public func restart(_ task: TaskRow, _ request: AgainRequest) async throws -> Receipt {
        try await create(task, request) { try requireEnd(of: task) }
    }

    private func create(_ task: TaskRow, _ request: AgainRequest, check: () throws -> Void) async throws -> Receipt {
        let key = request.idempotencyKey.map { (key: $0, requestHash: request.fingerprint(of: task.number)) }
        return try await create(under: key) {
            try check()
            return try await newTask(repeating: task, request)
        }
    }

    private func newTask(repeating task: TaskRow, _ request: AgainRequest) async throws -> NewTask {
        var draft = try await draft(task, request)
        if let record = draft.record {
            let contents = try await contents(
                of: draft.plan, from: record, edits: draft.outputs, conversation: draft.conversation,
                executable: draft.before)
            draft.task.reuse = contents.reuse
            draft.task.reusedFiles = contents.files.replaced(by: draft.conversationFiles)
        }
        return draft.task
    }

    /// What `restart` with that request would take over and what it would run, without making a task.
    public func preview(_ task: TaskRow, _ request: AgainRequest) async throws -> AgainPreview {
        try requireEnd(of: task)
        let draft = try await draft(task, request, isOverview: true)
        return AgainPreview(
            plan: draft.plan, difference: Self.difference(draft.before.plan.source, draft.task.executable.plan.source),
            droppedInputs: draft.droppedInputs)
    }

    private func requireEnd(of task: TaskRow) throws {
        guard task.ended == nil else { return }
        throw SignalboxError(
            .conflict, "Task \(task.number) is \(task.status).", hint: "Finish, cancel or kill this task first.")
    }

    /// What two versions of a plan differ in, as a unified difference with the files they bring along; nil for nothing.
    public static func difference(_ before: PlanSource, _ after: PlanSource) -> String? {
        var texts: [String] = []
        if let text = TextDifference.unified(before.text, after.text, names: (before.path, after.path)) {
            texts.append(text)
        }
        for name in Set(before.files.keys).union(after.files.keys).sorted() {
            if let text = TextDifference.unified(
                before.files[name] ?? "", after.files[name] ?? "", names: (name, name))
            {
                texts.append(text)
            }
        }
        return texts.isEmpty ? nil : texts.joined()
    }
}

extension [TaskFile] {
    /// The files with later ones in the place of those of the same name.
    fileprivate func replaced(by later: [TaskFile]) -> [TaskFile] {
        var latest: [String: TaskFile] = [:]
        var names: [String] = []
        for file in self + later where latest.updateValue(file, forKey: file.name) == nil { names.append(file.name) }
        return names.compactMap { latest[$0] }
    }
}
