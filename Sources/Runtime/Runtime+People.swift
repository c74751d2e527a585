public import Core
public import Engine
public import Store

/// What people do to tasks that are there.
extension Runtime {
    /// Asks a task to stop.
    /// - Throws: `SignalboxError`: `not_found`, or `conflict` when it has ended.
    public func cancel(_ task: TaskNumber, by name: String? = nil) async throws {
        _ = try await journal.handle(Cancel(by: name), for: task)
    }

    /// Aborts a task: whatever is under way ends at once.
    /// - Throws: `SignalboxError`: `not_found`, or `conflict` when it has ended.
    public func kill(_ task: TaskNumber, by name: String? = nil) async throws {
        _ = try await journal.handle(Kill(by: name), for: task)
    }

    /// Lets a failed task go on: what failed runs again, what had finished keeps its output.
    /// - Throws: `SignalboxError`: `not_found`, or `conflict` when it has not failed.
    public func retry(_ task: TaskNumber, by name: String? = nil) async throws {
        _ = try await journal.handle(RetryTask(by: name), for: task)
    }

    /// Decides about a request such as `7-1`.
    /// - Throws: `SignalboxError`: `not_found`, `invalid_input` when the decision does not fit, or `conflict` when
    ///   somebody was first; the message names who.
    public func decide(_ request: String, _ decision: Decision) async throws {
        guard let (task, ordinal) = DecisionRow.parse(id: request) else {
            throw SignalboxError(
                .notFound, "There is no request \"\(request.prefix(64))\".",
                hint: "`signalbox approvals list` shows what is waited for.")
        }
        _ = try await journal.handle(Decide(ordinal, decision), for: task)
    }

    /// What is asked, in full.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func request(_ id: String) async throws -> (row: DecisionRow, request: DecisionRequest) {
        guard let row = try await store.decision(id),
            let event = try await store.events(
                after: Position(rawValue: row.requestPosition.rawValue - 1), of: row.task, limit: 1
            ).first
        else {
            throw SignalboxError(
                .notFound, "There is no request \"\(id.prefix(64))\".",
                hint: "`signalbox approvals list` shows what is waited for.")
        }
        return (
            row, try DecisionRequest(try await payload(of: event), step: row.step, run: row.run, at: row.requestedAt)
        )
    }

    /// A request with all that is asked, and what was decided.
    /// - Throws: `SignalboxError` with code `not_found`.
    public func decision(_ id: String) async throws -> DecisionDetail {
        let (row, request) = try await request(id)
        var detail = DecisionDetail(row: row, request: request)
        detail.interrupted = try await interruptedRun(request, of: row.task)
        if request.kind == .review {
            let query = DecisionQuery(isOpenOnly: false, task: row.task, size: Limits.reviewRejectionsMaximum * 100)
            detail.sentBack = try await store.decisions(query).decisions.count {
                $0.kind == row.kind && $0.step == row.step && $0.verdict == Verdict.retry.rawValue
            }
        }
        if let position = row.decisionPosition, position > .zero {
            let before = Position(rawValue: position.rawValue - 1)
            if let event = try await store.events(after: before, of: row.task, limit: 1).first {
                detail.decision = try Decision(try await payload(of: event))
            }
        }
        return detail
    }

    /// What became of a signal.
    public struct SignalReceipt: Sendable, Hashable {
        /// The step that got it; nil when it is kept until one waits for it.
        public var task: TaskNumber?
        public var step: StepPath?
    }

    /// Hands an event from outside to the step that has waited for it longest, or keeps it.
    /// - Throws: `SignalboxError`: `invalid_input`, or `limit_exceeded` when too many are kept.
    public func signal(_ name: String, key: String, payload: JSON) async throws -> SignalReceipt {
        for (text, what) in [(name, "name"), (key, "key")] where text.utf8.count > Limits.signalNameBytesMaximum {
            throw SignalboxError(
                .invalidInput, "The \(what) of a signal has at most \(Limits.signalNameBytesMaximum) bytes.",
                at: .pointer("/\(what)"))
        }
        guard !name.isEmpty else {
            throw SignalboxError(.invalidInput, "The signal has no name.", at: .pointer("/name"))
        }
        try payload.requireBounds(of: "What comes with the signal")
        return try await journal.signal(name: name, key: key, payload: payload)
    }

    /// Forgets a finished task and the files that only it has; a tombstone stays.
    /// - Throws: `SignalboxError`: `not_found`, `gone` when somebody was faster, or `conflict` while it has not ended.
    public func delete(_ task: TaskNumber, by name: String) async throws {
        do {
            try await deletion.delete(task, by: name)
        } catch let error as SignalboxError where error.code == .notFound || error.code == .gone {
            // Says by whom it was deleted, and when.
            _ = try await self.task("\(task.rawValue)")
            throw error
        }
    }
}
