internal import Core

/// What came of killing a server again and again.
struct ChaosReport: Sendable {
    let kills: Int
    /// How many the server has accepted.
    let tasks: Int
    let stepsCompleted: Int
    let findings: ChaosAudit.Findings
    /// From a kill until a step happened again.
    let slowestResume: Duration

    /// Whether nothing was lost and nothing happened twice.
    var isPassed: Bool { findings.lost.isEmpty && findings.duplicated.isEmpty }

    private var slowestResumeMilliseconds: Int64 { Int64((slowestResume / .milliseconds(1)).rounded()) }

    /// The figures under the names that do not change.
    var json: JSON {
        [
            "kills": .int(Int64(kills)), "tasks": .int(Int64(tasks)), "steps_completed": .int(Int64(stepsCompleted)),
            "lost": .int(Int64(findings.lost.count)), "duplicated": .int(Int64(findings.duplicated.count)),
            "repeated_in_flight": .int(Int64(findings.repeatedInFlight)),
            "slowest_resume_ms": .int(slowestResumeMilliseconds),
        ]
    }

    /// A line each, with what it means.
    var lines: [String] {
        [
            line("kills", kills, "with SIGKILL, at random moments, also while it starts"),
            line("tasks", tasks, "accepted by the server, at most \(ChaosLoad.workers) of them at once"),
            line(
                "steps completed", stepsCompleted,
                "by the journal; four of six are requests that the test's own ledger has seen"),
            line("lost", findings.lost.count, "accepted tasks and finished steps that are gone, unfinished or wrong"),
            line("duplicated", findings.duplicated.count, "finished steps that ran again, and tasks made twice"),
            line(
                "repeated in flight", findings.repeatedInFlight,
                "had begun but not finished at a kill; sent again under the same idempotency key"),
            FigureLine.text(
                "slowest resume", "\(Quantity.grouped(slowestResumeMilliseconds)) ms",
                "from a kill until a step happens again"),
        ]
    }

    private func line(_ name: String, _ count: Int, _ remark: String) -> String {
        FigureLine.text(name, Quantity.grouped(Int64(count)), remark)
    }
}
