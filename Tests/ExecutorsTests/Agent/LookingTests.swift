import Core
import Engine
import Plans
import Processes
import Synchronization
import Testing

@testable import Executors

/// Calls that only look are made before their answer is on record, and told with it.
@Suite(.timeLimit(.minutes(1)))
struct LookingTests {
    /// Keeps what was told with the first answer, and ends the run.
    private final class Listener: AgentJournal {
        let looks = Mutex<[String: ToolReturn]?>(nil)

        func record(
            _ turn: Turn, number: Int, outcome: StepOutcome?, correction: String?, looks told: [String: ToolReturn]
        ) async throws -> AgentOrder {
            looks.withLock { $0 = told }
            return .rest
        }

        func size(bytes: Int) async throws -> AgentOrder { .rest }
        func finish(_ call: String, _ result: ToolReturn) async throws -> AgentOrder { .rest }
        func pause(_ call: String, _ question: ToolQuestion) async throws -> AgentOrder { .rest }
        func recordLoopCheck(_ turn: Turn, reason: String?) async throws -> AgentOrder { .rest }
    }

    /// What is told with an answer that makes these calls.
    private func looks(_ calls: [String], agent: String = "", plan more: String = "") async throws -> [ToolReturn] {
        let script = "answers: [{ tool_calls: [\(calls.joined(separator: ", "))] }]"
        let plan = try PlanReader.read(
            PlanSource(
                path: "plan.yaml",
                text: """
                    name: look
                    agents: { w: { model: script/m.yaml, tools: [list_files, read_file, write_file] \(agent) } }
                    steps: { work: { agent: w, prompt: Look. } }
                    \(more)
                    """, files: ["m.yaml": script]))
        let now = Timestamp(millisecondsSinceEpoch: 1_763_000_000_000)
        let origin = TaskOrigin(
            id: try #require(TaskID(rawValue: "01jd000000000000000000000a")), number: TaskNumber(rawValue: 7),
            name: "look", source: .plan, trigger: .cli, planName: plan.name, planHash: plan.hash, inputs: [:], tags: [])
        var (machine, _) = TaskMachine.create(origin, executing: ExecutablePlan(plan), at: now)
        let transition = try machine.handle(StartStep(StepPath(rawValue: "work")), at: now)
        let work = try #require(
            transition.actions.lazy.compactMap { if case .execute(let work) = $0 { work } else { nil } }.first)
        let listener = Listener()
        let bench = try await Workbench.make(.none)
        _ = try await bench.executor.execute(work, journal: listener)
        let recorded = listener.looks.withLock { $0 }
        let told = try #require(recorded, "the answer was recorded")
        return told.sorted { $0.key < $1.key }.map(\.value)
    }

    private static let list = "{ name: list_files, arguments: { path: . } }"
    private static let missing = "{ name: read_file, arguments: { path: nothing.txt } }"
    private static let write = "{ name: write_file, arguments: { path: a.txt, content: x } }"

    @Test func allOfThemAreToldErrorsToo() async throws {
        let looks = try await looks([Self.list, Self.missing])
        #expect(looks.map(\.isError) == [false, true])
        #expect(looks.first?.text.contains("[No files.]") == true)
    }

    @Test(
        "Nothing is made before its answer is on record where more than looking is wanted",
        arguments: [
            ([list, write], "", ""), ([write], "", ""), (["{ name: nonsense, arguments: {} }"], "", ""),
            ([list, "{ name: read_file, arguments: {} }"], "", ""), ([list], ", consent: always", ""),
            ([list], "", "limits: { tool_calls: 5 }"),
        ])
    func othersWait(calls: [String], agent: String, more: String) async throws {
        #expect(try await looks(calls, agent: agent, plan: more).isEmpty)
    }

    @Test func patienceEnds() async {
        let (gate, opener) = AsyncStream.makeStream(of: Never.self)
        let never = await Patience.within(.milliseconds(1)) {
            // Open only when nobody waits any more.
            for await _ in gate {}
            return 7
        }
        #expect(never == nil)
        opener.finish()
        #expect(await Patience.within(.seconds(60)) { 7 } == 7)
    }
}
