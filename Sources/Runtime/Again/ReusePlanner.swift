internal import Core
internal import Engine
internal import Plans
internal import Store

/// Works out what of a task need not run again when the task is repeated with some changes: a step's result is taken over
/// when the step completed, is still defined as it was, looks at nothing that changed, and needs no step that runs again.
///
/// Loops and branches are taken over whole if nothing in them changes. Else they are begun anew, and the same is asked of
/// each iteration and of each step inside.
struct ReusePlanner {
    let record: any RecordedSteps
    /// What was not known and would have been looked at: the plan is none until that is loaded.
    private(set) var wishes: Set<RecordWish> = []
    /// The plan the original ran.
    let before: ExecutablePlan
    let after: Plan
    let changes: ReuseChanges
    private var uses: StepUsesTable
    private var result = ReusePlan()

    /// - Parameter models: the model that each agent of the new plan asks.
    init(
        _ record: any RecordedSteps, before: ExecutablePlan, after: Plan, changes: ReuseChanges,
        models: [String: String] = [:]
    ) {
        self.record = record
        self.before = before
        self.after = after
        self.changes = changes
        uses = StepUsesTable(after, models: models)
    }

    /// What becomes of a step: nothing new, or that its output may be another.
    private enum Verdict: Sendable {
        case same
        case changed(AgainReason)

        var isChanged: Bool { if case .changed = self { true } else { false } }
    }

    /// The plan of the repetition.
    mutating func plan() -> ReusePlan {
        result = ReusePlan()
        wishes = []
        _ = decide(after.steps, below: StepPath(rawValue: ""), afterChange: false)
        return result
    }

    /// Decides about the steps of a block.
    /// - Parameter afterChange: whether it is an iteration before which something changed.
    /// - Returns: whether anything in it may come out differently.
    private mutating func decide(_ steps: [StepDefinition], below container: StepPath, afterChange: Bool) -> Bool {
        var verdicts: [String: Verdict] = [:]
        var isChanged = false
        for step in Self.ordered(steps) {
            let path = container.appending(step.name)
            let verdict = decide(step, at: path, needs: verdicts, afterChange: afterChange)
            verdicts[step.name] = verdict
            isChanged = isChanged || verdict.isChanged
        }
        return isChanged
    }

    /// The steps so that each stands behind those it needs.
    private static func ordered(_ steps: [StepDefinition]) -> [StepDefinition] {
        var ordered: [StepDefinition] = []
        var done: Set<String> = []
        var rest = steps
        while !rest.isEmpty {
            // One pass is enough when each needs only what is written before it.
            var later: [StepDefinition] = []
            for step in rest {
                if step.needs.allSatisfy(done.contains) {
                    ordered.append(step)
                    done.insert(step.name)
                } else {
                    later.append(step)
                }
            }
            precondition(later.count < rest.count, "The steps of a checked plan do not wait for each other.")
            rest = later
        }
        return ordered
    }

    private mutating func decide(
        _ step: StepDefinition, at path: StepPath, needs: [String: Verdict], afterChange: Bool
    ) -> Verdict {
        if changes.outputs.contains(path) {
            take(path, step.kind.name, isEdited: true)
            return .changed(.edited(step.name))
        }
        if let reason = reasonToRun(step, at: path, needs: needs, afterChange: afterChange) {
            return again(path, step, reason)
        }
        guard let recorded = record.step(path) else { return again(path, step, .neverRan) }
        if step.kind.blocks.isEmpty { return decideLeaf(step, at: path, recorded) }
        if recorded.status == .skipped { return .same }
        if recorded.status == .completed, isUntouched(step, at: path, afterChange: afterChange) {
            take(path, step.kind.name)
            return .same
        }
        if record.takenOver(path) != nil { return again(path, step, .takenOver) }
        return open(step, at: path, recorded, afterChange: afterChange)
    }

    private mutating func decideLeaf(_ step: StepDefinition, at path: StepPath, _ recorded: RecordedStep) -> Verdict {
        switch recorded.status {
        case .completed:
            take(path, step.kind.name)
            return .same
        case .skipped: return .same
        case .failed: return again(path, step, .failed)
        case .cancelled: return again(path, step, .cancelled)
        case .queued, .running, .waiting: return again(path, step, .unfinished)
        }
    }

    /// Why the step as a whole, whatever is recorded of it, does not come out as before.
    private mutating func reasonToRun(
        _ step: StepDefinition, at path: StepPath, needs: [String: Verdict], afterChange: Bool
    ) -> AgainReason? {
        if path == changes.from { return changes.turn.map(AgainReason.turn) ?? .asked }
        for need in step.needs {
            guard case .changed(let reason)? = needs[need] else { continue }
            if case .edited = reason { return reason }
            return .after(need)
        }
        guard let known = before.definition(at: path) else { return .new }
        guard known.outline == step.outline else { return .definition }
        let own = uses.own(of: step)
        if let reason = changes.reason(for: own) { return reason }
        return afterChange && own.previous ? .previous : nil
    }

    /// Whether nothing in a loop or branch changes, so that it can be taken over whole.
    private mutating func isUntouched(_ step: StepDefinition, at path: StepPath, afterChange: Bool) -> Bool {
        guard before.definition(at: path)?.fingerprint == step.fingerprint, !changes.touchesInside(path) else {
            return false
        }
        let whole = uses.whole(of: step)
        return changes.reason(for: whole) == nil && !(afterChange && whole.previous)
    }

    private mutating func again(_ path: StepPath, _ step: StepDefinition, _ reason: AgainReason) -> Verdict {
        result.again.append(ReusePlan.Again(path: path, kind: step.kind.name, reason: reason))
        return .changed(.after(step.name))
    }

    private mutating func take(_ path: StepPath, _ kind: String, isEdited: Bool = false) {
        let recorded = record.step(path)
        result.reused.append(
            ReusePlan.Reused(
                path: path, kind: kind, isEdited: isEdited, milliseconds: recorded?.milliseconds ?? 0,
                cost: recorded?.cost ?? .zero))
    }
}

/// Loops and branches of which a part is taken over.
extension ReusePlanner {
    private mutating func open(
        _ step: StepDefinition, at path: StepPath, _ recorded: RecordedStep, afterChange: Bool
    ) -> Verdict {
        let isChanged =
            switch step.kind {
            case .forEach(let loop): openLoop(loop.body, at: path)
            default: openBranch(step.kind.blocks, at: path, afterChange: afterChange)
            }
        guard recorded.status == .completed else {
            return again(path, step, recorded.status == .failed && !isChanged ? .failed : .resumed)
        }
        return isChanged ? .changed(.after(step.name)) : .same
    }

    private mutating func openLoop(_ body: StepBlock, at path: StepPath) -> Bool {
        let uses = uses.uses(of: body)
        let isAffected = changes.reason(for: uses) != nil
        let isDefinedAsBefore = body.steps.allSatisfy { step in
            let known = before.definition(at: path.appending(0).appending(step.name))
            return known?.fingerprint == step.fingerprint
        }
        let isWhole = isDefinedAsBefore && !isAffected
        let isOutputAffected = changes.reason(for: StepUses(body.outputExpressions)) != nil
        let iterations: Int
        switch record.loop(path) {
        case .whole(let count): iterations = count
        case .folded(let fold) where !uses.previous:
            return openFold(fold, body, at: path, isWhole: isWhole) || isOutputAffected
        case .folded, .unknown:
            // Where each looks at the one before, none is like the others.
            wishes.insert(uses.previous ? .all(path) : .fold(path))
            return true
        }
        var isAnyChanged = false
        var isPreviousChanged = false
        for index in 0..<iterations {
            let iteration = path.appending(index)
            let isChanged = decideIteration(
                body, at: iteration, isWhole: isWhole, afterChange: isPreviousChanged && uses.previous)
            isPreviousChanged = isChanged || isOutputAffected
            isAnyChanged = isAnyChanged || isPreviousChanged
        }
        return isAnyChanged
    }

    /// Decides about the iterations that are known one by one, and about one of each group of the others for all of them.
    private mutating func openFold(_ fold: LoopFold, _ body: StepBlock, at path: StepPath, isWhole: Bool) -> Bool {
        var isAnyChanged = false
        for index in fold.single {
            let isChanged = decideIteration(body, at: path.appending(index), isWhole: isWhole, afterChange: false)
            isAnyChanged = isAnyChanged || isChanged
        }
        for group in fold.alike {
            let isChanged = decide(about: group, body, at: path.appending(group.first), isWhole: isWhole)
            isAnyChanged = isAnyChanged || isChanged
        }
        return isAnyChanged
    }

    private mutating func decide(
        about group: IterationGroup, _ body: StepBlock, at example: StepPath, isWhole: Bool
    ) -> Bool {
        let listed = result
        result = ReusePlan()
        let isChanged = decideIteration(body, at: example, isWhole: isWhole, afterChange: false)
        let each = result
        result = listed
        result.unlisted.reused += each.reused.count * group.count
        result.unlisted.again += each.again.count * group.count
        for reused in each.reused {
            let sum = group.sums[String(reused.path.rawValue.dropFirst(example.rawValue.count))]
            result.unlisted.milliseconds += sum?.milliseconds ?? 0
            result.unlisted.cost = result.unlisted.cost + (sum?.cost ?? .zero)
        }
        return isChanged
    }

    /// - Parameter isWhole: whether nothing that its steps look at has changed.
    /// - Returns: whether it may come out differently.
    private mutating func decideIteration(
        _ body: StepBlock, at path: StepPath, isWhole: Bool, afterChange: Bool
    ) -> Bool {
        if changes.outputs.contains(path) {
            take(path, "iteration", isEdited: true)
            return true
        }
        if path == changes.from {
            result.again.append(ReusePlan.Again(path: path, kind: "iteration", reason: .asked))
            return true
        }
        guard let recorded = record.step(path) else { return true }
        if isWhole, recorded.status == .completed, !afterChange, !changes.touchesInside(path) {
            take(path, "iteration")
            return false
        }
        guard record.takenOver(path) == nil else {
            let reason: AgainReason = afterChange ? .previous : .takenOver
            result.again.append(ReusePlan.Again(path: path, kind: "iteration", reason: reason))
            return true
        }
        let isChanged = decide(body.steps, below: path, afterChange: afterChange)
        return isChanged || recorded.status != .completed
    }

    private mutating func openBranch(
        _ blocks: [(name: String, block: StepBlock)], at path: StepPath, afterChange: Bool
    ) -> Bool {
        guard record.knows(path) else {
            wishes.insert(.parts(path))
            return true
        }
        guard let taken = record.path(ofBranch: path), let block = blocks.first(where: { $0.name == taken })?.block
        else {
            return false
        }
        if record.isChosenByAgent(path, before) { result.choices[path] = taken }
        let inside = path.appending(taken)
        if inside == changes.from {
            result.again.append(ReusePlan.Again(path: inside, kind: "path", reason: .asked))
            return true
        }
        guard record.knows(inside) else {
            wishes.insert(.parts(inside))
            return true
        }
        let isChanged = decide(block.steps, below: inside, afterChange: afterChange)
        let output = StepUses(block.outputExpressions)
        return isChanged || changes.reason(for: output) != nil || afterChange && output.previous
    }
}
