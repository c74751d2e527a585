internal import CEL
internal import Core
internal import Plans

extension TaskMachine {
    /// Starts a step that has all it needs: hands it to the dispatcher, or does at once what needs nobody else.
    mutating func start(_ address: StepAddress, _ definition: StepDefinition) {
        let path = path(at: address)
        if let reuse = state.origin.reuse[path], case .result = reuse.content {
            emit(.stepReused(path, reuse))
            return
        }
        if let held = state[address].held {
            ask(about: held, at: address, path, definition)
            return
        }
        do {
            guard try isWanted(address, definition, path) else { return }
            switch definition.kind {
            case .set(let value):
                // Computing values has no effect outside, so it happens here, inside the transition: the result is
                // durable with the very commit that made it possible.
                let output = try value.evaluate(in: state.scope(of: address.frame))
                try output.requireBounds(of: "The output")
                finish(path, RunNumber(rawValue: 1), .completed(StepResult(output: output)))
            case .command, .http, .agent, .tool: dispatch(address, path)
            case .forEach(let loop): try startLoop(loop, definition, at: path, in: address.frame)
            case .branch(let branch): try startBranch(branch, definition, at: address, path)
            case .task: startChild(at: address, path)
            case .wait(let wait): try startWait(wait, definition, at: path, in: address.frame)
            case .approval(let approval): try startApproval(approval, definition, at: path, in: address.frame)
            }
        } catch {
            emit(.stepFailed(path, nextRun(of: address), Failure(evaluating: error, step: path), trace: nil))
        }
    }

    /// Asks again what was left open when the step was cut off.
    private mutating func ask(
        about held: StepState.Held, at address: StepAddress, _ path: StepPath, _ definition: StepDefinition
    ) {
        let run = state[address].run
        switch held {
        case .doubt: askWhetherItHappened(path, run, because: "“\(path)” was cut off while it ran")
        case .result(let result): askForReview(of: result, at: path, run, definition.review ?? RequestPolicy())
        }
    }

    /// Asks about a step that may not be repeated and was cut off.
    mutating func askWhetherItHappened(
        _ path: StepPath, _ run: RunNumber, because reason: String, losing lost: LostCall? = nil
    ) {
        request(.inDoubt, at: path, run: run, title: "\(reason): has it happened?") { request in
            request.proposal = ["output": nil]
            request.lostCall = lost
        }
    }

    /// Asks whether an output is good enough.
    mutating func askForReview(of result: StepResult, at path: StepPath, _ run: RunNumber, _ policy: RequestPolicy) {
        request(.review, at: path, run: run, title: "Accept the output of “\(path)”?", policy: policy) { request in
            request.proposal = result.output
            request.result = result
        }
    }

    mutating func dispatch(_ address: StepAddress, _ path: StepPath) {
        state[address].isDispatched = true
        state.dispatchedSteps += 1
        act(.dispatch(path))
    }

    func nextRun(of address: StepAddress) -> RunNumber {
        RunNumber(rawValue: state[address].runs + 1)
    }

    /// Looks at the step's condition, unless it has begun before; skips it when it does not hold.
    private mutating func isWanted(
        _ address: StepAddress, _ definition: StepDefinition, _ path: StepPath
    ) throws -> Bool {
        guard let condition = definition.condition, state[address].isUntouched else {
            return true
        }
        let scope = state.scope(of: address.frame)
        if try condition.holds(in: scope, as: "The condition of step \"\(path)\"", at: definition.place) { return true }
        emit(.stepSkipped(path, condition: condition.source, explanation: condition.explain(in: scope).json))
        return false
    }

    /// When a step that may take that long must have ended.
    func deadline(of definition: StepDefinition) -> Timestamp? {
        definition.timeoutMilliseconds.map(now.adding(milliseconds:))
    }

    private mutating func startWait(
        _ wait: WaitDefinition, _ definition: StepDefinition, at path: StepPath, in slot: Int
    ) throws {
        let scope = state.scope(of: slot)
        let deadline = deadline(of: definition)
        switch wait {
        case .duration(let template):
            let milliseconds = try WaitTime.milliseconds(try template.evaluate(in: scope))
            let until = now.adding(milliseconds: milliseconds)
            emit(
                .stepWaiting(
                    path, nil,
                    Wait(
                        .timer, since: now, until: until, deadline: deadline, sentence: "Waits until \(until.rfc3339).")
                ))
        case .until(let template):
            let until = try WaitTime.moment(try template.evaluate(in: scope), now: now)
            emit(
                .stepWaiting(
                    path, nil,
                    Wait(
                        .timer, since: now, until: until, deadline: deadline, sentence: "Waits until \(until.rfc3339).")
                ))
        case .signal(let name, let template):
            let key: String
            switch try template?.evaluate(in: scope) {
            case nil, .null?: key = ""
            case .string(let text)?: key = text
            case let other?: key = other.text
            }
            let what = key.isEmpty ? "the signal \"\(name)\"" : "the signal \"\(name)\" with the key \"\(key)\""
            emit(
                .stepWaiting(
                    path, nil,
                    Wait(
                        .dependency, since: now, deadline: deadline, sentence: "Waits for \(what).",
                        blocker: .signal(name: name, key: key))))
            act(.awaitSignal(path, name: name, key: key))
        }
    }

    private mutating func startApproval(
        _ approval: ApprovalDefinition, _ definition: StepDefinition, at path: StepPath, in slot: Int
    ) throws {
        let scope = state.scope(of: slot)
        let title: String
        switch try approval.title.evaluate(in: scope) {
        case .string(let text): title = text
        case let other: title = other.text
        }
        let proposal = try approval.proposal?.evaluate(in: scope)
        try proposal?.requireBounds(of: "What is proposed")
        let deadline = deadline(of: definition)
        request(.approval, at: path, run: nil, title: title, policy: approval.policy) { request in
            request.proposal = proposal
            request.form = approval.form
            request.deadline = deadline
        }
    }
}

extension Expression {
    /// Whether it is true.
    /// - Throws: `EvaluationError`, or `SignalboxError` when it is neither true nor false.
    func holds(in scope: Scope, as what: String, at place: Place) throws -> Bool {
        guard case .bool(let holds) = try evaluate(in: scope) else {
            throw SignalboxError(.expression, "\(what) is not true or false: \(source)", at: place)
        }
        return holds
    }
}

extension Timestamp {
    func adding(milliseconds: Int64) -> Timestamp {
        Timestamp(millisecondsSinceEpoch: millisecondsSinceEpoch + milliseconds)
    }
}
