internal import Core
internal import Engine
internal import Store

/// What became of every step of a task: a fold of its events that leaves out what the steps were given and handed over.
struct TaskRecord: Sendable {
    let origin: TaskOrigin
    private(set) var steps: [StepPath: RecordedStep] = [:]
    /// What was said in the latest run of the step that is watched, each message with the number of turns before it.
    private(set) var conversation: [(turns: Int, message: ConversationMessage)] = []
    private let watched: StepPath?
    private var turns = 0
    private var children = ChildrenCosts()
    /// The calls of the last turn.
    private var calls: [ToolRequest] = []
    /// Files that tools of the step that is watched have kept, each with how many answers there had been.
    private var conversationFiles: [(turns: Int, file: TaskFile)] = []
    private var keepsConversation = false
    private var questions: Set<Int64> = []
    /// Outputs of the step that is watched which people look at, by the ordinals of the requests.
    private var reviews: [Int64: JSON] = [:]
    /// What the next run goes on behind: an answer that was sent back, and why.
    private var sentBack: (conversation: [ConversationMessage], files: [TaskFile])?

    /// - Parameter watched: the agent step whose conversation is kept.
    init(_ origin: TaskOrigin, watching watched: StepPath? = nil) {
        self.origin = origin
        self.watched = watched
        beginConversation()
    }

    /// Whether `note` needs the payload of events of that kind.
    static func needsPayload(_ kind: EventKind) -> Bool {
        switch kind {
        case .stepRetrying, .stepFailed, .turnCompleted, .toolCompleted, .agentNoticed, .branchChosen,
            .decisionRequested, .decisionMade, .taskRepriced:
            true
        default: ChildrenCosts.kinds.contains(kind)
        }
    }

    /// Takes an event that follows on the creation.
    mutating func note(_ kind: EventKind, _ event: EventRow, payload: JSON?) throws {
        if kind == .taskRepriced { return try reprice(payload) }
        if ChildrenCosts.kinds.contains(kind) { return noteChild(kind, event.step, payload) }
        guard let path = event.step else { return }
        switch kind {
        case .stepStarted:
            begin(path, at: event.at)
            if path == watched, !keepsConversation { beginConversation() }
            if path == watched { keepsConversation = false }
        case .stepRetrying:
            steps[path]?.status = .queued
            guard path == watched else { break }
            // After a failure of the model the next run goes on behind what was said.
            keepsConversation = try Failure(payload?["failure"]).cause.keepsConversation && !conversation.isEmpty
            if !keepsConversation { beginConversation() }
        case .stepResumed: begin(path, at: event.at)
        case .stepWaiting, .stepQueued, .stepInterrupted, .decisionRequested:
            begin(path, at: event.at)
            noteQuestion(path, payload)
        case .decisionMade: try noteAnswer(path, payload)
        case .turnCompleted: try noteTurn(path, payload)
        case .toolCompleted: try noteResult(path, payload)
        case .agentNoticed:
            guard path == watched, let text = payload?["text"]?.stringValue else { break }
            conversation.append((turns, ConversationMessage(speaker: .signalbox, text: text)))
        case .stepCompleted, .stepReused: end(path, as: .completed, event)
        case .stepFailed:
            end(path, as: .failed, event)
            guard path == watched else { break }
            keepsConversation = try Failure(payload?["failure"]).cause.keepsConversation && !conversation.isEmpty
        case .stepSkipped: end(path, as: .skipped, event)
        case .stepCancelled:
            end(path, as: .cancelled, event)
            if path == watched { keepsConversation = !conversation.isEmpty }
        case .loopStarted:
            begin(path, at: event.at)
            steps[path]?.iterations = 0
        case .branchChosen:
            begin(path, at: event.at)
            choose(payload?["path"]?.stringValue, by: payload?["reason"], at: path, event)
        case .iterationStarted:
            begin(path, at: event.at)
            if let loop = path.parent { steps[loop]?.iterations += 1 }
        case .iterationCompleted: end(path, as: .completed, event)
        case .iterationFailed: end(path, as: .failed, event)
        case .iterationCancelled: end(path, as: .cancelled, event)
        default: break
        }
    }

    /// The recorded step; a step or iteration whose result this task took over itself is as it was in its own.
    func step(_ path: StepPath) -> RecordedStep? { steps[path]?.taking(over: takenOver(path)) }

    /// Takes from the steps' times what was none of their own.
    mutating func leaveOut(_ idle: [StepPath: Int64]) {
        for (path, milliseconds) in idle {
            guard let step = steps[path], step.milliseconds > 0 else { continue }
            steps[path]?.milliseconds = max(0, step.milliseconds - milliseconds)
        }
    }

    private mutating func begin(_ path: StepPath, at time: Timestamp) {
        var step = steps[path] ?? RecordedStep(status: .running)
        step.status = .running
        step.started = step.started ?? time
        steps[path] = step
    }

    private mutating func end(_ path: StepPath, as status: StepStatus, _ event: EventRow) {
        steps[path, default: RecordedStep(status: status)].status = status
        let started = steps[path]?.started ?? event.at
        steps[path]?.milliseconds = max(0, event.at.milliseconds(since: started))
        // The path of a branch ends with the branch.
        if let taken = steps[path]?.path { steps[path.appending(taken)]?.status = status }
    }

    private mutating func choose(_ taken: String?, by reason: JSON?, at path: StepPath, _ event: EventRow) {
        steps[path]?.path = taken
        steps[path]?.isChosenByAgent = reason?["agent"] != nil || reason?["reused_from"] != nil
        if let taken { begin(path.appending(taken), at: event.at) }
    }

    /// What turns are taken to cost since they were reckoned anew: the rows of the steps say it too.
    private mutating func reprice(_ payload: JSON?) throws {
        guard let payload else { return }
        for turn in try TaskRepricing(payload).turns { add(cost: turn.change.cost, to: turn.step) }
    }

    private mutating func noteChild(_ kind: EventKind, _ step: StepPath?, _ payload: JSON?) {
        guard let (step, cost) = children.note(kind, step: step, payload: payload) else { return }
        add(cost: cost, to: step)
    }

    private mutating func add(cost: Money?, to path: StepPath) {
        guard let cost, cost != .zero else { return }
        for place in [path] + path.ancestors {
            guard var step = steps[place] else { continue }
            step.cost = step.cost + cost
            steps[place] = step
        }
    }
}

/// What became of a step, of an iteration of a loop, or of the path that a branch has taken.
struct RecordedStep: Sendable {
    var status: StepStatus
    var started: Timestamp?
    /// From its beginning to its end, with all that it waited for.
    var milliseconds: Int64 = 0
    var cost = Money.zero
    /// Of a loop: how many iterations have begun.
    var iterations = 0
    /// Of a branch: the path it has taken.
    var path: String?
    var isChosenByAgent = false

    init(status: StepStatus) {
        self.status = status
    }
}

/// The conversation of the step that is watched.
extension TaskRecord {
    /// What was said before the model answered for that time, counted from 1; nil when it never did.
    func conversation(beforeTurn turn: Int) -> [ConversationMessage]? {
        guard turn >= 1, turn <= turns else { return nil }
        return conversation.filter { $0.turns < turn }.map(\.message)
    }

    /// What its tools had kept by then, oldest first: the model was told that it is there.
    func files(beforeTurn turn: Int) -> [TaskFile] {
        conversationFiles.filter { $0.turns < turn }.map(\.file)
    }

    /// How many answers the model gave in the latest run.
    var turnsRecorded: Int { turns }

    /// A run begins behind what was taken over from an earlier task.
    private mutating func beginConversation() {
        conversation = []
        conversationFiles = []
        turns = 0
        if let sentBack {
            // The turns of a run are counted anew.
            conversation = sentBack.conversation.map { (0, $0) }
            conversationFiles = sentBack.files.map { (0, $0) }
            return
        }
        guard let watched, case .conversation(let messages)? = origin.reuse[watched]?.content else { return }
        for message in messages {
            if message.speaker == .model { turns += 1 }
            conversation.append((turns, message))
        }
    }

    private mutating func noteTurn(_ path: StepPath, _ payload: JSON?) throws {
        add(cost: Money("cost", in: payload), to: path)
        guard path == watched, let payload else { return }
        let turn = try Turn(payload)
        guard turn.purpose == nil, turn.isWhole else { return }
        turns += 1
        calls = turn.calls
        conversation.append((turns, ConversationMessage(answer: turn)))
    }

    private mutating func noteResult(_ path: StepPath, _ payload: JSON?) throws {
        guard path == watched, let payload, let call = calls.first(where: { $0.id == payload["id"]?.stringValue })
        else { return }
        let result = try ToolReturn(payload)
        conversation.append((turns, ConversationMessage(result, of: call)))
        conversationFiles += result.files.map { (turns, $0) }
    }

    private mutating func noteQuestion(_ path: StepPath, _ payload: JSON?) {
        if path == watched, payload?["kind"]?.stringValue == DecisionRequest.Kind.review.rawValue,
            let ordinal = payload?["ordinal"]?.intValue
        {
            reviews[ordinal] = payload?["proposal"] ?? .null
        }
        // The answer to a call of ask_question is its result.
        guard path == watched, payload?["kind"]?.stringValue == DecisionRequest.Kind.question.rawValue,
            payload?["call"] == nil,
            let ordinal = payload?["ordinal"]?.intValue
        else { return }
        questions.insert(ordinal)
    }

    private mutating func noteAnswer(_ path: StepPath, _ payload: JSON?) throws {
        guard path == watched, let payload, let ordinal = payload["ordinal"]?.intValue else { return }
        if let output = reviews[ordinal] { sendBack(output, try Decision(payload)) }
        guard questions.contains(ordinal) else { return }
        let answer = try Decision(payload).answer
        conversation.append((turns, ConversationMessage(speaker: .person, text: answer)))
    }

    /// As the machine does it: `SentBack`. What an agent said that chose the path of a branch is forgotten.
    private mutating func sendBack(_ output: JSON, _ decision: Decision) {
        guard decision.verdict == .retry, watched.flatMap({ steps[$0]?.path }) == nil,
            let words = decision.feedbackToAgent
        else { return }
        var said = conversation.map(\.message)
        if said.last?.speaker != .model {
            said.append(ConversationMessage(speaker: .model, text: output.stringValue ?? output.text))
        }
        said.append(ConversationMessage(speaker: .person, text: words))
        sentBack = (said, conversationFiles.map(\.file))
    }
}
