internal import Core

/// Kills a server under load again and again, and finds out what became of its tasks.
struct ChaosTest: Sendable {
    /// How long each server lives, whether it has become ready by then or not.
    private static let lifeMilliseconds: ClosedRange<Int64> = 50...950

    let duration: Duration
    /// This very program.
    let program: String
    /// An absolute path; database and files of the server are made below it.
    let directory: String

    /// Takes as long as the duration says, and then until all tasks have ended.
    /// - Throws: `SignalboxError` when the server ends by itself or does not become ready; `CancellationError`.
    func run() async throws -> ChaosReport {
        let record = ChaosRecord()
        let ledger = try LedgerServer(record: record)
        let result: Result<ChaosReport, any Error>
        do {
            result = .success(try await run(record, ledger))
        } catch {
            result = .failure(error)
        }
        await ledger.stop()
        return try result.get()
    }

    private func run(_ record: ChaosRecord, _ ledger: LedgerServer) async throws -> ChaosReport {
        let server = ChaosServer(program: program, directory: directory) { record.serverIsReady() }
        let load = ChaosLoad(server: server, record: record, ledger: ledger.address)
        let end = ContinuousClock.now + duration
        async let listening: Void = load.listen()
        async let working: Void = load.work(until: end)
        var outages = try await kill(server, record, until: end)

        server.prepare()
        async let life: Void = server.run()
        try await working
        try await load.waitForTasks()
        let journal = try await load.readAgain()
        if let resumed = record.serverIsGone() { outages.ended(at: resumed) }
        record.close()
        try await listening
        server.stop()
        try await life
        let audit = ChaosAudit(
            accepted: record.accepted, arrivals: record.arrivals, seen: record.journal, final: journal)
        return ChaosReport(
            kills: outages.kills, tasks: record.accepted.count, stepsCompleted: journal.stepsCompleted,
            findings: audit.findings(), slowestResume: outages.slowest)
    }

    /// Starts and kills the server until that time, and leaves it killed.
    private func kill(
        _ server: ChaosServer, _ record: ChaosRecord, until end: ContinuousClock.Instant
    ) async throws -> Outages {
        var outages = Outages()
        while ContinuousClock.now < end {
            server.prepare()
            async let life: Void = server.run()
            try await Task.sleep(for: .milliseconds(Int64.random(in: Self.lifeMilliseconds)))
            let now = ContinuousClock.now
            server.kill()
            // One that was killed before it worked again was away for this long at least.
            outages.ended(at: record.serverIsGone() ?? now)
            outages.began(at: now)
            try await life
        }
        return outages
    }
}

/// How long the server was away: from each kill until a step happened again.
private struct Outages: Sendable {
    private(set) var kills = 0
    private(set) var slowest = Duration.zero
    private var begin: ContinuousClock.Instant?

    mutating func began(at moment: ContinuousClock.Instant) {
        kills += 1
        begin = moment
    }

    mutating func ended(at moment: ContinuousClock.Instant) {
        guard let begin else { return }
        slowest = max(slowest, moment - begin)
        self.begin = nil
    }
}
