import Core
import Plans

@testable import Engine

/// Counts the steps of a task from its events and its plan alone (product §4): what the machine counts as it goes must
/// be the same.
struct Recount {
    private let plan: ExecutablePlan
    /// Leaf steps that are known of; whether they have ended.
    private var leaves: [StepPath: Bool] = [:]
    private var loops: [StepPath: Loop] = [:]
    /// What answers of models, and calls of them that were cut off, come to.
    private(set) var spending = Spending.zero

    private struct Loop {
        var total: Int?
        var begun = 0
        var bodySteps: Int
        var hasEnded = false
    }

    init(_ plan: ExecutablePlan) {
        self.plan = plan
        for step in plan.plan.steps { leaves[StepPath(rawValue: step.name)] = false }
    }

    /// Steps that are not skipped.
    var total: Int {
        loops.values.reduce(leaves.count) { sum, loop in
            sum + (loop.hasEnded ? 0 : (loop.total.map { $0 - loop.begun } ?? 0) * loop.bodySteps)
        }
    }

    var finished: Int { leaves.values.count { $0 } }

    mutating func record(_ event: Event, of machine: TaskMachine) {
        if let lost = event.lostCall { spending += lost.spending }
        switch event.body {
        case .loopStarted(let step, let source, _):
            guard case .forEach(let loop)? = plan.definition(at: step)?.kind else { return }
            leaves[step] = nil
            loops[step] = Loop(total: LoopState(source: source).total, bodySteps: loop.body.steps.count)
        case .iterationStarted(let path):
            guard let holder = path.parent, case .forEach(let loop)? = plan.definition(at: holder)?.kind else { return }
            loops[holder]?.begun += 1
            for step in loop.body.steps { leaves[path.appending(step.name)] = false }
        case .branchChosen(let step, let choice):
            leaves[step] = nil
            guard case .branch(let branch)? = plan.definition(at: step)?.kind,
                let path = branch.allPaths.first(where: { $0.name == choice.path })
            else { return }
            for inner in path.block.steps { leaves[step.appending(path.name).appending(inner.name)] = false }
        case .stepSkipped(let step, _, _): leaves[step] = nil
        case .stepCompleted(let step, _, _), .stepReused(let step, _), .stepFailed(let step, _, _, _),
            .stepCancelled(let step, _, _):
            end(step)
        case .stepRetrying(let step, _, _, _, _): if loops[step] != nil { loops[step]?.hasEnded = true }
        case .stepQueued(let step): reopen(machine) { step.contains($0) || $0 == step }
        case .iterationCompleted(let path, _, let reused):
            guard reused != nil else { return }
            for leaf in leaves.keys where path.contains(leaf) { leaves[leaf] = true }
        case .retryRequested: reopen(machine) { _ in true }
        case .turnCompleted(_, _, let turn):
            spending += Spending(
                modelCalls: 1, usage: turn.usage, cost: turn.cost ?? .zero, unpricedCalls: turn.cost == nil ? 1 : 0)
        case .decisionMade(let step, let ordinal, let decision):
            guard machine.state.decisions[ordinal]?.kind == .review, decision.verdict == .retry else { return }
            leaves = leaves.filter { !step.contains($0.key) }
            loops = loops.filter { !step.contains($0.key) && $0.key != step }
            leaves[step] = false
        default: return
        }
    }

    private mutating func end(_ step: StepPath) {
        if leaves[step] != nil {
            leaves[step] = true
        } else {
            loops[step]?.hasEnded = true
        }
    }

    /// Asks the machine what a retry has taken up again.
    private mutating func reopen(_ machine: TaskMachine, where isMeant: (StepPath) -> Bool) {
        for leaf in leaves.keys where isMeant(leaf) {
            if let step = machine.step(at: leaf) { leaves[leaf] = step.status.isFinal }
        }
        for loop in loops.keys where isMeant(loop) {
            if let step = machine.step(at: loop) { loops[loop]?.hasEnded = step.status != .running }
        }
    }
}
