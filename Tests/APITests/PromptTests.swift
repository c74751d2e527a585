import Core
import HTTPServer
import Plans
import Runtime
import Testing

/// Free instructions: to an agent, or to a planner that chooses among the published plans. The models answer from files that
/// their agents bring along.
@Suite(.timeLimit(.minutes(1)))
struct PromptTests {
    private static let greeting = """
        name: greeting
        description: Greets somebody by name.
        inputs: { name: string, times: { type: integer, default: 1, schema: { maximum: 3 } }, loud-note: { required: false } }
        steps: { greet: { set: { text: "${{ inputs.times }} x Hello ${{ inputs.name }}${{ inputs['loud-note'] == null ? '' : '!' }}" } } }
        outputs: { text: "${{ steps.greet.output.text }}" }
        """

    private func save(_ name: String, answering answers: [String], in world: World) async throws {
        // One after the other, by turn.
        let entries = answers.enumerated().map { turn, answer in
            "  - { when: \"turn == \(turn + 1)\", text: \(JSON.string(answer).text) }\n"
        }
        let saved = try await world.post(
            "/api/agents",
            [
                "text": .string("name: \(name)\nmodel: script/answers.yaml\n"),
                "files": ["answers.yaml": .string("answers:\n" + entries.joined())],
            ])
        #expect(saved.status == 201, "\(saved.text)")
    }

    /// The task on these instructions, when it has ended.
    private func ask(_ body: JSON, in world: World) async throws -> JSON {
        let answer = try await world.post("/api/tasks", body)
        let number = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
        try await world.runtime.waitForEnd(of: TaskNumber(rawValue: number))
        return try await world.send(.get, "/api/tasks/\(number)").json()
    }

    private func publish(_ text: String, in world: World) async throws {
        let plan = try PlanReader.read(PlanSource(path: "plan.yaml", text: text))
        try await world.runtime.save(plan)
        let answer = try await world.post("/api/plans/\(plan.name)/publish", [:])
        #expect(answer.status == 200, "\(answer.text)")
    }

    private func withPlans(_ body: (World) async throws -> Void) async throws {
        try await World.with(.inProcess) { world in
            for text in [Self.greeting, SamplePlan.small] {
                try await publish(text, in: world)
            }
            try await save("general", answering: ["I did it myself."], in: world)
            try await body(world)
        }
    }

    @Test(arguments: World.Transport.allCases)
    func `An agent of the library follows instructions`(transport: World.Transport) async throws {
        try await World.with(transport) { world in
            try await save("clerk", answering: ["Done."], in: world)
            let prompt = "\n  Sort the letters \nand say ${{ when }} you are done."
            let task = try await ask(["prompt": .string(prompt), "agent": "clerk", "tags": ["t"]], in: world)
            #expect(task["status"] == "completed", "\(task)")
            #expect(task["source"] == "prompt")
            #expect(task["name"] == "Sort the letters")
            #expect(task["outputs"] == ["result": "Done."])
            #expect(task["inputs"]?["prompt"]?.stringValue == prompt)
        }
    }

    @Test func `A plan that fits is chosen, and the reason kept`() async throws {
        try await withPlans { world in
            let choice =
                #"{"reason": "It asks for a greeting.", "confidence": 0.9, "choice": {"plan": "greeting", "inputs": {"name": "Zoë"}}}"#
            try await save("planner", answering: [choice], in: world)
            let task = try await ask(["prompt": "Say hello to Zoë"], in: world)
            #expect(task["status"] == "completed", "\(task)")
            #expect(
                task["outputs"] == [
                    "result": ["text": "1 x Hello Zoë"], "plan": "greeting", "reason": "It asks for a greeting.",
                    "confidence": 0.9,
                ])
            #expect(task["name"] == "Say hello to Zoë")
            let number = try #require(task["number"]?.intValue)
            let child = try await world.send(.get, "/api/tasks/\(number + 1)").json()
            #expect(child["parent"] == ["task": .int(number), "step": "work/greeting/run"])
            #expect(child["plan"]?["name"] == "greeting")
        }
    }

    @Test func `A choice whose inputs do not fit is told back`() async throws {
        try await withPlans { world in
            let wrong =
                #"{"reason": "r", "confidence": 1, "choice": {"plan": "greeting", "inputs": {"nam": "Zoë", "times": 9}}}"#
            let right =
                #"{"reason": "r", "confidence": 0.5, "choice": {"plan": "greeting", "inputs": {"name": "Zoë", "times": 2, "loud-note": 1}}}"#
            try await save("planner", answering: [wrong, right], in: world)
            let task = try await ask(["prompt": "Hello"], in: world)
            #expect(task["outputs"]?["result"] == ["text": "2 x Hello Zoë!"], "\(task)")
            #expect(task["model_calls"] == 2)
        }
    }

    @Test func `What is only saved is not offered, nor a version after the published one`() async throws {
        try await World.with(.inProcess) { world in
            try await publish(Self.greeting, in: world)
            let changed = Self.greeting.replacing("inputs: { name: string,", with: "inputs: { whom: string,")
                .replacing("inputs.name", with: "inputs.whom")
            for text in [changed, SamplePlan.small] {
                try await world.runtime.save(try PlanReader.read(PlanSource(path: "plan.yaml", text: text)))
            }
            try await save("general", answering: ["I did it myself."], in: world)
            let small = #"{"reason": "r", "confidence": 1, "choice": {"plan": "small", "inputs": {}}}"#
            let latest = #"{"reason": "r", "confidence": 1, "choice": {"plan": "greeting", "inputs": {"whom": "Zoë"}}}"#
            let right = #"{"reason": "r", "confidence": 1, "choice": {"plan": "greeting", "inputs": {"name": "Zoë"}}}"#
            try await save("planner", answering: [small, latest, right], in: world)
            let task = try await ask(["prompt": "Hello"], in: world)
            #expect(task["outputs"]?["result"] == ["text": "1 x Hello Zoë"], "\(task)")
            #expect(task["model_calls"] == 3)
        }
    }

    @Test func `Where no plan fits an agent follows the instructions`() async throws {
        try await withPlans { world in
            let choice = #"{"reason": "No plan sorts letters.", "confidence": 0.8, "choice": {"plan": null}}"#
            try await save("planner", answering: [choice], in: world)
            let task = try await ask(["prompt": "Sort the letters"], in: world)
            #expect(
                task["outputs"] == [
                    "result": "I did it myself.", "plan": nil, "reason": "No plan sorts letters.", "confidence": 0.8,
                ])
        }
    }

    @Test func `Where no plan is published nothing is chosen`() async throws {
        try await World.with(.inProcess) { world in
            try await world.runtime.save(try PlanReader.read(PlanSource(path: "plan.yaml", text: Self.greeting)))
            try await save("general", answering: ["I did it."], in: world)
            let task = try await ask(["prompt": "Sort the letters"], in: world)
            #expect(task["outputs"] == ["result": "I did it."])
            #expect(task["model_calls"] == 1)
        }
    }

    @Test func `A rerun as it is now chooses among the plans that there are now`() async throws {
        try await withPlans { world in
            let null = #"{"reason": "None.", "confidence": 1, "choice": {"plan": null}}"#
            try await save("planner", answering: [null], in: world)
            let task = try await ask(["prompt": "Say hello"], in: world)
            let number = try #require(task["number"]?.intValue)
            let text = "name: later\nsteps: { a: { set: { b: 2 } } }\noutputs: { b: \"${{ steps.a.output.b }}\" }\n"
            try await publish(text, in: world)
            let later = #"{"reason": "New.", "confidence": 1, "choice": {"plan": "later", "inputs": {}}}"#
            try await save("planner", answering: [later], in: world)
            for (plan, expected) in [("as_it_was", "I did it myself."), ("as_it_is", ["b": 2])] as [(String, JSON)] {
                let answer = try await world.post("/api/tasks/\(number)/rerun", ["plan": .string(plan)])
                let again = try #require(try answer.json()["number"]?.intValue, "\(answer.text)")
                try await world.runtime.waitForEnd(of: TaskNumber(rawValue: again))
                let found = try await world.send(.get, "/api/tasks/\(again)").json()
                #expect(found["outputs"]?["result"] == expected, "\(found)")
                #expect(found["name"] == "Say hello")
            }
        }
    }

    @Test(
        arguments: [
            (["prompt": " "], 422), (["prompt": "x", "agent": "nobody"], 404), (["prompt": "x", "agent": "a b"], 422),
            (["prompt": "x", "plan": "greeting"], 422), (["prompt": "x", "inputs": ["a": 1]], 422),
            (["agent": "x"], 422),
            (["prompt": 7], 422), ([:], 422),
        ] as [(JSON, Int)])
    func `What cannot be followed is refused`(body: JSON, status: Int) async throws {
        try await World.with(.inProcess) { world in
            let answer = try await world.post("/api/tasks", body)
            #expect(answer.status == status, "\(answer.text)")
            #expect(try await world.send(.get, "/api/tasks").json()["total"] == 0)
        }
    }
}
