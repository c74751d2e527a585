import Core
import Plans
import Testing

@testable import Engine

@Suite(.timeLimit(.minutes(1)))
struct GoOnTests {
    private func chain(_ count: Int) throws -> Plan {
        let steps = (1...count).map { step in
            "  s\(step): { set: { n: \"${{ \(step == 1 ? "0" : "steps.s\(step - 1).output.n") + 1 }}\" } }"
        }
        let text = "name: p\nsteps:\n" + steps.joined(separator: "\n")
        return try PlanReader.read(PlanSource(path: "plan.yaml", text: text))
    }

    @Test("A computation that a crash has cut off goes on with recovery, and repeats nothing")
    func recoveryGoesOn() throws {
        let executable = ExecutablePlan(try chain(40))
        let id = try #require(TaskID(rawValue: "01arz3ndektsv4rrffq69g5fav"))
        let origin = TaskOrigin(
            id: id, number: TaskNumber(rawValue: 1), name: "t", source: .plan, trigger: .api, planName: "p",
            planHash: executable.plan.hash, inputs: [:])
        // The process dies before anybody answers the first `goOn`.
        var events = TaskMachine.create(origin, executing: executable, at: Timestamp(millisecondsSinceEpoch: 1))
            .transition.events
        for _ in 0..<2 {
            var machine = try TaskMachine(folding: events, executing: executable)
            events += try machine.handle(Recover(), at: Timestamp(millisecondsSinceEpoch: 2)).events
        }
        let completed = events.compactMap { event -> StepPath? in
            guard case .stepCompleted(let step, _, _) = event.body else { return nil }
            return step
        }
        #expect(completed.count == 40 && Set(completed).count == 40)
        #expect(try TaskMachine(folding: events, executing: executable).state.status == .completed)
    }

    @Test("Others get their turn between stretches of a long computation")
    func longComputationsAreDivided() throws {
        let plan = try chain(40)
        let id = try #require(TaskID(rawValue: "01arz3ndektsv4rrffq69g5fav"))
        let origin = TaskOrigin(
            id: id, number: TaskNumber(rawValue: 1), name: "t", source: .plan, trigger: .api, planName: plan.name,
            planHash: plan.hash, inputs: [:])
        var (machine, transition) = TaskMachine.create(
            origin, executing: ExecutablePlan(plan), at: Timestamp(millisecondsSinceEpoch: 1))
        var stretches = [transition.events.count]
        while case .goOn? = transition.actions.first {
            transition = try machine.handle(GoOn(), at: Timestamp(millisecondsSinceEpoch: 1))
            stretches.append(transition.events.count)
        }
        // The creation and 16 steps, 16 steps, 8 steps and the end.
        #expect(stretches == [17, 16, 9])
        #expect(machine.state.status == .completed)
    }

}
