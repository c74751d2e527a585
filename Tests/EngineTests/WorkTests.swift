import Core
import Testing

@testable import Engine

/// What executors are given: the bound on time, the model, the evaluated call.
@Suite(.timeLimit(.minutes(1)))
struct WorkTests {
    @Test(
        "The tightest bound counts, and says what set it",
        arguments: [
            ("", "command: [x]", 3_600_000, "default limit on a task's duration"),
            ("", "command: [x]\n    timeout: 5s", 5_000, "step's timeout"),
            ("", "command: [x]\n    timeout: 2h", 3_600_000, "default limit on a task's duration"),
            ("limits: { duration: 10s }", "command: [x]", 10_000, "plan's limit on duration"),
            ("limits: { duration: 10s }", "command: [x]\n    timeout: 5s", 5_000, "step's timeout"),
            ("limits: { duration: 10s }", "command: [x]\n    timeout: 1m", 10_000, "plan's limit on duration"),
            ("limits: { duration: 2h }", "command: [x]", 3_600_000, "plan's limit on duration"),
            ("", "http: { url: \"http://a.example/\" }", 60_000, "default for http steps"),
            ("", "http: { url: \"http://a.example/\" }\n    timeout: 2m", 120_000, "step's timeout"),
            ("limits: { duration: 10s }", "http: { url: \"http://a.example/\" }", 10_000, "plan's limit on duration"),
        ] as [(String, String, Int64, String)])
    func timeouts(limits: String, call: String, milliseconds: Int64, origin: String) throws {
        var task = try TestTask("\(limits)\nsteps:\n  a:\n    \(call)")
        try task.start("a")
        let timeout = try #require(task.work?.timeout)
        #expect(timeout.milliseconds == milliseconds)
        #expect(timeout.origin.contains(origin))
    }

    private static let chain = """
        limits: { duration: 10s }
        steps: { a: { command: [x] }, b: { command: [x], needs: [a] }, c: { command: [x], needs: [b] } }
        """

    @Test func onlyActiveTimeCountsAgainstTheLimit() throws {
        var task = try TestTask(Self.chain)
        try task.start("a")
        task.clock += 4_000
        try task.complete("a")
        task.clock += 3_600_000
        try task.start("b")
        #expect(task.work?.timeout.milliseconds == 5_990)
    }

    @Test func aStepThatRunsBesideAnotherHasItsTimeTakenOff() throws {
        var task = try TestTask("limits: { duration: 10s }\nsteps: { a: { command: [x] }, b: { command: [x] } }")
        try task.start("a")
        task.clock += 990
        try task.start("b")
        #expect(task.work?.timeout.milliseconds == 9_000)
    }

    @Test func aTaskWithoutTimeLeftFails() throws {
        var task = try TestTask(Self.chain)
        try task.start("a")
        task.clock += 10_000
        try task.complete("a")
        try task.start("b")
        #expect(task.happened == ["step_failed b", "step_cancelled c", "task_failed"])
        #expect(task.state.failure?.cause == .timeout)
        #expect(task.state.failure?.message.contains("10 seconds") == true)
    }

    @Test(
        "The model: that of the request, else the agent's, else the default",
        arguments: [
            ("r/r", "a/a", "d/d", "r/r"), (nil, "a/a", "d/d", "a/a"), (nil, nil, "d/d", "d/d"),
            ("r/r", nil, nil, "r/r"),
            ("r/r", nil, "d/d", "r/r"), (nil, "a/a", nil, "a/a"), (nil, nil, nil, nil),
        ] as [(String?, String?, String?, String?)])
    func models(request: String?, agent: String?, fallback: String?, expected: String?) throws {
        let definition = agent.map { "{ model: \($0) }" } ?? "{}"
        var task = try TestTask(
            "agents: { w: \(definition) }\nsteps: { a: { agent: w, prompt: hi } }", model: request,
            defaultModel: fallback)
        try task.start("a")
        if let expected {
            guard case .agent(let call)? = task.work?.call else { throw Failure(.missingData, "no call") }
            #expect(call.model == expected)
        } else {
            #expect(task.actions == [])
            #expect(task.state.failure?.cause == .validation)
            #expect(task.state.failure?.message.contains("default_model") == true)
        }
    }

    @Test func agentsAreGivenTheirTextsAndTheContext() throws {
        var task = try TestTask(
            """
            agents: { w: { model: m/m, system: "For ${{ inputs.who }}" } }
            inputs: { who: string }
            steps:
              first: { set: { n: 3 } }
              a: { agent: w, prompt: "Sum: ${{ steps.first.output.n }}" }
            """, inputs: ["who": "Ada"])
        try task.start("a")
        guard case .agent(let call)? = task.work?.call else { throw Failure(.missingData, "no call") }
        #expect(call.system == "For Ada")
        #expect(call.prompt == "Sum: 3")
        #expect(call.context["inputs"] == ["who": "Ada"])
        #expect(call.context["steps"]?["first"]?["output"] == ["n": 3])
        guard case .stepStarted(_, _, let input)? = task.transition.events.last?.body else {
            throw Failure(.missingData, "no event")
        }
        #expect(input == ["agent": "w", "model": "m/m", "system": "For Ada", "prompt": "Sum: 3"])
    }

    @Test func commandsAndRequestsAreGivenTheirValues() throws {
        var task = try TestTask(
            """
            inputs: { n: integer, list: array }
            steps:
              c: { command: [x, "${{ inputs.n }}", "${{ inputs.list }}"], stdin: { n: "${{ inputs.n }}" }, env: { N: "n=${{ inputs.n }}" } }
              h: { http: { url: "http://a.example/${{ inputs.n }}", headers: { X-N: "${{ inputs.n }}" }, body: ["${{ inputs.n }}"] } }
            """, inputs: ["n": 5, "list": [1, "a"]])
        try task.start("c")
        guard case .command(let command)? = task.work?.call else { throw Failure(.missingData, "no command") }
        #expect(command.arguments == ["x", "5", #"[1,"a"]"#])
        #expect(command.stdin == ["n": 5])
        #expect(command.environment.map { "\($0.name)=\($0.value)" } == ["N=n=5"])
        try task.start("h")
        guard case .http(let request)? = task.work?.call else { throw Failure(.missingData, "no request") }
        #expect(request.method == "POST")
        #expect(request.url == "http://a.example/5")
        #expect(request.headers.map { "\($0.name): \($0.value)" } == ["X-N: 5"])
        #expect(request.body == [5])
        #expect(task.work?.call.json["body"] == [5])
    }

    @Test(
        "Step N of M (product §4)",
        arguments: [
            (0, 0, false, 0), (0, 0, true, 0), (5, 0, false, 1), (5, 1, false, 2), (5, 4, false, 5), (5, 5, false, 5),
            (5, 5, true, 5), (5, 3, true, 3), (1, 0, false, 1), (1, 0, true, 0),
        ] as [(Int, Int, Bool, Int)])
    func progress(total: Int, finished: Int, isFinal: Bool, current: Int) {
        #expect(Progress(total: total, finished: finished, isFinal: isFinal).current == current)
    }

    @Test func progressOfATaskCountsWhatIsNotSkipped() throws {
        var task = try TestTask(
            """
            steps:
              a: { command: [x] }
              no: { command: [x], if: "steps.a.output == 1" }
              b: { command: [x], needs: [a] }
            """)
        #expect(task.state.progress == Progress(total: 3, finished: 0, isFinal: false))
        try task.start("a")
        try task.complete("a", 2)
        #expect(task.state.progress == Progress(total: 2, finished: 1, isFinal: false))
        #expect(task.state.progress.current == 2)
        try task.start("b")
        try task.fail("b")
        #expect(task.state.progress == Progress(total: 2, finished: 2, isFinal: true))
    }

    @Test(
        arguments: [
            (nil, ""), (true, "true"), (1.5, "1.5"), ("  two \n words ", "two words "), ([], "0 elements"),
            ([1], "1 element"),
            (["a": "x", "b": [1, 2], "c": ["d": 1], "e": 5], "a: x, b: 2 elements, c: 1 member, e: 5"),
        ] as [(JSON, String)])
    func previews(output: JSON, text: String) {
        #expect(OutputPreview.text(of: output) == text)
    }

    @Test(arguments: [119, 120, 121, 100_000]) func previewsAreShort(count: Int) {
        let preview = OutputPreview.text(of: .string(String(repeating: "ä", count: count)))
        #expect(preview.count == min(count, OutputPreview.lengthMaximum))
        #expect(preview.hasSuffix("…") == (count > OutputPreview.lengthMaximum))
    }
}
