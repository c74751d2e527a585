internal import Core
internal import Plans

/// What events do to the runs of agents.
extension TaskMachine {
    mutating func record(_ turn: Turn, at address: StepAddress) {
        release(at: address)
        let spending = Spending(
            modelCalls: 1, usage: turn.usage, cost: turn.cost ?? .zero, unpricedCalls: turn.cost == nil ? 1 : 0)
        if !state.models.contains(turn.model) { state.models.append(turn.model) }
        state.unpricedCall = UnpricedCall(turn, at: state.lastEventAt) ?? state.unpricedCall
        state.spending += spending
        add(spending, model: turn.model, at: address)
        guard turn.purpose == nil else {
            state[address].dealings.agent.checkedAt = agentRun(at: address).seenCalls
            reserveNextCall(at: address)
            return
        }
        var conduct = state[address].dealings
        // The first request of a run is kept in full, tools and all: that is what each further one sends again.
        if turn.request["messages"] != nil {
            conduct.inputBytes = max(conduct.inputBytes, turn.request.bytes.count)
        }
        for tool in turn.request["tools"]?.arrayValue ?? [] {
            if let name = tool["name"]?.stringValue { conduct.agent.schemas[name] = tool["parameters"] }
        }
        conduct.agent.turns += 1
        conduct.agent.isAsking = false
        // Half an answer, or none, is no part of the conversation: it is on record, and counts, and is asked for anew.
        guard turn.isWhole else {
            state[address].conduct = conduct
            return
        }
        conduct.conversation.append(ConversationMessage(answer: turn))
        conduct.agent.open = turn.calls.map { AgentRun.OpenCall(request: $0) }
        // A run that goes on behind a failure of its model gets somewhere: the next one is not one more of those before.
        if conduct.goesOn, !turn.calls.isEmpty {
            conduct.failedRuns = 0
            conduct.goesOn = false
        }
        state[address].conduct = conduct
    }

    /// Counts a call whose answer never came.
    mutating func lose(_ call: LostCall?, at address: StepAddress) {
        guard let call else { return }
        if !state.models.contains(call.model) { state.models.append(call.model) }
        state.spending += call.spending
        add(call.spending, model: call.model, at: address)
    }

    mutating func beginTool(_ request: ToolRequest, at address: StepAddress) {
        let kept = recentCalls(at: address)
        var agent = agentRun(at: address)
        // One that was cut off and is made again counts once.
        if !agent.hasBegun(request.id) {
            let spending = Spending(toolCalls: 1)
            state.spending += spending
            add(spending, model: nil, at: address)
            agent.toolCalls += 1
        }
        agent.note(request, keeping: kept)
        if let place = agent.open.firstIndex(where: { $0.request.id == request.id }) {
            agent.open[place].hasStarted = true
        }
        state[address].dealings.agent = agent
    }

    mutating func endTool(_ id: String, _ result: ToolReturn, at address: StepAddress) {
        let kept = recentCalls(at: address)
        var conduct = state[address].dealings
        guard let place = conduct.agent.open.firstIndex(where: { $0.request.id == id }) else { return }
        let call = conduct.agent.open.remove(at: place)
        // What could not be carried out counts too: a model that repeats the same mistake goes round in circles.
        if !call.hasStarted {
            if !conduct.agent.hasBegun(id) { conduct.agent.refusedCalls += 1 }
            conduct.agent.note(call.request, keeping: kept)
        }
        conduct.agent.note(id, hasFailed: result.isError)
        conduct.agent.files += result.files
        conduct.conversation.append(ConversationMessage(result, of: call.request))
        if conduct.agent.open.isEmpty { conduct.agent.isAsking = true }
        state[address].conduct = conduct
        if conduct.agent.open.isEmpty { reserveNextCall(at: address) }
    }

    mutating func pauseTool(_ id: String, _ question: ToolQuestion, at address: StepAddress) {
        guard let place = agentRun(at: address).open.firstIndex(where: { $0.request.id == id }) else { return }
        state[address].dealings.agent.open[place].hasStarted = false
        state[address].dealings.agent.open[place].question = question
    }

    mutating func notice(_ text: String, _ kind: AgentNotice, at address: StepAddress) {
        if kind != .correction {
            state[address].dealings.agent.isWarned = kind == .warning
            state[address].dealings.agent.raised = nil
        }
        state[address].dealings.conversation.append(
            ConversationMessage(speaker: .signalbox, text: text))
        state[address].dealings.agent.isAsking = agentRun(at: address).open.isEmpty
        reserveNextCall(at: address)
    }

    /// A person has raised limits: who was told to come to an end because of them is to hear of it.
    mutating func noteRaise(_ raised: TaskLimits) {
        for slot in state.frames.indices {
            for place in state.frames[slot].steps.indices {
                guard let agent = state.frames[slot].steps[place].conduct?.agent, agent.isWarned else { continue }
                let all = raised.overriding(agent.raised ?? TaskLimits())
                state.frames[slot].steps[place].conduct?.agent.raised = all
            }
        }
    }

    /// How many of the latest calls are kept for the rules, and for the model that is asked.
    func recentCalls(at address: StepAddress) -> AgentRun.RecentBounds {
        let rules = loopRules(at: address)
        let rounds = 2 * (rules.repeats ?? state.origin.agents.loopRepeats)
        return AgentRun.RecentBounds(rounds: rounds, calls: max(rounds, rules.checkEvery ?? 0))
    }

    /// Counts on the step, on the block it stands in, and on all that hold these.
    mutating func add(_ spending: Spending, model: String?, at address: StepAddress) {
        state[address].spending += spending
        if let model, !state[address].models.contains(model) {
            state[address].models.append(model)
        }
        state.frames[address.frame].spending += spending
        if let container = state.frames[address.frame].container { add(spending, model: model, at: container) }
    }

    /// A new run of an agent begins with nothing said, behind what was taken over, behind an answer that was sent back, or,
    /// after a failure of the moment, behind what was said before.
    mutating func beginConversation(at address: StepAddress) {
        if state[address].conduct?.keepsConversation == true {
            state[address].conduct?.keepsConversation = false
            state[address].conduct?.goesOn = true
            return
        }
        var messages: [ConversationMessage] = []
        var files: [TaskFile] = []
        if let sentBack = state[address].conduct?.sentBack {
            messages = sentBack.conversation
            files = sentBack.files
        } else if !state.origin.reuse.isEmpty, let reuse = state.origin.reuse[path(at: address)],
            case .conversation(let taken) = reuse.content
        {
            messages = taken
        }
        guard !messages.isEmpty || state[address].conduct != nil else { return }
        forgetConversation(at: address)
        state[address].dealings.conversation = messages
        state[address].dealings.agent.files = files
    }

    mutating func forgetConversation(at address: StepAddress) {
        guard state[address].conduct != nil else { return }
        state[address].conduct?.conversation = []
        state[address].conduct?.agent = AgentRun()
        state[address].conduct?.keepsConversation = false
    }

    /// Whether a run has something behind which it can go on.
    func hasConversation(at address: StepAddress) -> Bool {
        agentRun(at: address).turns > 0
            && state[address].conduct?.conversation.isEmpty == false
            || state[address].conduct?.conversation.contains {
                $0.speaker == .person
            } ?? false
    }

    /// Keeps what was said for the next run: it goes on there, with the calls that have no result.
    mutating func keepConversation(at address: StepAddress) {
        // What was put aside for its next call is not part of it, and would be forgotten with the rest.
        release(at: address)
        let conduct = state[address].conduct
        guard let conduct, hasConversation(at: address) else { return }
        var kept = StepState.Conduct()
        kept.conversation = conduct.conversation
        kept.agent = conduct.agent
        kept.agent.suspendCalls()
        kept.failedRuns = conduct.failedRuns
        kept.rejections = conduct.rejections
        kept.feedback = conduct.feedback
        kept.sentBack = conduct.sentBack
        kept.keepsConversation = true
        state[address].conduct = kept
    }

    /// Somebody has said whether a call has happened.
    mutating func clearDoubt(about call: String?, at address: StepAddress) {
        guard let place = agentRun(at: address).open.firstIndex(where: { $0.request.id == call }) else { return }
        state[address].conduct?.agent.open[place].isInDoubt = false
    }

    /// A run that was cut off goes on where it was: calls that were under way are to be made again, or asked about.
    mutating func resumeAgain(at address: StepAddress) {
        var conduct = state[address].dealings
        // An answer of which nobody knows what it meant for the run (earlier versions journaled that apart) is asked for
        // once more.
        while conduct.agent.open.isEmpty, conduct.conversation.last?.speaker == .model {
            conduct.conversation.removeLast()
            conduct.agent.turns -= 1
        }
        guard state[address].conduct != nil else { return }
        state[address].conduct = conduct
        guard hasConversation(at: address) else { return }
        state[address].conduct?.isResuming = true
        state[address].conduct?.agent.suspendCalls()
    }
}
