public import Core
internal import Plans

/// The dispatcher has room for a step: it starts now, unless a person must be asked first.
public struct StartStep: TaskCommand {
    public let step: StepPath

    public init(_ step: StepPath) {
        self.step = step
    }

    public func apply(to machine: inout TaskMachine) throws {
        // The task may have failed or been cancelled while the step stood in the dispatcher's queue, its iteration may be
        // gone, or it may stand there twice after a failed commit.
        guard machine.state.result == nil, let address = machine.address(step) else { return }
        let state = machine.state[address]
        let isWaitingForRoom = state.status == .waiting && state.wait?.reason == .capacity
        guard state.status == .queued && state.remainingNeeds == 0 || isWaitingForRoom,
            !machine.state.frames[address.frame].isStopping
        else { return }
        guard !machine.isFull else { return machine.putBack(address, step, isWaitingForRoom) }
        let isResuming = state.conduct?.isResuming == true
        let run = isResuming ? state.run : machine.nextRun(of: address)
        do {
            var work = try machine.work(for: address, run: run)
            let definition = machine.definition(at: address)
            let scope = machine.state.scope(of: address.frame)
            let call = work.proposal
            guard
                let agreed = isResuming
                    ? state.conduct?.agreedCall ?? call
                    : try machine.consented(to: call, at: address, step, definition, scope)
            else {
                machine.advance()
                return
            }
            if agreed != call { try work.change(to: agreed) }
            if let worst = machine.worstCase(of: work, at: address), case .agent(let agent) = work.call,
                try !machine.fitsBudget(worst, model: agent.model, at: address, step, run: nil)
            {
                machine.advance()
                return
            }
            let input = work.input
            try input.requireBounds(of: "What the step is given", bytesMaximum: Limits.payloadBytesMaximum)
            machine.emit(isResuming ? .stepResumed(step, run) : .stepStarted(step, run, input: input))
            guard case .agent(var agent) = work.call else { return machine.act(.execute(work)) }
            agent.order = try machine.nextOrder(at: address, step, run)
            guard !agent.order.isRest else { return }
            work.call = .agent(agent)
            machine.act(.execute(work))
        } catch {
            machine.emit(.stepFailed(step, run, Failure(evaluating: error, step: step), trace: nil))
            machine.advance()
        }
    }
}

extension TaskMachine {
    /// Whether as many steps run as the plan lets run at the same time.
    fileprivate var isFull: Bool {
        executable.plan.limits.parallelSteps.map { state.runningSteps >= $0 } ?? false
    }

    /// Takes a step out of the dispatcher's queue until another one has ended: after a commit that failed, or a restart,
    /// more may stand there than the plan lets run.
    fileprivate mutating func putBack(_ address: StepAddress, _ path: StepPath, _ isWaitingForRoom: Bool) {
        if isWaitingForRoom { emit(.stepQueued(path)) }
        leaveQueue(address)
        state.frames[address.frame].startable.append(address.place)
        state.starved.insert(address.frame)
    }
}
