import Core
import Plans

@testable import Engine

/// The dispatcher and the executors, and what the server does when it starts.
extension World {
    mutating func perform(_ action: TaskAction, of number: TaskNumber) {
        switch action {
        case .dispatch(let step): queue.append((number, step))
        case .execute(let work): running.append(Running(task: number, work: work))
        case .goOn: inbox.append(Message(task: number, command: GoOn()))
        case .stop(let step, let run):
            for place in running.indices where running[place].is(number, step, run) { running[place].isStopping = true }
        case .kill(let step, let run): running.removeAll { $0.is(number, step, run) }
        case .spawn, .awaitSignal, .forgetSignal: break  // with the commit; read from the state
        case .cancelChild(let child): inbox.append(Message(task: child, command: Cancel(by: nil)))
        case .killChild(let child): inbox.append(Message(task: child, command: Kill(by: nil)))
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

    /// An executor has come to its end.
    mutating func finish(_ running: Running) throws {
        guard let task = tasks[running.task] else { return }
        let work = running.work
        let path = "\(task.scope)\(work.step)"
        if case .agent(let agent) = work.call, !running.hasAnswered {
            // First the answer of the model is journaled, later the end of the run.
            var answered = running
            answered.hasAnswered = true
            self.running.append(answered)
            let usage = TokenUsage(input: Int64(100 + below(50)), output: 20)
            let turn = Turn(
                model: agent.model, usage: usage, stopReason: "stop", durationMilliseconds: 5, request: nil,
                response: ["text": "hm"])
            return try commit(Message(task: running.task, command: RecordTurn(work.step, work.run, turn)))
        }
        let outcome =
            running.isStopping && chance(50)
            ? .stopped() : answers.outcome(of: work, at: path, failures: task.ledger.failures[work.step] ?? 0)
        let message = Message(task: running.task, command: FinishStep(work.step, work.run, outcome))
        inbox.append(message)
        echoes.append(message)
    }
}

extension World.Running {
    func `is`(_ task: TaskNumber, _ step: StepPath, _ run: RunNumber) -> Bool {
        self.task == task && work.step == step && work.run == run
    }
}
