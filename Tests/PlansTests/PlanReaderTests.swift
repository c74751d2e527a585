import CEL
import Core
import Plans
import Testing

@Suite(.timeLimit(.minutes(1)))
struct PlanReaderTests {
    private static let invoices = """
        name: invoices
        description: Reads invoices.
        agents:
          clerk: { model: script/clerk.yaml, system: "You serve ${{ inputs.vendor }}." }
          plain:
        inputs:
          limit: 1000
          month: string
          vendor: { type: string, description: "Whose", default: "x" }
          note: { type: string, required: false }
          tags: [a, b]
          rate: { default: 0.5 }
        limits: { duration: 1h30m, parallel_steps: 4 }
        steps:
          write: { agent: clerk, prompt: "Summarise ${{ steps.total.output }}" }
          total:
            description: Adds up
            set: { sum: "${{ steps.read.output }}", text: "about ${{ inputs.limit }}", list: [1, "${{ task.id }}"] }
          read:
            command: [python3, plan/read.py, 5, 1.0, true, "${{ inputs.month }}"]
            stdin: '${{ {"a": inputs.limit} }}'
            env: { TZ: UTC, N: 3 }
            files: [read.py]
            outputs: { files: ["report.md", "out/*.csv"] }
            timeout: 30s
            repeatable: true
          shell:
            command: echo hello | cat
            needs: [total, read]
            if: steps.read.output.total
          call:
            http: { url: "https://a.example/${{ inputs.month }}", headers: { Accept: text/plain }, body: { a: 1 } }
          poll: { http: { url: "https://a.example/" } }
        outputs:
          report: ${{ steps.write.output }}
          files: [ "${{ steps.read.files }}" ]
        """

    private func invoices() throws -> Plan {
        try plan(Self.invoices, files: ["read.py": "print(1)", "clerk.yaml": "answers: [{ text: hello }]"])
    }

    @Test func readsTheWholeLanguage() throws {
        let plan = try invoices()
        #expect(plan.name == "invoices")
        #expect(plan.summary == "Reads invoices.")
        #expect(plan.agents.map(\.name) == ["clerk", "plain"])
        #expect(plan.agent(named: "clerk")?.model == "script/clerk.yaml")
        #expect(plan.agent(named: "plain")?.model == nil)
        #expect(plan.limits == PlanLimits(durationMilliseconds: 5_400_000, parallelSteps: 4))
        #expect(plan.steps.map(\.name) == ["write", "total", "read", "shell", "call", "poll"])
        #expect(plan.steps.map(\.kind.name) == ["agent", "set", "command", "command", "http", "http"])
        #expect(plan.outputs.map(\.name) == ["report", "files"])
    }

    @Test func needsAreThoseNamedAndThoseReferredTo() throws {
        let plan = try invoices()
        #expect(plan.step(named: "write")?.needs == ["total"])
        #expect(plan.step(named: "total")?.needs == ["read"])
        #expect(plan.step(named: "shell")?.needs == ["total", "read"])
        #expect(plan.step(named: "read")?.needs == [])
    }

    @Test func anAgentsSystemPromptMakesItsStepsWait() throws {
        let plan = try plan(
            """
            name: p
            agents: { a: { system: "${{ steps.one.output }}" } }
            steps:
              two: { agent: a, prompt: hi }
              one: { set: { x: 1 } }
            """)
        #expect(plan.step(named: "two")?.needs == ["one"])
    }

    @Test func repeatableFollowsTheKind() throws {
        let plan = try invoices()
        let repeatable = plan.steps.filter(\.isRepeatable).map(\.name)
        #expect(repeatable == ["write", "total", "read", "poll"])
    }

    @Test func readsCommands() throws {
        let plan = try invoices()
        guard case .command(let read)? = plan.step(named: "read")?.kind,
            case .command(let shell)? = plan.step(named: "shell")?.kind
        else {
            Issue.record("no commands")
            return
        }
        #expect(read.arguments.dropLast().map(\.literalValue) == ["python3", "plan/read.py", "5", "1.0", "true"])
        #expect(read.arguments.last?.expressions.map(\.source) == ["inputs.month"])
        #expect(read.stdin?.expressions.map(\.source) == [#"{"a": inputs.limit}"#])
        #expect(read.environment.map(\.name) == ["TZ", "N"])
        #expect(read.environment.map(\.value.literalValue) == ["UTC", "3"])
        #expect(read.planFiles == ["read.py"])
        #expect(read.outputFiles == ["report.md", "out/*.csv"])
        #expect(plan.step(named: "read")?.timeoutMilliseconds == 30_000)
        #expect(shell.arguments.map(\.literalValue) == ["/bin/sh", "-c", "echo hello | cat"])
        #expect(plan.step(named: "shell")?.condition?.source == "steps.read.output.total")
    }

    @Test func readsRequests() throws {
        let plan = try invoices()
        guard case .http(let call)? = plan.step(named: "call")?.kind,
            case .http(let poll)? = plan.step(named: "poll")?.kind
        else {
            Issue.record("no requests")
            return
        }
        #expect(call.method == "POST")
        #expect(call.headers.map(\.name) == ["Accept"])
        #expect(call.body?.literalValue == ["a": 1])
        #expect(poll.method == "GET")
        #expect(poll.body == nil)
    }

    @Test func readsInputs() throws {
        let inputs = try invoices().inputs
        #expect(inputs.map(\.name) == ["limit", "month", "vendor", "note", "tags", "rate"])
        #expect(inputs.map(\.type) == [.integer, .string, .string, .string, .array, .number])
        #expect(inputs.map(\.isRequired) == [false, true, false, false, false, false])
        #expect(inputs.map(\.defaultValue) == [1000, nil, "x", nil, ["a", "b"], 0.5])
        #expect(inputs[2].summary == "Whose")
    }

    @Test func stepsKnowTheirPlace() throws {
        #expect(try invoices().step(named: "total")?.place == .source(file: "plan.yaml", line: 16, column: 3))
    }

    @Test func readsJSON() throws {
        let json = #"{"name":"p","inputs":{"n":"integer"},"steps":{"a":{"set":{"x":"${{ inputs.n }}"}}}}"#
        #expect(try plan(json).steps.map(\.name) == ["a"])
    }

    @Test(arguments: [
        "true", "steps.a.output.x", "${{ steps.a.output.x }}", "\"  ${{ steps.a.output.x }} \"",
        "|\n      steps.a.output.x\n",
    ])
    func conditionsAreBareOrInBraces(text: String) throws {
        let plan = try plan("name: p\nsteps:\n  a: { set: { x: 1 } }\n  b:\n    set: { x: 1 }\n    if: \(text)\n")
        #expect(plan.step(named: "b")?.condition?.source == (text == "true" ? "true" : "steps.a.output.x"))
    }

    @Test func tellsTheFilesItNames() {
        let files = PlanReader.referencedFiles(
            in: Self.invoices + "\n  more: { command: [x], files: [../up, /abs, dir/ok.txt, read.py] }\n",
            path: "plan.yaml")
        #expect(files == ["clerk.yaml", "read.py"])
        let more = "agents: { a: { model: script/s.yaml } }\nsteps: { b: { files: [../up, /abs, dir/ok.txt, s.yaml] } }"
        #expect(PlanReader.referencedFiles(in: more, path: "p") == ["dir/ok.txt", "s.yaml"])
        #expect(PlanReader.referencedFiles(in: "{", path: "p") == [])
    }

    @Test func theHashCoversTextAndFilesButNotThePath() {
        func hash(_ text: String, _ files: [String: String], path: String = "p") -> ContentHash {
            PlanSource(path: path, text: text, files: files).hash
        }
        let hashes = [
            hash("a", [:]), hash("b", [:]), hash("a", ["x": "y"]), hash("a", ["xy": ""]), hash("a", ["": "xy"]),
            hash("a", ["x": "", "y": ""]), hash("ax", [:]),
        ]
        #expect(Set(hashes).count == hashes.count)
        #expect(hash("a", ["x": "1", "y": "2"]) == hash("a", ["y": "2", "x": "1"], path: "q"))
    }

    @Test(arguments: [("", false), (", network: true", true), (", network: false", false)])
    func commandsHaveTheNetworkOnlyOnRequest(key: String, hasNetwork: Bool) throws {
        let plan = try plan("name: p\nsteps: { a: { command: [x]\(key) } }")
        guard case .command(let command) = plan.steps[0].kind else {
            Issue.record("The step is no command.")
            return
        }
        #expect(command.hasNetwork == hasNetwork)
    }

    @Test func theNetworkIsOnOrOff() throws {
        #expect(throws: SignalboxError.self) {
            try plan("name: p\nsteps: { a: { command: [x], network: lan } }")
        }
    }
}
