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
        case .stepStarted(let step, let run, let input): entry(.stepStarted, step, run, ["input": input])
        case .turnCompleted(let step, let run, let turn): entry(.turnCompleted, step, run, turn.json)
        case .stepCompleted(let step, let run, let result): entry(.stepCompleted, step, run, result.json)
        case .stepFailed(let step, let run, let failure, let trace):
            entry(.stepFailed, step, run, .object(JSONObject(failure: failure).with("trace", trace)))
        case .stepSkipped(let step, let condition): entry(.stepSkipped, step, nil, ["condition": .string(condition)])
        case .stepCancelled(let step, let run, let trace):
            entry(.stepCancelled, step, run, .object(JSONObject().with("trace", trace)))
        case .stepInterrupted(let step, let run): entry(.stepInterrupted, step, run)
        case .stepWaiting(let step, let run, let reason):
            entry(.stepWaiting, step, run, ["reason": .string(reason.rawValue)])
        case .cancelRequested: entry(.cancelRequested)
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

    /// Reads an entry of the journal back.
    /// - Throws: `JournalFormatError` for an entry that no version has written.
    public init(_ entry: JournalEntry) throws {
        let payload = entry.payload
        func step() throws -> StepPath {
            guard let step = entry.step else { throw JournalFormatError.member("step") }
            return step
        }
        func run() throws -> RunNumber {
            guard let run = entry.run else { throw JournalFormatError.member("run") }
            return run
        }
        at = entry.at
        switch entry.kind {
        case .taskCreated: body = .taskCreated(try TaskOrigin(payload))
        case .stepStarted: body = .stepStarted(try step(), try run(), input: payload["input"] ?? nil)
        case .turnCompleted: body = .turnCompleted(try step(), try run(), try Turn(payload))
        case .stepCompleted: body = .stepCompleted(try step(), try run(), try StepResult(payload))
        case .stepFailed:
            body = .stepFailed(try step(), try run(), try Failure(payload["failure"]), trace: payload["trace"])
        case .stepSkipped: body = .stepSkipped(try step(), condition: payload["condition"]?.stringValue ?? "")
        case .stepCancelled: body = .stepCancelled(try step(), entry.run, trace: payload["trace"])
        case .stepInterrupted: body = .stepInterrupted(try step(), try run())
        case .stepWaiting:
            guard let reason = payload["reason"]?.stringValue.flatMap(WaitingReason.init(rawValue:)) else {
                throw JournalFormatError.member("reason")
            }
            body = .stepWaiting(try step(), try run(), reason)
        case .cancelRequested: body = .cancelRequested
        case .taskCompleted: body = .taskCompleted(outputs: payload["outputs"]?.objectValue ?? JSONObject())
        case .taskFailed: body = .taskFailed(try Failure(payload["failure"]))
        case .taskCancelled: body = .taskCancelled
        }
    }
}

extension JSONObject {
    fileprivate init(failure: Failure) {
        self = ["failure": failure.json]
    }

    /// The same object with that member too, unless it is nil.
    func with(_ name: String, _ value: JSON?) -> JSONObject {
        var copy = self
        if let value { copy[name] = value }
        return copy
    }
}
