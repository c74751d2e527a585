internal import Core
internal import Plans

/// What events do to requests, budgets and children.
extension TaskMachine {
    mutating func open(_ request: DecisionRequest, time: Timestamp) {
        let address = address(known: request.step)
        state.requestCount = max(state.requestCount, request.ordinal)
        let wait = Wait(
            request.kind.waitingReason, since: time, until: nil, deadline: request.deadline,
            sentence: request.title, blocker: .request(request.ordinal))
        // A question keeps what was said.
        beginWaiting(at: address, wait, time: time)
        state.requests[request.ordinal] = request
        state[address].held = nil
        // Nobody will answer there: it is held back until the task is taken up again.
        if state.frames[address.frame].isStopping { state.attention.insert(address.frame) }
        if isOpen(address) { state.frames[address.frame].containers[address.place]?.loop?.hasEnded = true }
        if let expiresAt = request.expiresAt, request.onExpiry != .wait {
            state.timers[TaskState.TimerKey(step: request.step, purpose: .expiry)] = expiresAt
        }
    }

    mutating func settle(_ ordinal: Int, of step: StepPath, _ decision: Decision, time: Timestamp) {
        guard let request = state.requests[ordinal] else { return }
        let address = address(known: step)
        state.decisions[ordinal] = DecisionRecord(
            request: step, kind: request.kind, verdict: decision.verdict, decider: decision.decider, decidedAt: time)
        switch (request.kind, decision.verdict) {
        case (.consent, .approve) where request.call != nil: agree(to: request, decision, at: address)
        case (.question, _) where request.call != nil: answerTool(request, decision, at: address)
        case (.consent, _) where request.call != nil: break
        case (.consent, .approve):
            state[address].dealings.agreedCall =
                decision.edits ?? request.proposal ?? .null
        case (.question, .approve), (.question, .reject):
            state[address].dealings.isResuming = true
            state[address].dealings.conversation.append(
                ConversationMessage(speaker: .person, text: decision.answer))
        case (.budget, .approve):
            let raised = TaskLimits(decision.edits)
            state.limits = raised.overriding(state.limits)
            state.raisedTurns = raised.turns ?? state.raisedTurns
            noteRaise(raised)
        case (.inDoubt, .retry), (.inDoubt, .approve):
            resumeAgain(at: address)
            clearDoubt(about: request.call, at: address)
        case (.review, .retry):
            state[address].dealings.failedRuns = 0
            state[address].dealings.rejections += 1
            state[address].dealings.feedback = decision.feedback
            if case .agent = definition(at: address).kind { sendBack(request, decision, at: address) }
            forgetConversation(at: address)
            state[address].dealings.agreedCall = nil
            discardContainer(at: address)
        default: break
        }
    }

    /// Keeps what an agent has said, with what the person says about it: the next run goes on there.
    private mutating func sendBack(_ request: DecisionRequest, _ decision: Decision, at address: StepAddress) {
        guard let words = decision.feedbackToAgent else { return }
        var conversation = state[address].conduct?.conversation ?? []
        // Of an output that was kept over a retry of the task, only that is known.
        if conversation.last?.speaker != .model, let answer = request.proposal {
            conversation.append(ConversationMessage(speaker: .model, text: answer.stringValue ?? answer.text))
        }
        conversation.append(ConversationMessage(speaker: .person, text: words))
        state[address].dealings.sentBack = StepState.SentBack(
            conversation: conversation, files: agentRun(at: address).files)
    }

    /// A person has answered what a tool asked: it goes on with the same call.
    private mutating func answerTool(_ request: DecisionRequest, _ decision: Decision, at address: StepAddress) {
        guard let place = agentRun(at: address).open.firstIndex(where: { $0.request.id == request.call }),
            let question = agentRun(at: address).open[place].question
        else { return }
        state[address].dealings.agent.open[place].question = nil
        state[address].dealings.agent.open[place].isAgreed = true
        var answers: JSONObject = [
            "continuation": question.continuation, "accepted": .bool(decision.verdict == .approve),
            "values": decision.values ?? [:], "by": .string(decision.decider),
        ]
        answers["feedback"] = decision.feedback.map(JSON.string)
        // The tool may have asked before in this call; the model hears of all of it when the call has ended.
        var declined = agentRun(at: address).open[place].request.answers?["declined"]?.arrayValue ?? []
        if decision.verdict == .reject, let feedback = decision.feedback {
            declined.append(["by": .string(decision.decider), "feedback": .string(feedback)])
        }
        if !declined.isEmpty { answers["declined"] = .array(declined) }
        state[address].dealings.agent.open[place].request.answers = .object(answers)
    }

    /// A person has agreed to a tool call, as it is or with other arguments.
    private mutating func agree(to request: DecisionRequest, _ decision: Decision, at address: StepAddress) {
        guard let place = agentRun(at: address).open.firstIndex(where: { $0.request.id == request.call }) else {
            return
        }
        state[address].dealings.agent.open[place].isAgreed = true
        guard let arguments = decision.edits?["arguments"]?.objectValue else { return }
        state[address].dealings.agent.open[place].request.arguments = arguments
    }

    /// Remembers what a person must say about a step that is cut off, should the task be retried: a finished step is not
    /// run again, and one that may not be repeated not without being asked for.
    mutating func holdBack(at address: StepAddress) {
        guard !isOpen(address) else { return }
        let step = state[address]
        if case .request(let ordinal) = step.wait?.blocker, let request = state.requests[ordinal] {
            switch request.kind {
            case .review: state[address].held = request.result.map { .result($0) }
            case .inDoubt: state[address].held = .doubt
            default: break
            }
        } else if step.status == .running, state.failure?.cause == .killed, !definition(at: address).isRepeatable {
            state[address].held = .doubt
        }
    }

    mutating func beginChild(at address: StepAddress, _ child: ChildTask, time: Timestamp) {
        state[address].child = child.number
        state.children[child.number] = path(at: address)
        guard child.isAwaited else {
            state.unawaited.insert(child.number)
            return
        }
        let wait = Wait(
            .dependency, since: time, deadline: child.deadline,
            sentence: "Waits for task \(child.number), which runs the plan \"\(child.planName)\".",
            blocker: .task(child.number))
        beginWaiting(at: address, wait, time: time)
    }

    /// Puts aside what the run's first call of a model may use at most.
    /// - Parameter input: what the run is given; nil when it goes on with a conversation.
    mutating func reserve(for address: StepAddress, input: JSON?) {
        guard definition(at: address).asksModel else { return }
        if let input {
            // What an earlier run came to, with its tools and files, this one will come to again.
            let bytes = firstRequestBytes(of: input, at: address)
            state[address].dealings.inputBytes = max(reckonedInputBytes(at: address), bytes)
            state[address].dealings.model = input["model"]?.stringValue
        }
        state[address].dealings.agent.isAsking = agentRun(at: address).open.isEmpty
        reserveNextCall(at: address)
    }

    /// The first request of a run is larger than was put aside for.
    mutating func size(to bytes: Int, at address: StepAddress) {
        state[address].dealings.inputBytes = bytes
        reserveNextCall(at: address)
    }

    /// Puts aside what the next call of a model may use at most.
    mutating func reserveNextCall(at address: StepAddress) {
        guard state.limits.boundsSpending else { return }
        release(at: address)
        guard state[address].status == .running else { return }
        let reservation = nextCallWorstCase(at: address)
        state[address].dealings.reservation = reservation
        state.reserved += reservation
    }

    /// What was put aside is used, or not needed any more.
    mutating func release(at address: StepAddress) {
        guard let conduct = state[address].conduct,
            conduct.reservation != .none
        else { return }
        state[address].conduct?.reservation = .none
        state.reserved -= conduct.reservation
    }
}

extension Decision {
    /// What an agent is told whose answer is sent back; nil when nothing was said.
    public var feedbackToAgent: String? {
        feedback.map { "Your last answer was sent back by a person, who said:\n\($0)" }
    }

    /// What the one who asked is told.
    public var answer: String {
        if verdict == .reject { return feedback ?? "There is no answer to this. Go on without it." }
        if let values {
            let isPlain = values.objectValue?.names == ["answer"]
            return isPlain ? values["answer"]?.stringValue ?? values.text : values.text
        }
        switch edits {
        case .string(let text): return text
        case let edits?: return edits.text
        case nil: return feedback ?? "Yes."
        }
    }
}
