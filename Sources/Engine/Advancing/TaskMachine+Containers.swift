internal import CEL
internal import Core
internal import Plans

/// Loops and branches on their way.
extension TaskMachine {
    mutating func startLoop(
        _ loop: LoopDefinition, _ definition: StepDefinition, at path: StepPath, in slot: Int
    ) throws {
        let source: LoopSource
        switch loop.source {
        case .list(let template):
            switch try template.evaluate(in: state.scope(of: slot)) {
            case .array(let items): source = .items(items)
            case let other:
                throw Failure(
                    .validation, "A loop goes over a list, and this is \(other.typeName): \(other.text.prefix(80))")
            }
        case .times(let template):
            switch try template.evaluate(in: state.scope(of: slot)) {
            case .int(let count) where count >= 0: source = .times(Int(clamping: count))
            case let other:
                throw Failure(
                    .validation, "\"times\" must be a whole number from 0, not \(other.text.prefix(80))")
            }
        case .condition: source = .condition
        }
        let count: Int
        switch source {
        case .items(let items):
            try JSON.array(items).requireBounds(of: "What the loop goes over", bytesMaximum: Limits.payloadBytesMaximum)
            count = items.count
        case .times(let times): count = times
        case .condition: count = 0
        }
        guard count <= Limits.iterationsMaximum else {
            throw Failure(.validation, "A loop has at most \(Limits.iterationsMaximum) iterations, not \(count).")
        }
        emit(.loopStarted(path, source, deadline: deadline(of: definition)))
    }

    /// Begins as many iterations as there is room for, and ends the loop or branch when all inside has ended.
    /// - Returns: whether everything was done.
    mutating func advanceContainer(at address: StepAddress, _ allowance: inout Int) -> Bool {
        var obstacle: Obstacle?
        while obstacle == nil, let container = state.frames[address.frame].containers[address.place],
            canBegin(at: address, container)
        {
            guard allowance > 0 else { return false }
            allowance -= 1
            obstacle = beginIteration(of: address)
        }
        guard let container = state.frames[address.frame].containers[address.place],
            container.openFrames.allSatisfy({ isDone($0) })
        else { return true }
        if let loop = container.loop, !container.isStopping, obstacle == nil,
            loop.total.map({ loop.begun < $0 }) ?? true
        {
            return true
        }
        finishContainer(at: address, container, obstacle)
        return true
    }

    /// Why a loop has no further iteration. It is not kept, since the condition depends on nothing that changes: while
    /// iterations are under way it is looked at again whenever one has ended.
    private enum Obstacle {
        case conditionDoesNotHold
        case failure(Failure)
    }

    /// Whether all steps of a branch's path have ended. Iterations are taken from the list when they end.
    private func isDone(_ slot: Int) -> Bool {
        state.frames[slot].iteration == nil && state.frames[slot].endedSteps == state.frames[slot].steps.count
    }

    /// - Returns: why none has begun; nil when one has.
    private mutating func beginIteration(of address: StepAddress) -> Obstacle? {
        guard case .forEach(let definition) = definition(at: address).kind,
            let loop = state.frames[address.frame].containers[address.place]?.loop
        else { return .conditionDoesNotHold }
        if case .condition(let condition, let maximum) = definition.source {
            do {
                guard try isWanted(condition, maximum: maximum, loop, address) else { return .conditionDoesNotHold }
            } catch {
                return .failure(Failure(evaluating: error, step: path(at: address)))
            }
        }
        let path = path(at: address).appending(loop.begun)
        emit(.iterationStarted(path))
        if let reuse = state.origin.reuse[path], case .result(let result) = reuse.content {
            emit(.iterationCompleted(path, output: result.output, reused: reuse))
        }
        return nil
    }

    private func isWanted(
        _ condition: Expression, maximum: Int, _ loop: LoopState, _ address: StepAddress
    ) throws -> Bool {
        var scope = state.scope(of: address.frame)
        scope["index"] = .int(Int64(loop.begun))
        scope["previous"] = Value(loop.previous)
        let what = "The condition of the loop \"\(path(at: address))\""
        let holds = try condition.holds(in: scope, as: what, at: definition(at: address).place)
        guard holds, loop.begun >= maximum else { return holds }
        throw Failure(
            .loop, "The condition still holds after \(maximum) iterations, which is the loop's max_iterations.")
    }

    private mutating func finishContainer(
        at address: StepAddress, _ container: ContainerState, _ obstacle: Obstacle?
    ) {
        let path = path(at: address)
        let run = state[address].run
        do {
            if case .failure(let failure)? = obstacle { throw failure }
            if let failure = container.failure { throw failure }
            if let slot = container.openFrames.first, let failure = state.frames[slot].failure { throw failure }
            guard !isCutOff(container) else {
                emit(.stepCancelled(path, run, trace: nil))
                return
            }
            finish(path, run, .completed(StepResult(output: try output(of: container))))
        } catch {
            finish(path, run, .failed(Failure(evaluating: error, step: path)))
        }
    }

    /// Whether it was stopped before everything in it was done.
    private func isCutOff(_ container: ContainerState) -> Bool {
        guard container.isStopping else { return false }
        guard let loop = container.loop else {
            return container.openFrames.contains { state.frames[$0].steps.contains { $0.status == .cancelled } }
        }
        return loop.total.map { loop.completed + loop.failed < $0 } ?? true
    }

    private func output(of container: ContainerState) throws -> JSON {
        guard var loop = container.loop else {
            return try container.openFrames.first.map(output(of:)) ?? .null
        }
        guard loop.outputs.bytes <= Limits.outputBytesMaximum else {
            throw Failure(
                .validation,
                "The outputs of all iterations have more than \(Limits.outputBytesMaximum >> 20) MiB together; give the loop a shorter \"output\"."
            )
        }
        return try loop.outputs.list(of: loop.begun)
    }

    mutating func startBranch(
        _ branch: BranchDefinition, _ definition: StepDefinition, at address: StepAddress, _ path: StepPath
    ) throws {
        if branch.chooser != nil {
            guard let reuse = state.origin.reuse[path], case .choice(let choice) = reuse.content,
                branch.allPaths.contains(where: { $0.name == choice })
            else { return dispatch(address, path) }
            let reason: JSON = ["reused_from": .int(reuse.task.rawValue)]
            emit(
                .branchChosen(path, BranchChoice(path: choice, reason: reason, deadline: deadline(of: definition))))
            return
        }
        let scope = state.scope(of: address.frame)
        var considered: [JSON] = []
        var chosen: String?
        for way in branch.paths where chosen == nil {
            guard let condition = way.condition else { continue }
            let explanation = condition.explain(in: scope)
            guard case .bool(let holds) = try explanation.outcome.get() else {
                throw SignalboxError(
                    .expression, "The condition of \"\(path)/\(way.name)\" is not true or false: \(condition.source)",
                    at: definition.place)
            }
            considered.append(["path": .string(way.name), "holds": .bool(holds), "explanation": explanation.json])
            if holds { chosen = way.name }
        }
        if chosen == nil, branch.otherwise != nil { chosen = BranchDefinition.otherwiseName }
        emit(
            .branchChosen(
                path,
                BranchChoice(
                    path: chosen, reason: ["considered": .array(considered)], deadline: deadline(of: definition))))
    }

    /// An agent has said which path to take.
    mutating func choosePath(_ answer: JSON, at address: StepAddress, _ path: StepPath) throws {
        guard case .branch(let branch) = definition(at: address).kind else {
            preconditionFailure("Only a branch has paths to choose from.")
        }
        let name = answer["path"]?.stringValue ?? ""
        let names = branch.paths.map(\.name)
        var reason: JSONObject = ["agent": .string(branch.chooser?.agent ?? "")]
        reason["reason"] = answer["reason"] ?? "not stated"
        if let confidence = answer["confidence"], confidence.isDegree { reason["confidence"] = confidence }
        reason["alternatives"] = answer["alternatives"]
        reason["paths"] = .array(names.map(JSON.string))
        guard names.contains(name) else {
            guard branch.otherwise != nil else {
                throw Failure(
                    .modelError,
                    "The agent chose \"\(name.prefix(64))\", which is no path; the paths are \(names.joined(separator: ", "))."
                )
            }
            reason["answer"] = .string(String(name.prefix(64)))
            emit(
                .branchChosen(
                    path,
                    BranchChoice(
                        path: BranchDefinition.otherwiseName, reason: .object(reason),
                        deadline: deadline(of: definition(at: address)))))
            return
        }
        emit(
            .branchChosen(
                path,
                BranchChoice(path: name, reason: .object(reason), deadline: deadline(of: definition(at: address)))))
    }
}

extension JSON {
    /// Whether it is a number from 0 to 1; another one states no confidence.
    fileprivate var isDegree: Bool {
        switch self {
        case .int(let number): (0...1).contains(number)
        case .double(let number): (0...1).contains(number)
        default: false
        }
    }
}
