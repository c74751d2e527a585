internal import Core
internal import Engine
internal import Store

/// Events from outside.
extension JournalWriter {
    /// A step begins to wait: it gets the oldest signal that was kept, or stands in line.
    func awaitSignal(
        _ step: StepPath, name: String, key: String, of number: TaskNumber, into work: inout Work
    ) throws {
        // It may have ended within the same transition.
        guard let wait = tasks[number]?.signalWait(of: step) else { return }
        guard let kept = try keptSignal(name: name, key: key, work) else {
            work.rows.signalWaits.append(wait)
            return
        }
        work.takenSignals.insert(kept.id)
        if work.rows.keptSignals.contains(where: { $0.id == kept.id }) {
            work.rows.keptSignals.removeAll { $0.id == kept.id }
        } else {
            work.rows.keptSignalsTaken.append(kept.id)
        }
        let payload = try JSON(parsing: kept.payload)
        _ = try handle(DeliverSignal(step, payload: payload, arrived: kept.arrived), for: number, into: &work)
    }

    private func keptSignal(name: String, key: String, _ work: Work) throws -> KeptSignalRow? {
        var after: Int64 = 0
        while let stored = try store.keptSignal(name: name, key: key, after: after) {
            if !work.takenSignals.contains(stored.id) { return stored }
            after = stored.id
        }
        return work.rows.keptSignals.first { $0.name == name && $0.key == key }
    }

    /// A signal arrives: the step that has waited longest gets it; if none waits, it is kept.
    func deliver(_ payload: JSON, name: String, key: String, into work: inout Work) throws -> Runtime.SignalReceipt {
        let ended = work.rows.signalWaitsEnded
        let stored = try store.signalWaits(name: name, key: key).filter { wait in
            !ended.contains { $0.task == wait.task && $0.step == wait.step }
        }
        let new = work.rows.signalWaits.filter { $0.name == name && $0.key == key }
        for wait in stored + new {
            do {
                _ = try handle(
                    DeliverSignal(wait.step, payload: payload, arrived: work.now), for: wait.task, into: &work)
                work.rows.endSignalWait(of: wait.step, task: wait.task)
                return Runtime.SignalReceipt(task: wait.task, step: wait.step)
            } catch let error as SignalboxError where error.code == .conflict || error.code == .notFound {
                work.rows.endSignalWait(of: wait.step, task: wait.task)
            }
        }
        guard try store.keptSignalCount() + work.rows.keptSignals.count < Limits.keptSignalsMaximum else {
            throw SignalboxError(
                .limit, "\(Limits.keptSignalsMaximum) signals are kept that nobody has waited for, which is the most.",
                hint: "Start the tasks that wait for them, or send signals only when they are waited for.")
        }
        work.rows.keptSignals.append(
            KeptSignalRow(id: nextKeptSignal, name: name, key: key, payload: payload.bytes, arrived: work.now))
        nextKeptSignal += 1
        return Runtime.SignalReceipt(task: nil, step: nil)
    }
}
