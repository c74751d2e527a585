public import Core

/// An event as the journal keeps it: flat, with the kind's own data as JSON.
public struct JournalEntry: Sendable {
    public var at: Timestamp
    public var kind: EventKind
    public var step: StepPath?
    public var run: RunNumber?
    public var payload: JSON

    public init(at: Timestamp, kind: EventKind, step: StepPath?, run: RunNumber?, payload: JSON) {
        self.at = at
        self.kind = kind
        self.step = step
        self.run = run
        self.payload = payload
    }
}

/// The journal holds something that this version cannot read.
public enum JournalFormatError: Error, Sendable, Hashable {
    /// An event lacks that member, or it has the wrong type.
    case member(String)
}

extension Event {
    /// The form in which the journal keeps it.
    public var entry: JournalEntry {
        switch body {
        case .taskCreated(let origin): entry(.taskCreated, origin.json)
        case .taskAdmitted: entry(.taskAdmitted)
        case .stepStarted(let step, let run, let input): entry(.stepStarted, step, run, ["input": input])
        case .stepResumed(let step, let run): entry(.stepResumed, step, run)
        case .turnCompleted(let step, let run, let turn): entry(.turnCompleted, step, run, turn.json)
        case .toolStarted(let step, let run, let request): entry(.toolStarted, step, run, request.json)
        case .toolCompleted(let step, let run, let call, let result):
            entry(.toolCompleted, step, run, members(["id": .string(call)], result.json))
        case .toolPaused(let step, let run, let call, let question):
            entry(.toolPaused, step, run, ["id": .string(call), "question": question.json])
        case .agentNoticed(let step, let run, let text, let notice):
            entry(
                .agentNoticed, step, run,
                members(["text": .string(text)], notice.rawValue, notice == .correction ? nil : true))
        case .requestSized(let step, let run, let bytes):
            entry(.requestSized, step, run, ["bytes": .int(Int64(bytes))])
        case .stepCompleted(let step, let run, let result): entry(.stepCompleted, step, run, result.json)
        case .stepFailed(let step, let run, let failure, let trace):
            entry(.stepFailed, step, run, members(["failure": failure.json], "trace", trace))
        case .stepRetrying(let step, let run, let failure, let trace, let until):
            entry(
                .stepRetrying, step, run,
                members(["failure": failure.json, "until": until.json], "trace", trace))
        case .stepSkipped(let step, let condition, let explanation):
            entry(.stepSkipped, step, nil, ["condition": .string(condition), "explanation": explanation])
        case .stepCancelled(let step, let run, let trace):
            entry(.stepCancelled, step, run, members([:], "trace", trace))
        case .stepInterrupted(let step, let run, let lost):
            entry(.stepInterrupted, step, run, members([:], "lost_call", lost.map(\.json)))
        case .stepWaiting(let step, let run, let wait): entry(.stepWaiting, step, run, wait.json)
        case .stepQueued(let step): entry(.stepQueued, step, nil)
        case .stepReused(let step, let reuse): entry(.stepReused, step, nil, reuse.json)
        case .timeoutReached(let step, let failure):
            entry(.timeoutReached, step, nil, ["failure": failure.json])
        case .loopStarted(let step, let source, let deadline):
            entry(.loopStarted, step, nil, members(source.json.objectValue ?? [:], "deadline", deadline?.json))
        case .iterationStarted(let step): entry(.iterationStarted, step, nil)
        case .iterationCompleted(let step, let output, let reuse):
            entry(.iterationCompleted, step, nil, members(["output": output], "reused", reuse?.json))
        case .iterationFailed(let step, let failure):
            entry(.iterationFailed, step, nil, ["failure": failure.json])
        case .iterationCancelled(let step): entry(.iterationCancelled, step, nil)
        case .branchChosen(let step, let choice): entry(.branchChosen, step, nil, choice.json)
        case .childStarted(let step, let run, let child): entry(.childStarted, step, run, child.json)
        case .childEnded(let step, let run, let child, let spending):
            entry(.childEnded, step, run, members(child.json.objectValue ?? [:], "spending", spending.json))
        case .limitsRaised(let limits, let child, let name):
            entry(.limitsRaised, ["limits": limits.json, "task": .int(child.rawValue), "by": .string(name)])
        case .decisionRequested(let request): entry(.decisionRequested, request.step, request.run, request.json)
        case .decisionMade(let step, let ordinal, let decision):
            entry(
                .decisionMade, step, nil,
                members(decision.json.objectValue ?? [:], "ordinal", .int(Int64(ordinal))))
        case .cancelRequested(let name): entry(.cancelRequested, members([:], "by", name.map(JSON.string)))
        case .killRequested(let name): entry(.killRequested, members([:], "by", name.map(JSON.string)))
        case .retryRequested(let name): entry(.retryRequested, members([:], "by", name.map(JSON.string)))
        case .taskRepriced(let repricing): entry(.taskRepriced, repricing.json)
        case .childRepriced(let repricing): entry(.childRepriced, repricing.json)
        case .taskRenamed(let name, let person):
            entry(.taskRenamed, members(["name": .string(name)], "by", person.map(JSON.string)))
        case .taskTagged(let tags, let person):
            entry(.taskTagged, members(["tags": .array(tags.map(JSON.string))], "by", person.map(JSON.string)))
        case .clockLeapt(let milliseconds): entry(.clockLeapt, ["ms": .int(milliseconds)])
        case .taskCompleted(let outputs): entry(.taskCompleted, ["outputs": .object(outputs)])
        case .taskFailed(let failure): entry(.taskFailed, ["failure": failure.json])
        case .taskCancelled: entry(.taskCancelled)
        }
    }

    private func entry(_ kind: EventKind, _ payload: JSON = .object(JSONObject())) -> JournalEntry {
        entry(kind, nil, nil, payload)
    }

    private func entry(
        _ kind: EventKind, _ step: StepPath?, _ run: RunNumber?, _ payload: JSON = .object(JSONObject())
    ) -> JournalEntry {
        JournalEntry(at: at, kind: kind, step: step, run: run, payload: payload)
    }

    private func members(_ object: JSONObject, _ more: JSON) -> JSON {
        var copy = object
        for member in more.objectValue ?? [:] { copy[member.name] = member.value }
        return .object(copy)
    }

    private func members(_ object: JSONObject, _ name: String, _ value: JSON?) -> JSON {
        .object(object.with(name, value))
    }
}

extension JSONObject {
    /// The same object with that member too, unless it is nil.
    func with(_ name: String, _ value: JSON?) -> JSONObject {
        var copy = self
        if let value { copy[name] = value }
        return copy
    }
}
