internal import Core
internal import Engine
internal import HTTPClient
internal import Plans
internal import Providers
internal import Runtime

/// Measures what a turn of an agent costs beyond the time of its model: many agents at once on a real engine, against
/// the fake model server in another process.
struct AgentBench: Sendable {
    /// The figures under the names that programs rely on, in milliseconds.
    struct Figures: Sendable {
        var overheadP50 = 0.0
        var overheadP95 = 0.0
        /// Between an answer and the next request, as the model sees it.
        var gapP50 = 0.0
        /// The same of a client that does nothing but the HTTP exchange.
        var bareGapP50 = 0.0
        var turns = 0
        var fsyncP50Microseconds = 0.0
    }

    static let agents = 16
    /// Model calls of one agent; each but the last asks for a tool.
    static let turns = 20
    static let rounds = 5

    /// An absolute path; the directory must lie on the disk that is to be measured.
    let directory: String
    var tool = Tool.looking

    /// What the agents call in each turn.
    enum Tool: Sendable, Hashable {
        /// A tool that changes nothing: its result is told with the answer.
        case looking
        /// A tool with effects: its begin is on record before it begins.
        case writing

        var name: String { self == .looking ? "list_files" : "write_file" }

        fileprivate var arguments: String { self == .looking ? "{ path: . }" : "{ path: note.txt, content: noted }" }
    }

    /// What the model answers: it takes its time, which differs by agent, so that they do not march in step.
    static func script(calling tool: Tool = .looking) -> String {
        let calls = (0..<agents).map { agent in
            """
              - when: 'turn < \(turns) && prompt.contains("agent \(agent) ")'
                tool_calls: [{ name: \(tool.name), arguments: \(tool.arguments) }]
                tokens: { input: 400, output: 20 }
                first_byte_delay: \(40 + agent * 5 / 4)ms

            """
        }
        return "answers:\n" + calls.joined() + "  - text: That is all.\n    tokens: { input: 800, output: 5 }\n"
    }

    private var plan: PlanSource {
        PlanSource(
            path: "bench-turns.yaml",
            text: """
                name: bench-turns
                inputs: { prompt: "" }
                agents: { worker: { model: fake/any, tools: [\(tool.name)], loop: { repeats: 20 } } }
                steps:
                  work: { agent: worker, prompt: "${{ inputs.prompt }}" }
                """)
    }

    func run() async throws -> Figures {
        let fsync = try await onOwnThread("fsync") { try FsyncProbe(directory: directory).median() }
        var figures = try await FakeModelProcess.serving(script: Self.script(calling: tool), in: directory) { address in
            try await measure(address)
        }
        figures.fsyncP50Microseconds = fsync
        return figures
    }

    private func measure(_ address: String) async throws -> Figures {
        let runtime = try await Runtime.start(
            RuntimeConfiguration(
                directory: DataDirectory(path: "\(directory)/data-\(tool.name)"), parallelSteps: Self.agents,
                providers: ["fake": ProviderSettings(baseURL: address + "/v1")], log: .silent))
        let client = HTTPClient(userAgent: "Signalbox/bench")
        // The first round warms up and is not counted.
        for round in 0...Self.rounds {
            try await together { agent in try await work(agent, round, on: runtime) }
            try await together { agent in
                try await BareExchange(address: address, client: client).converse("bare, agent \(agent) round \(round)")
            }
        }
        await runtime.stop()
        let gaps = try await TurnGaps(from: address, client)
        let turns = (1...Self.rounds).flatMap { round in
            (0..<Self.agents).flatMap { gaps.sorted("agent \($0) round \(round)") }
        }.sorted()
        let bare = gaps.sorted("bare")
        guard turns.count == Self.agents * Self.rounds * (Self.turns - 1), !bare.isEmpty else {
            throw SignalboxError(.internal, "\(turns.count) turns were seen, not all that were asked for.")
        }
        let bareMedian = bare[bare.count / 2]
        return Figures(
            overheadP50: turns[turns.count / 2] - bareMedian, overheadP95: turns[turns.count * 95 / 100] - bareMedian,
            gapP50: turns[turns.count / 2], bareGapP50: bareMedian, turns: turns.count)
    }

    private func together(_ body: @escaping @Sendable (Int) async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for agent in 0..<Self.agents { group.addTask { try await body(agent) } }
            try await group.waitForAll()
        }
    }

    private func work(_ agent: Int, _ round: Int, on runtime: Runtime) async throws {
        let request = TaskRequest(
            plan: .source(plan), inputs: ["prompt": .string("agent \(agent) round \(round)")])
        let receipt = try await runtime.submit(request)
        let status = try await runtime.waitForEnd(of: receipt.number, after: receipt.position)
        guard status == .completed else {
            throw SignalboxError(.internal, "Task \(receipt.number) ended as \(status).")
        }
    }
}
