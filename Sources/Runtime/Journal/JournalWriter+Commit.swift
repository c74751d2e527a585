internal import Core
internal import Engine
internal import Store

extension JournalWriter {
    private static let storedPlansMaximum = 10_000
    /// From how many requests on a batch is divided when nothing is being stored: callers that wait for their answer before
    /// they ask again would else all wait for one commit, and then the disk for them.
    private static let dividedRequestsMinimum = 16

    /// Handles the requests, has what they led to committed as one transaction, then tells everybody. Returns when it is
    /// on its way; with no requests it looks after what has been refused.
    func commit(_ requests: [JournalRequest]) {
        let (removals, others) = (requests.filter(\.isRemoval), requests.filter { !$0.isRemoval })
        if others.count >= Self.dividedRequestsMinimum, !storing.isBusy {
            commitBatch(Array(others[..<(others.count / 2)]))
            commitBatch(Array(others[(others.count / 2)...]))
        } else if !others.isEmpty {
            commitBatch(others)
        }
        if !removals.isEmpty { removeUnusedBlobs(for: removals, at: time.now) }
        if !storing.isBusy { settle() }
    }

    /// Returns when all that was handed over is durable or has been refused for good.
    func settle() {
        guard let (batch, error) = storing.takeRefused() else { return }
        undo([batch], because: error)
        tryAlone(batch, error)
    }

    private func commitBatch(_ requests: [JournalRequest]) {
        let batch = decide(requests)
        if let (refused, error) = storing.takeRefused() {
            // This one was decided on what did not happen.
            undo([refused, batch], because: error)
            tryAlone(refused, error)
            commitBatch(requests)
        } else if let failure = batch.work.failure {
            undo([batch], because: failure)
            tryAlone(batch, failure)
        } else {
            begin(batch)
        }
    }

    private func decide(_ requests: [JournalRequest]) -> JournalBatch {
        let counters = JournalBatch.Counters(
            position: nextPosition, number: nextNumber, keptSignal: nextKeptSignal)
        var work = Work(now: time.now, lead: time.lead)
        for request in requests { handle(request, into: &work) }
        goOn(&work)
        if work.failure == nil { project(&work) }
        return JournalBatch(requests: requests, work: work, counters: counters)
    }

    private func begin(_ batch: JournalBatch) {
        if storedPlans.count > Self.storedPlansMaximum { storedPlans.removeAll() }
        storedPlans.formUnion(batch.work.newPlans)
        // First all of them, so that none which goes on makes room for one that waits.
        for task in batch.work.loaded { idleTasks.remove(task) }
        for task in batch.work.loaded { letGo(task, hadEnded: batch.work.ended.contains(task)) }
        var commit = batch.work.commit
        commit.rows = batch.work.rows
        storing.begin(batch) { [onCommit, commit, answers = batch.work.answers] in
            onCommit(commit)
            for answer in answers { answer() }
        }
    }

    /// Forgets the machine of a task that waits or has ended, unless it is long to fold and will be needed.
    /// - Parameter hadEnded: whether it was needed after its end: then it may be so again, as by each of its children when
    ///   their prices are reckoned anew.
    private func letGo(_ number: TaskNumber, hadEnded: Bool) {
        guard let task = tasks[number], task.machine.isIdle else { return }
        let events = task.machine.state.sequence
        guard events >= IdleTasks.eventsMinimum, hadEnded || !task.machine.state.status.isFinal else {
            tasks[number] = nil
            return
        }
        for other in idleTasks.keep(number, events: events) { tasks[other] = nil }
    }

    /// Takes back what batches have changed here, the oldest first: the machines have seen events that did not happen, so
    /// they are folded anew when the next command comes.
    private func undo(_ batches: [JournalBatch], because error: any Error) {
        for batch in batches {
            for number in batch.work.loaded {
                idleTasks.remove(number)
                guard let task = tasks.removeValue(forKey: number) else { continue }
                clocks[number] = batches.lazy.compactMap { $0.work.clocksBefore[number] }.first ?? task.clock
            }
            storedPlans.subtract(batch.work.newPlans)
        }
        if let counters = batches.first?.counters {
            (nextPosition, nextNumber, nextKeptSignal) = (counters.position, counters.number, counters.keptSignal)
        }
        if batches.contains(where: \.work.changesAdmission) { forgetAdmission(because: error) }
    }

    /// One of the requests may be to blame alone, such as the one with the payload that the disk has no room for.
    private func tryAlone(_ batch: JournalBatch, _ error: any Error) {
        guard batch.requests.count == 1 else {
            for request in batch.requests {
                commitBatch([request])
                settle()
            }
            return
        }
        onRefusal(error)
        for fail in batch.work.failures { fail(error) }
    }
}
