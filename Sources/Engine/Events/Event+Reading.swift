internal import Core

extension Event {
    /// Reads an entry of the journal back.
    /// - Throws: `JournalFormatError` for an entry that no version has written.
    public init(_ entry: JournalEntry) throws {
        at = entry.at
        body = try Body(entry)
    }
}

extension Event.Body {
    fileprivate init(_ entry: JournalEntry) throws {
        let payload = entry.payload
        func step() throws -> StepPath {
            guard let step = entry.step else { throw JournalFormatError.member("step") }
            return step
        }
        func run() throws -> RunNumber {
            guard let run = entry.run else { throw JournalFormatError.member("run") }
            return run
        }
        switch entry.kind {
        case .taskCreated: self = .taskCreated(try TaskOrigin(payload))
        case .taskAdmitted: self = .taskAdmitted
        case .stepStarted: self = .stepStarted(try step(), try run(), input: payload["input"] ?? nil)
        case .stepResumed: self = .stepResumed(try step(), try run())
        case .turnCompleted: self = .turnCompleted(try step(), try run(), try Turn(payload))
        case .toolStarted: self = .toolStarted(try step(), try run(), try ToolRequest(payload))
        case .toolCompleted:
            guard let call = payload["id"]?.stringValue else { throw JournalFormatError.member("id") }
            self = .toolCompleted(try step(), try run(), call: call, try ToolReturn(payload))
        case .toolPaused:
            guard let call = payload["id"]?.stringValue else { throw JournalFormatError.member("id") }
            self = .toolPaused(try step(), try run(), call: call, try ToolQuestion(payload["question"]))
        case .agentNoticed:
            let notice = [AgentNotice.warning, .raised].first { payload[$0.rawValue]?.boolValue == true }
            self = .agentNoticed(
                try step(), try run(), payload["text"]?.stringValue ?? "", notice ?? .correction)
        case .requestSized:
            self = .requestSized(try step(), try run(), bytes: Int(payload["bytes"]?.intValue ?? 0))
        case .stepCompleted: self = .stepCompleted(try step(), try run(), try StepResult(payload))
        case .stepFailed:
            self = .stepFailed(try step(), try run(), try Failure(payload["failure"]), trace: payload["trace"])
        case .stepRetrying:
            guard let until = Timestamp(payload["until"]) else { throw JournalFormatError.member("until") }
            self = .stepRetrying(
                try step(), try run(), try Failure(payload["failure"]), trace: payload["trace"], until: until)
        case .stepSkipped:
            self = .stepSkipped(
                try step(), condition: payload["condition"]?.stringValue ?? "",
                explanation: payload["explanation"] ?? .null)
        case .stepCancelled: self = .stepCancelled(try step(), entry.run, trace: payload["trace"])
        case .stepInterrupted: self = .stepInterrupted(try step(), try run(), LostCall(payload["lost_call"]))
        case .stepWaiting: self = .stepWaiting(try step(), entry.run, try Wait(payload, since: entry.at))
        case .stepQueued: self = .stepQueued(try step())
        case .stepReused: self = .stepReused(try step(), try Reuse(payload))
        case .timeoutReached: self = .timeoutReached(try step(), try Failure(payload["failure"]))
        case .loopStarted:
            self = .loopStarted(try step(), try LoopSource(payload), deadline: Timestamp(payload["deadline"]))
        case .iterationStarted: self = .iterationStarted(try step())
        case .iterationCompleted:
            self = .iterationCompleted(
                try step(), output: payload["output"] ?? .null, reused: try payload["reused"].map(Reuse.init))
        case .iterationFailed: self = .iterationFailed(try step(), try Failure(payload["failure"]))
        case .iterationCancelled: self = .iterationCancelled(try step())
        case .branchChosen: self = .branchChosen(try step(), BranchChoice(payload))
        case .childStarted: self = .childStarted(try step(), try run(), try ChildTask(payload))
        case .childEnded:
            self = .childEnded(try step(), try run(), try ChildTask(payload), Spending(payload["spending"]))
        case .limitsRaised:
            guard let child = payload["task"]?.intValue else { throw JournalFormatError.member("task") }
            self = .limitsRaised(
                TaskLimits(payload["limits"]), child: TaskNumber(rawValue: child),
                by: payload["by"]?.stringValue ?? "")
        case .decisionRequested:
            self = .decisionRequested(
                try DecisionRequest(payload, step: try step(), run: entry.run, at: entry.at))
        case .decisionMade:
            guard let ordinal = payload["ordinal"]?.intValue else { throw JournalFormatError.member("ordinal") }
            self = .decisionMade(try step(), ordinal: Int(ordinal), try Decision(payload))
        case .cancelRequested: self = .cancelRequested(by: payload["by"]?.stringValue)
        case .killRequested: self = .killRequested(by: payload["by"]?.stringValue)
        case .retryRequested: self = .retryRequested(by: payload["by"]?.stringValue)
        case .taskRepriced: self = .taskRepriced(try TaskRepricing(payload))
        case .childRepriced: self = .childRepriced(try ChildRepricing(payload))
        case .taskRenamed:
            guard let name = payload["name"]?.stringValue else { throw JournalFormatError.member("name") }
            self = .taskRenamed(name, by: payload["by"]?.stringValue)
        case .taskTagged:
            guard let elements = payload["tags"]?.arrayValue else { throw JournalFormatError.member("tags") }
            let tags = elements.compactMap(\.stringValue)
            guard tags.count == elements.count else { throw JournalFormatError.member("tags") }
            self = .taskTagged(tags, by: payload["by"]?.stringValue)
        case .clockLeapt:
            guard let milliseconds = payload["ms"]?.intValue else { throw JournalFormatError.member("ms") }
            self = .clockLeapt(milliseconds: milliseconds)
        case .taskCompleted: self = .taskCompleted(outputs: payload["outputs"]?.objectValue ?? JSONObject())
        case .taskFailed: self = .taskFailed(try Failure(payload["failure"]))
        case .taskCancelled: self = .taskCancelled
        }
    }
}

extension BranchChoice {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = ["path": path.map(JSON.string) ?? .null, "reason": reason]
        object["deadline"] = deadline.map(\.json)
        return .object(object)
    }

    init(_ json: JSON) {
        self.init(
            path: json["path"]?.stringValue, reason: json["reason"] ?? .null, deadline: Timestamp(json["deadline"]))
    }
}

extension ChildTask {
    /// The form of the journal.
    var json: JSON {
        var object: JSONObject = [
            "task": .int(number.rawValue), "id": .string(id.rawValue), "plan": .string(planName),
            "plan_hash": .string(planHash.rawValue),
        ]
        object["deadline"] = deadline.map(\.json)
        if !isAwaited { object["awaited"] = false }
        return .object(object)
    }

    init(_ json: JSON) throws {
        guard let number = json["task"]?.intValue, let id = json["id"]?.stringValue.flatMap(TaskID.init),
            let planName = json["plan"]?.stringValue,
            let planHash = json["plan_hash"]?.stringValue.flatMap(ContentHash.init)
        else { throw JournalFormatError.member("task") }
        self.init(
            number: TaskNumber(rawValue: number), id: id, planName: planName, planHash: planHash,
            deadline: Timestamp(json["deadline"]))
        isAwaited = json["awaited"]?.boolValue ?? true
    }
}
