internal import Core

/// Compares what the server promised and said with what really happened.
struct ChaosAudit: Sendable {
    /// What was promised, said and seen while the server was killed.
    let accepted: [String: Int64]
    let arrivals: [ChaosRecord.Arrival]
    let seen: ChaosJournal
    /// The journal as it is in the end.
    let final: ChaosJournal

    /// What was found; a sentence for each fault.
    struct Findings: Sendable {
        var lost: [String] = []
        var duplicated: [String] = []
        /// Steps that had begun but not finished when the server was killed, and were begun again: as they must be.
        var repeatedInFlight = 0
    }

    func findings() -> Findings {
        var findings = Findings()
        for (task, start) in accepted.sorted(by: { $0.key < $1.key }) { check(task, start: start, &findings) }
        checkThatNothingVanished(&findings)
        let happened = Dictionary(grouping: arrivals, by: \.step)
        for step in Set(happened.keys).union(final.runs.keys) { check(step, happened[step] ?? [], &findings) }
        checkKeys(&findings)
        return findings
    }

    /// An accepted task exists once and has come to the right result by all of its steps.
    private func check(_ task: String, start: Int64, _ findings: inout Findings) {
        let made = final.created[task] ?? 0
        guard made > 0 else {
            findings.lost.append("Task \(task) was accepted and is not there.")
            return
        }
        for _ in 1..<made { findings.duplicated.append("Task \(task) was made again.") }
        guard let outputs = final.ended[task] else {
            findings.lost.append("Task \(task) did not come to its end.")
            return
        }
        if outputs["value"]?.intValue != ChaosPlan.result(start: start) {
            findings.lost.append("Task \(task) ended with \(outputs.text).")
        }
        for (name, _) in ChaosPlan.steps where !final.isCompleted(ChaosStep(task: task, name: name)) {
            findings.lost.append("Step \(name) of task \(task) has not finished.")
        }
    }

    /// What the server once said to be finished is so for ever.
    private func checkThatNothingVanished(_ findings: inout Findings) {
        for (step, runs) in seen.runs {
            let kept = Set(final.runs[step]?.completed ?? [])
            for position in runs.completed where !kept.contains(position) {
                findings.lost.append(
                    "That step \(step.name) of task \(step.task) has finished is no longer in the journal.")
            }
        }
    }

    /// A step finishes once and neither begins nor happens afterwards; what finished has happened.
    private func check(_ step: ChaosStep, _ arrivals: [ChaosRecord.Arrival], _ findings: inout Findings) {
        let runs = final.runs[step] ?? ChaosJournal.Runs()
        let begunLater = runs.completed.first.map { end in runs.started.count { $0 > end } } ?? 0
        // It can have happened once for each run that the journal says to have begun.
        let unexplained = arrivals.count - max(1, runs.started.count)
        let again = max(
            0, begunLater, runs.completed.count - 1, unexplained, arrivals.count { $0.isAfterCompletion })
        for _ in 0..<again {
            findings.duplicated.append("Step \(step.name) of task \(step.task) ran again after it had finished.")
        }
        findings.repeatedInFlight += max(0, arrivals.count - 1 - again)
        // The other side knows a repetition by the key.
        if Set(arrivals.map(\.idempotencyKey)).count > 1 {
            findings.duplicated.append("Step \(step.name) of task \(step.task) was repeated under another key.")
        }
        let isRecorded = ChaosPlan.steps.contains { $0.name == step.name && $0.isRecorded }
        if isRecorded, arrivals.isEmpty, !runs.completed.isEmpty {
            findings.lost.append("Step \(step.name) of task \(step.task) finished and never happened.")
        }
    }

    /// Two steps under one key are one for the other side.
    private func checkKeys(_ findings: inout Findings) {
        var steps: [String: ChaosStep] = [:]
        for arrival in arrivals {
            let known = steps[arrival.idempotencyKey] ?? arrival.step
            steps[arrival.idempotencyKey] = known
            if known != arrival.step {
                findings.lost.append(
                    "Step \(arrival.step.name) of task \(arrival.step.task) came with the key of another step.")
            }
        }
    }
}
