internal import Client
internal import Core
internal import HTTPClient

/// What keeps the server busy, and listens to what it says: through its API, as anybody would.
struct ChaosLoad: Sendable {
    /// So many tasks are under way at any time.
    static let workers = 32
    /// A server that does not answer for so long does not come back.
    private static let patience = Duration.seconds(60)

    let server: ChaosServer
    let record: ChaosRecord
    /// The address of the ledger.
    let ledger: String
    private let http = HTTPClient(userAgent: Version.userAgent)

    init(server: ChaosServer, record: ChaosRecord, ledger: String) {
        self.server = server
        self.record = record
        self.ledger = ledger
    }

    /// Keeps so many tasks under way until that time.
    func work(until end: ContinuousClock.Instant) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<Self.workers { group.addTask { try await work(worker, until: end) } }
            try await group.waitForAll()
        }
    }

    /// Asks for one task after the other; each must have ended before the next.
    private func work(_ worker: Int, until end: ContinuousClock.Instant) async throws {
        var count = 0
        while ContinuousClock.now < end {
            let key = "task-\(worker)-\(count)"
            let start = Int64(worker * 1_000_000 + count)
            try await submit(key, start: start)
            while !record.hasEnded(key), ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
            count += 1
        }
    }

    /// Asks until it is accepted, under a key by which a repetition is known.
    private func submit(_ key: String, start: Int64) async throws {
        _ = try await untilAnswered { client in
            try await client.submit(ChaosPlan.submission(key: key, start: start, ledger: ledger))
        }
        record.accept(key, start: start)
    }

    /// Reads the journal as it grows, until the record is closed.
    func listen() async throws {
        while !record.isClosed {
            let after = record.position
            let page = try await untilAnswered { try await $0.events(after: after) }
            try record.read(page.events)
            if !page.hasMore { try await Task.sleep(for: .milliseconds(10)) }
        }
    }

    /// Returns when all accepted tasks have ended, or nothing has ended for too long.
    func waitForTasks() async throws {
        var (count, since) = (record.unfinished, ContinuousClock.now)
        while count > 0, ContinuousClock.now - since < Self.patience {
            try await Task.sleep(for: .milliseconds(20))
            let now = record.unfinished
            if now != count { (count, since) = (now, .now) }
        }
    }

    /// The whole journal.
    func readAgain() async throws -> ChaosJournal {
        var journal = ChaosJournal()
        var hasMore = true
        while hasMore {
            let after = journal.position
            let page = try await untilAnswered { try await $0.events(after: after) }
            for event in page.events { try journal.read(event) }
            hasMore = page.hasMore
        }
        return journal
    }

    /// Asks the server, again and again while it is killed in the meantime.
    private func untilAnswered<Answer>(_ ask: (SignalboxClient) async throws -> Answer) async throws -> Answer {
        let patienceEnd = ContinuousClock.now + Self.patience
        while true {
            let address = try await server.address(within: Self.patience)
            do {
                return try await ask(SignalboxClient(HTTPTransport(base: address, client: http)))
            } catch let error as SignalboxError
                where [.upstream, .unavailable].contains(error.code) && ContinuousClock.now < patienceEnd
            {
                try await Task.sleep(for: .milliseconds(2))
            }
        }
    }
}
