internal import Client
internal import Core
internal import HTTPClient

/// Measures how fast many watchers of one server hear what happens, and whether each hears everything once.
struct LiveBench: Sendable {
    /// Who watches what, and how much happens.
    enum Scene: String, Sendable, CaseIterable {
        /// Watchers spread over 100 tasks, 1,000 events a second in all.
        case spread
        /// Everyone watches everything, 100 events a second.
        case everything
        /// A tenth as many, spread over 100 tasks, drop their connections all the time and come back.
        case reconnecting

        var tasks: Int { self == .everything ? 10 : 100 }

        func watchers(of clients: Int) -> Int { self == .reconnecting ? max(1, clients / 10) : clients }
    }

    struct Figures: Sendable {
        var watchers = 0
        /// Events that were decided while it was measured, each with the time it took to one watcher.
        var delays = DelayCounts()
        /// Of `GET /api/tasks/N` beside them, in milliseconds, sorted.
        var calls: [Double] = []
        var memoryMegabytes = 0.0
        /// Of the server's process, in processors.
        var processors = 0.0
        var reconnects = 0
        /// Events that a watcher should have got and has not.
        var missed = 0
        /// Events that a watcher got again, or out of order; and gaps that it was told of.
        var repeated = 0
        var eventsPerSecond = 0.0
    }

    /// Each of its iterations has four events.
    private static let plan = """
        name: ticking
        steps:
          tick:
            for_each: { times: 10000 }
            steps:
              pause: { wait: 400ms }
        """
    private static let patience = Duration.seconds(120)

    /// An absolute path; the directory must lie on the disk that is to be measured.
    let directory: String
    let clients: Int
    let duration: Duration

    func run(_ scene: Scene) async throws -> Figures {
        let directory = "\(directory)/\(scene.rawValue)"
        try FileSystem.createDirectory(directory)
        return try await BenchServer.serving(in: directory) { place in
            let client = SignalboxClient(HTTPTransport(base: place.address))
            let tasks = try await submit(scene.tasks, client)
            let watchers = scene.watchers(of: clients)
            let watched = (0..<watchers).map { scene == .everything ? nil : tasks[$0 % tasks.count] }
            let crowd = LiveCrowd(
                port: place.port,
                paths: watched.map { $0.map { "/api/tasks/\($0.rawValue)/events" } ?? "/api/events" },
                after: .zero, dropAfter: scene == .reconnecting ? 2...20 : nil)
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await onOwnThread("crowd") { crowd.run() } }
                defer { crowd.stop() }
                try await wait("the watchers to connect") { try crowd.progress.open >= watchers * 9 / 10 }
                // What happened before they came is read meanwhile.
                try await Task.sleep(for: .seconds(3))
                var figures = try await measure(place, crowd, tasks)
                figures.watchers = watchers
                for task in tasks { _ = try await client.cancel("\(task.rawValue)") }
                (figures.missed, figures.repeated) = try await audit(crowd, watched, tasks, client)
                figures.reconnects = try crowd.progress.reconnects
                crowd.stop()
                try await group.waitForAll()
                return figures
            }
        }
    }

    /// Starts tasks one after the other, so that their events are spread over time.
    private func submit(_ count: Int, _ client: SignalboxClient) async throws -> [TaskNumber] {
        var tasks: [TaskNumber] = []
        for _ in 0..<count {
            let task = TaskSubmission(plan: .document(path: "ticking.yaml", text: Self.plan, files: [:]))
            tasks.append(try await client.submit(task).number)
            try await Task.sleep(for: .milliseconds(400 / count))
        }
        return tasks
    }

    private func measure(
        _ place: BenchServer.Place, _ crowd: LiveCrowd, _ tasks: [TaskNumber]
    ) async throws -> Figures {
        var figures = Figures()
        let http = HTTPClient(userAgent: Version.userAgent)
        let clock = ContinuousClock()
        let before = try ProcessFigures(of: place.process)
        let first = try crowd.progress.positions.max() ?? 0
        crowd.count(true)
        let start = clock.now
        while clock.now - start < duration {
            let task = tasks[figures.calls.count % tasks.count].rawValue
            let asked = clock.now
            let response = try await http.send(ClientRequest("GET", "\(place.address)/api/tasks/\(task)"))
            _ = try await response.collect(bytesMaximum: Limits.payloadBytesMaximum)
            figures.calls.append((clock.now - asked) / .milliseconds(1))
            try await Task.sleep(for: .milliseconds(20))
        }
        crowd.count(false)
        let seconds = (clock.now - start) / .seconds(1)
        let after = try ProcessFigures(of: place.process)
        let last = try crowd.progress.positions.max() ?? 0
        // What was decided last is still on its way.
        try await Task.sleep(for: .seconds(1))
        figures.delays = try crowd.progress.delays
        figures.calls.sort()
        figures.memoryMegabytes = after.memoryMegabytes
        figures.processors = (after.processorMilliseconds - before.processorMilliseconds) / 1000 / seconds
        figures.eventsPerSecond = Double(last - first) / seconds
        return figures
    }

    /// What watchers have not read as the journal has it.
    private func audit(
        _ crowd: LiveCrowd, _ watched: [TaskNumber?], _ tasks: [TaskNumber], _ client: SignalboxClient
    ) async throws -> (missed: Int, repeated: Int) {
        for task in tasks {
            try await wait("task \(task) to end") {
                try await client.task("\(task.rawValue)").summary.status.isFinal
            }
        }
        var journals: [TaskNumber?: Journal] = [:]
        for task in Set(watched) { journals[task] = try await journal(of: task, client) }
        let expected = watched.map { journals[$0] ?? Journal() }
        // Whoever has not read all after a while has missed it.
        _ = try await wait(for: Self.patience) {
            zip(try crowd.progress.positions, expected).allSatisfy { $0 >= $1.position }
        }
        let progress = try crowd.progress
        let differences = zip(progress.counts, expected).map { $1.count - $0 }
        return (
            differences.reduce(0) { $0 + max(0, $1) }, progress.mistakes + differences.reduce(0) { $0 - min(0, $1) }
        )
    }

    /// How long the journal of a task is, or that of all.
    private struct Journal: Sendable, Hashable {
        var position: Int64 = 0
        var count = 0
    }

    private func journal(of task: TaskNumber?, _ client: SignalboxClient) async throws -> Journal {
        var journal = Journal()
        var hasMore = true
        while hasMore {
            let page = try await client.events(after: Position(rawValue: journal.position), of: task)
            journal.position = page.events.last?.position.rawValue ?? journal.position
            journal.count += page.events.count
            hasMore = page.hasMore
        }
        return journal
    }

    private func wait(_ what: String, until isTrue: () async throws -> Bool) async throws {
        guard try await wait(for: Self.patience, until: isTrue) else {
            throw SignalboxError(.unavailable, "Waited \(Int(Self.patience / .seconds(1))) s for \(what).")
        }
    }

    /// - Returns: whether it has become true in that time.
    private func wait(for patience: Duration, until isTrue: () async throws -> Bool) async throws -> Bool {
        let clock = ContinuousClock()
        let end = clock.now + patience
        while try await !isTrue() {
            guard clock.now < end else { return false }
            try await Task.sleep(for: .milliseconds(50))
        }
        return true
    }
}
