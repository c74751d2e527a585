internal import Core
internal import Plans

extension TaskMachine {
    /// A run, a loop, a branch or a child has come to its end: decides what that means for the step.
    mutating func finish(_ path: StepPath, _ run: RunNumber, _ outcome: StepOutcome) {
        let address = address(known: path)
        switch outcome {
        case .completed(let result): complete(result, at: address, path, run)
        case .failed(var failure, let trace):
            failure.step = failure.step ?? path
            fail(failure, trace: trace, at: address, path, run)
        case .stopped(let trace): emit(.stepCancelled(path, run, trace: trace))
        case .question(let text, let form, _):
            guard !state.frames[address.frame].isStopping else {
                emit(.stepCancelled(path, run, trace: nil))
                return
            }
            request(.question, at: path, run: run, title: text) { $0.form = form }
        }
    }

    private mutating func complete(
        _ result: StepResult, at address: StepAddress, _ path: StepPath, _ run: RunNumber
    ) {
        let definition = definition(at: address)
        var result = result
        result.files += agentRun(at: address).files
        if case .branch = definition.kind, !isOpen(address) {
            do {
                try choosePath(result.output, at: address, path)
            } catch {
                fail(Failure(evaluating: error, step: path), trace: result.trace, at: address, path, run)
            }
            return
        }
        guard let review = definition.review else {
            emit(.stepCompleted(path, run, result))
            return
        }
        askForReview(of: result, at: path, run, review)
    }

    private mutating func fail(
        _ failure: Failure, trace: JSON?, at address: StepAddress, _ path: StepPath, _ run: RunNumber
    ) {
        guard !state.frames[address.frame].isStopping, let policy = retryPolicy(at: address, after: failure) else {
            emit(.stepFailed(path, run, failure, trace: trace))
            return
        }
        let pause = policy.pauseMilliseconds(
            afterFailures: failedRuns(at: address) + 1, seed: "\(state.origin.id)/\(path)/\(run)",
            atLeast: failure.retryAfterMilliseconds ?? 0)
        emit(.stepRetrying(path, run, failure, trace: trace, until: now.adding(milliseconds: pause)))
    }
}

extension TaskMachine {
    /// What is done after that failure of a step; nil for nothing.
    func retryPolicy(at address: StepAddress, after failure: Failure) -> RetryPolicy? {
        guard let policy = definition(at: address).retryPolicy(after: failure),
            failedRuns(at: address) < policy.maximum
        else { return nil }
        return policy
    }

    private func failedRuns(at address: StepAddress) -> Int {
        state[address].conduct?.failedRuns ?? 0
    }
}

extension StepDefinition {
    /// What is done after that failure, the first time; nil for nothing.
    func retryPolicy(after failure: Failure) -> RetryPolicy? {
        guard !failure.endsTask, !failure.isTolerated else { return nil }
        if let retry {
            let isWanted = retry.causes.map { $0.contains(failure.cause.rawValue) }
            return isWanted ?? (failure.cause.isWorthRetrying || failure.isTransient) ? retry : nil
        }
        guard failure.isTransient, isRepeatable else { return nil }
        switch kind {
        case .http: return .transient
        case .agent, .branch: return .overload
        default: return nil
        }
    }
}

extension RetryPolicy {
    /// What is done after an overload or a broken connection when the plan says nothing.
    static let transient = RetryPolicy(maximum: 3, backoffMilliseconds: 1_000, backoffMillisecondsMaximum: 60_000)

    /// The same for models, whose providers can be overloaded for minutes: about five minutes in all.
    static let overload = RetryPolicy(maximum: 10, backoffMilliseconds: 1_000, backoffMillisecondsMaximum: 60_000)

    /// The pause before the next run: it grows by the factor, and a part of it between none and half is left to chance,
    /// so that many steps that failed together do not come back together ("equal jitter", Marc Brooker, "Exponential
    /// Backoff And Jitter", AWS Architecture Blog 2015). The chance comes from the seed: the same run always gets the
    /// same pause. Where the other side has said how long to wait, that is kept to, and the chance comes on top: a tenth
    /// of it, between 100 ms and 5 s, so that they do not all come back in the same moment either.
    func pauseMilliseconds(afterFailures failures: Int, seed: String, atLeast minimum: Int64) -> Int64 {
        var pause = Double(backoffMilliseconds)
        for _ in 1..<max(1, failures) where pause < Double(backoffMillisecondsMaximum) { pause *= factor }
        pause = min(pause, Double(backoffMillisecondsMaximum))
        let digits = ContentHash(of: Array(seed.utf8)).rawValue.prefix(8)
        let share = Double(UInt32(digits, radix: 16) ?? 0) / Double(UInt32.max)
        let own = Int64(pause * (0.5 + 0.5 * share))
        guard minimum > 0 else { return own }
        return max(own, minimum + Int64(Double(min(max(minimum / 10, 100), 5_000)) * share))
    }
}
