import Core
import Plans

@testable import Engine

/// The dispatcher and the executors, and what the server does when it starts.
extension World {
    mutating func perform(_ action: TaskAction, of number: TaskNumber) {
        switch action {
        case .dispatch(let step): queue.append((number, step))
        case .execute(let work):
            guard case .agent(let agent) = work.call else { return running.append(Running(task: number, work: work)) }
            carryOut(agent.order, of: work, number)
        case .agent(let step, let run, let order):
            // Whoever carried out the last order gets the next one; after a crash nobody does.
            guard let work = agents[number]?[step], work.run == run else { return }
            carryOut(order, of: work, number)
        case .goOn: inbox.append(Message(task: number, command: GoOn()))
        case .stop(let step, let run):
            for place in running.indices where running[place].is(number, step, run) { running[place].isStopping = true }
        case .kill(let step, let run): running.removeAll { $0.is(number, step, run) }
        case .spawn, .awaitSignal, .forgetSignal: break  // with the commit; read from the state
        case .cancelChild(let child): inbox.append(Message(task: child, command: Cancel(by: nil)))
        case .killChild(let child): inbox.append(Message(task: child, command: Kill(by: nil)))
        case .raiseParent(let limits, let name):
            guard let parent = tasks[number]?.state.origin.parent else { return }
            inbox.append(Message(task: parent.task, command: RaiseForChild(number, limits, by: name)))
        }
    }

    /// What a server does for each task when it starts.
    mutating func recover(_ number: TaskNumber) {
        guard let task = tasks[number] else { return }
        tell(endOf: number)
        guard task.state.result == nil else { return }
        // Its parent may have ended without being able to say so.
        if let parent = task.state.origin.parent, tasks[parent.task]?.state.result != nil {
            inbox.append(Message(task: number, command: Kill(by: nil)))
        }
        if !task.machine.isIdle { recovering.append(number) }
    }

    /// Tells the parent, if there is one, that its child has ended.
    mutating func tell(endOf number: TaskNumber) {
        guard let task = tasks[number], let parent = task.state.origin.parent, let ending = task.ending else { return }
        let message = Message(
            task: parent.task,
            command: ChildEnded(
                parent.step, parent.run, task.child(until: nil), ending, spending: task.state.spending))
        inbox.append(message)
        echoes.append(message)
    }

    private mutating func carryOut(_ order: AgentOrder, of work: StepWork, _ number: TaskNumber) {
        agents[number, default: [:]][work.step] = work
        switch order {
        case .rest: break
        case .callTools(let calls, let turn):
            for call in calls {
                running.append(Running(task: number, work: work, order: .callTools([call], turn: turn)))
            }
        case .askModel, .checkLoop: running.append(Running(task: number, work: work, order: order))
        }
    }

    /// An executor has come to its end.
    mutating func finish(_ running: Running) throws {
        guard let task = tasks[running.task] else { return }
        let work = running.work
        let path = "\(task.scope)\(work.step)"
        let failures = task.ledger.failures[work.step] ?? 0
        if running.isStopping && chance(50) { return tell(FinishStep(work.step, work.run, .stopped()), of: running) }
        guard case .agent(let agent) = work.call, let order = running.order else {
            let outcome = answers.outcome(of: work, at: path, failures: failures)
            return tell(FinishStep(work.step, work.run, outcome), of: running)
        }
        switch order {
        case .askModel(let conversation, let number, _):
            let answer = answers.turn(of: agent, conversation, at: path, failures: failures)
            let usage = TokenUsage(input: Int64(100 + below(50)), output: 20)
            let turn = Turn(
                model: agent.model, usage: usage, stopReason: "stop", durationMilliseconds: 5, request: nil,
                response: ["text": "hm"], calls: answer.calls)
            // Some executors have looked already; what needs a person's consent is asked about all the same.
            let looked = chance(30) ? answer.calls : []
            let looks = Dictionary(uniqueKeysWithValues: looked.map { ($0.id, answers.result(of: $0, at: path)) })
            tell(
                RecordTurn(work.step, work.run, turn, number: number, outcome: answer.outcome, looks: looks),
                of: running)
        case .callTools(let calls, _):
            for call in calls {
                tell(FinishTool(work.step, work.run, call: call.id, answers.result(of: call, at: path)), of: running)
            }
        case .checkLoop, .rest: break
        }
    }

    private mutating func tell(_ command: any TaskCommand, of running: Running) {
        let message = Message(task: running.task, command: command)
        inbox.append(message)
        echoes.append(message)
    }
}

extension World.Running {
    func `is`(_ task: TaskNumber, _ step: StepPath, _ run: RunNumber) -> Bool {
        self.task == task && work.step == step && work.run == run
    }
}
