internal import Core
internal import Engine
internal import Plans
internal import Store

/// The contents of what a task takes over, read from the journal of the original.
struct ReuseContents: Sendable {
    var reuse: [StepPath: Reuse] = [:]
    /// What commands whose results are taken over had left, the latest of each name.
    var files: [TaskFile] = []
}

extension Runtime {
    /// Reads what the repetition takes over, and nothing else.
    /// - Parameter edits: outputs that take the place of the recorded ones.
    /// - Throws: `SignalboxError` with code `limit_exceeded` when it is too much to be kept in one task.
    func contents(
        of plan: ReusePlan, from record: TaskRecord, edits: [StepPath: JSON],
        conversation: (StepPath, [ConversationMessage])?,
        executable: ExecutablePlan
    ) async throws -> ReuseContents {
        var reader = ReuseReader(plan, record, edits: edits, executable: executable)
        if !reader.isDone {
            try await forEachEvent(of: record.origin.number) { _, event in
                guard reader.wants(event.position) else { return }
                try reader.take(StepResult(recorded: try await payload(of: event)), at: event.position)
            }
        }
        var contents = try reader.contents()
        if let (path, messages) = conversation, !messages.isEmpty {
            contents.reuse[path] = Reuse(
                task: record.origin.number, content: .conversation(messages), savedMilliseconds: 0, savedCost: .zero)
        }
        return contents
    }
}

/// Picks the results that are wanted out of the events of the original.
struct ReuseReader {
    private let plan: ReusePlan
    private let record: TaskRecord
    private let edits: [StepPath: JSON]
    /// Where the wanted results are.
    private var places: [Position: StepPath] = [:]
    /// Where commands have kept files that stand inside something taken over whole.
    private var filePlaces: Set<Position> = []
    private var found: [StepPath: Reuse] = [:]
    private var files: [(position: Position, files: [TaskFile])] = []
    private var bytes = 0

    init(_ plan: ReusePlan, _ record: TaskRecord, edits: [StepPath: JSON], executable: ExecutablePlan) {
        self.plan = plan
        self.record = record
        self.edits = edits
        var whole: Set<StepPath> = []
        for reused in plan.reused {
            whole.insert(reused.path)
            // What the original has taken over itself stands in its origin.
            guard record.takenOver(reused.path) == nil else { continue }
            if let position = record.step(reused.path)?.result { places[position] = reused.path }
        }
        for (path, step) in record.steps where step.status == .completed {
            guard let position = step.result, places[position] == nil, record.takenOver(path) == nil,
                case .command(let command)? = executable.definition(at: path)?.kind, !command.outputFiles.isEmpty,
                path.ancestors.contains(where: whole.contains)
            else { continue }
            filePlaces.insert(position)
        }
    }

    var isDone: Bool { places.isEmpty && filePlaces.isEmpty }

    func wants(_ position: Position) -> Bool { places[position] != nil || filePlaces.contains(position) }

    mutating func take(_ result: StepResult, at position: Position) throws {
        if !result.files.isEmpty { files.append((position, result.files)) }
        guard let path = places[position] else { return }
        try keep(result, of: record.origin.number, at: path)
    }

    /// All that is taken over.
    mutating func contents() throws -> ReuseContents {
        var names: [String] = []
        var latest: [String: TaskFile] = [:]
        for reused in plan.reused {
            guard let known = record.takenOver(reused.path), case .result(let result) = known.content else { continue }
            try keep(result, of: known.task, at: reused.path)
        }
        // Of the original's own start, then in the order in which they were written.
        for file in record.origin.reusedFiles + files.sorted(by: { $0.position < $1.position }).flatMap(\.files) {
            if latest.updateValue(file, forKey: file.name) == nil { names.append(file.name) }
        }
        for (path, choice) in plan.choices {
            found[path] = Reuse(
                task: record.origin.number, content: .choice(choice), savedMilliseconds: 0, savedCost: .zero)
        }
        return ReuseContents(reuse: found, files: names.compactMap { latest[$0] })
    }

    private mutating func keep(_ result: StepResult, of task: TaskNumber, at path: StepPath) throws {
        // The trace stays with the original, which the reuse names.
        let kept = StepResult(output: edits[path] ?? result.output, files: result.files)
        bytes += kept.output.bytes.count + path.rawValue.utf8.count
        guard bytes <= Limits.payloadBytesMaximum else {
            throw SignalboxError(
                .limit,
                "The outputs that task \(record.origin.number) would hand on have more than \(Limits.payloadBytesMaximum >> 20) MiB together.",
                hint: "Rerun all of it, or start from an earlier step.")
        }
        let step = record.step(path)
        found[path] = Reuse(
            task: task, content: .result(kept), savedMilliseconds: step?.milliseconds ?? 0,
            savedCost: step?.cost ?? .zero)
    }
}
