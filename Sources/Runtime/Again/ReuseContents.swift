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
    /// Up to so many results are found one by one, by their times; for more the results of all steps are gone through.
    private static let singleResultsMaximum = 200
    private static let resultsPerRead = 500

    /// Reads what the repetition takes over, and nothing else.
    /// - Parameter edits: outputs that take the place of the recorded ones.
    /// - Throws: `SignalboxError` with code `limit_exceeded` when it is too much to be kept in one task.
    func contents(
        of plan: ReusePlan, from record: any RecordedSteps, edits: [StepPath: JSON],
        conversation: (StepPath, [ConversationMessage])?,
        executable: ExecutablePlan
    ) async throws -> ReuseContents {
        let task = record.origin.number
        var reader = ReuseReader(
            plan, record, edits: edits, filesOf: try await fileSteps(within: plan, of: record, executable))
        try await forEachResult(of: reader.wanted, of: task) { path, event in
            try reader.take(StepResult(recorded: try await payload(of: event)), of: path, at: event.position)
        }
        var contents = try reader.contents()
        if let (path, messages) = conversation, !messages.isEmpty {
            contents.reuse[path] = Reuse(
                task: task, content: .conversation(messages), savedMilliseconds: 0, savedCost: .zero)
        }
        return contents
    }

    /// The commands that have kept files inside something that is taken over whole.
    private func fileSteps(
        within plan: ReusePlan, of record: any RecordedSteps, _ executable: ExecutablePlan
    ) async throws -> Set<StepPath> {
        guard executable.plan.steps.contains(where: \.keepsFilesInside) else { return [] }
        let whole = Set(plan.reused.map(\.path))
        // Iterations are read with their loop: there may be very many.
        let containers = plan.reused.compactMap { reused -> StepPath? in
            switch reused.kind {
            case "for_each", "branch": reused.path
            case "iteration": reused.path.parent
            default: nil
            }
        }
        var steps: Set<StepPath> = []
        for container in Set(containers) {
            for outcome in try await store.outcomes(of: record.origin.number, within: container) {
                let path = outcome.path
                guard outcome.status == StepStatus.completed.rawValue, record.takenOver(path) == nil,
                    case .command(let command)? = executable.definition(at: path)?.kind, !command.outputFiles.isEmpty,
                    path.ancestors.contains(where: whole.contains)
                else { continue }
                steps.insert(path)
            }
        }
        return steps
    }

    /// Hands over the events with what steps and iterations have handed over; of one that has completed more than once the
    /// latest comes last.
    private func forEachResult(
        of steps: Set<StepPath>, of task: TaskNumber, _ body: (StepPath, EventRow) async throws -> Void
    ) async throws {
        guard steps.count > Self.singleResultsMaximum else {
            for path in steps {
                guard let row = try await store.step(path, of: task) else { continue }
                let found = try await store.contents(
                    of: task, steps: [StepMoment(row)], input: EventKind.stepStarted.rawValue,
                    outputs: Self.outputKinds)
                if let event = found[path]?.output { try await body(path, event) }
            }
            return
        }
        var position = Position.zero
        while true {
            let events = try await store.events(
                after: position, of: task, kinds: Self.outputKinds, limit: Self.resultsPerRead)
            for event in events {
                if let path = event.step, steps.contains(path) { try await body(path, event) }
            }
            guard let last = events.last, events.count == Self.resultsPerRead else { return }
            position = last.position
        }
    }
}

extension StepDefinition {
    /// Whether a command inside it keeps files.
    fileprivate var keepsFilesInside: Bool {
        kind.blocks.contains { $0.block.steps.contains { $0.keepsFiles || $0.keepsFilesInside } }
    }

    private var keepsFiles: Bool {
        if case .command(let command) = kind { !command.outputFiles.isEmpty } else { false }
    }
}

/// Puts together what a repetition takes over from the results of the original.
struct ReuseReader {
    private let plan: ReusePlan
    private let record: any RecordedSteps
    private let edits: [StepPath: JSON]
    /// What is taken over as it is.
    private var results: Set<StepPath> = []
    /// Those of which only the files matter.
    private let fileSteps: Set<StepPath>
    private var found: [StepPath: Reuse] = [:]
    private var files: [StepPath: (position: Position, files: [TaskFile])] = [:]
    private var sizes: [StepPath: Int] = [:]
    private var bytes = 0

    /// - Parameter fileSteps: commands that have kept files inside something that is taken over whole.
    init(
        _ plan: ReusePlan, _ record: any RecordedSteps, edits: [StepPath: JSON], filesOf fileSteps: Set<StepPath>
    ) {
        self.plan = plan
        self.record = record
        self.edits = edits
        self.fileSteps = fileSteps
        // What the original has taken over itself stands in its origin.
        for reused in plan.reused where record.takenOver(reused.path) == nil { results.insert(reused.path) }
    }

    /// The steps whose results are to be taken.
    var wanted: Set<StepPath> { results.union(fileSteps) }

    /// Takes the result of a step; a later one takes the place of an earlier.
    mutating func take(_ result: StepResult, of path: StepPath, at position: Position) throws {
        files[path] = nil
        if !result.files.isEmpty { files[path] = (position, result.files) }
        guard results.contains(path) else { return }
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
        for file in record.origin.reusedFiles + files.values.sorted(by: { $0.position < $1.position }).flatMap(\.files)
        {
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
        let size = kept.output.bytes.count + path.rawValue.utf8.count
        bytes += size - (sizes.updateValue(size, forKey: path) ?? 0)
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
