internal import Core
internal import Plans

/// The engine has started anew, so no executor is at work on this task any more. A step that was under way is handed to
/// the dispatcher again if it may be repeated; if not, only a person can say what is true. Where the task was asked to
/// stop before, the crash has stopped it.
public struct Recover: TaskCommand {
    public init() {}

    public func apply(to machine: inout TaskMachine) throws {
        for (path, run) in machine.runningSteps {
            let address = machine.address(known: path)
            let definition = machine.definition(at: address)
            let doubtful = machine.agentRun(at: address).open.first { $0.hasStarted && !$0.request.isRepeatable }
            if let doubtful, !machine.state.frames[address.frame].isStopping {
                machine.askWhetherItHappened(doubtful.request, at: path, run)
            } else if machine.state.frames[address.frame].isStopping || definition.isRepeatable {
                machine.emit(.stepInterrupted(path, run, machine.callCutOff(at: address)))
            } else {
                machine.askWhetherItHappened(
                    path, run, because: "The server stopped while “\(path)” ran",
                    losing: machine.callCutOff(at: address))
            }
        }
        machine.requeueCapacityWaits()
        machine.retryBudgetWaits()
        machine.stopAbandonedChildren()
        machine.advance()
    }
}

extension TaskMachine {
    /// The call of a model that may have been under way. Nobody knows whether it had been sent already, and so whether it
    /// was paid for: it counts. Scripts cost nothing.
    fileprivate func callCutOff(at address: StepAddress) -> LostCall? {
        guard definition(at: address).asksModel, agentRun(at: address).isAsking else { return nil }
        let check = dueLoopCheck(at: address)
        let model = check?.model ?? modelOfRun(at: address)
        guard !model.isEmpty, !model.hasPrefix("script/") else { return nil }
        let worst = check?.worst ?? nextCallWorstCase(at: address)
        let answer =
            check == nil
            ? answerTokens(at: address).map(Int64.init) ?? Limits.modelOutputTokensReserved
            : Int64(Limits.loopCheckAnswerTokens)
        let isBounded = state.limits.boundsSpending
        // Without bounds the first request of a run is not sized: what it came to with its tools and files is not known.
        let isSized = isBounded || check != nil || hasConversation(at: address)
        return LostCall(
            model: model, inputTokens: isSized ? worst.tokens - answer : nil,
            reservedTokens: isBounded ? worst.tokens : nil,
            reservedCost: isBounded ? worst.cost : nil, maySearch: check == nil && hasWebSearch(at: address))
    }

    /// The dispatcher's queue is gone with the process: what stood in it is handed over again.
    fileprivate mutating func requeueCapacityWaits() {
        for (path, address) in state.waiting.sorted(by: { $0.key.rawValue < $1.key.rawValue })
        where state[address].wait?.reason == .capacity {
            emit(.stepQueued(path))
        }
    }

    /// Children that nobody waits for any more may not have been told.
    fileprivate mutating func stopAbandonedChildren() {
        guard state.result == nil else { return }
        for (child, path) in state.children.sorted(by: { $0.key < $1.key })
        where !state.unawaited.contains(child)
            && address(path).flatMap({ state.frames[$0.frame].steps[$0.place].wait?.blocker }) != .task(child)
        {
            act(.cancelChild(child))
        }
    }
}
