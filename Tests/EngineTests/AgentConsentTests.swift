import Core
import Testing

@testable import Engine

/// Who is asked before the tools of an agent are called, and what becomes of what they say.
@Suite(.timeLimit(.minutes(1)))
struct AgentConsentTests {
    @Test(
        "A tool asks as the plan says",
        arguments: [
            ("tools: [read_file, write_file], consent: [write_file]", "write_file", true),
            ("tools: [read_file, write_file], consent: [write_file]", "read_file", false),
            ("tools: [read_file, write_file], consent: always", "read_file", true),
            ("tools: [{ write_file: , consent: 'tool.arguments.path == \"x\"' }]", "write_file", true),
            ("tools: [{ write_file: , consent: 'tool.arguments.path == \"y\"' }]", "write_file", false),
            ("tools: [{ write_file: , consent: false }], consent: always", "write_file", false),
            ("tools: [{ mcp: bank, consent: true }]", "bank__pay", true),
            ("tools: [{ mcp: bank, only: [see] }, write_file], consent: never", "bank__pay", false),
        ])
    func consents(agent: String, tool: String, asks: Bool) throws {
        var task = try AgentTests.started(agent)
        try task.turn("work", calls: [AgentTests.call("a", tool, ["path": "x"])])
        #expect(task.state.requests.isEmpty != asks)
        guard asks else { return }
        #expect(task.state.requests[1]?.kind == .consent)
        #expect(task.state.requests[1]?.proposal?["arguments"] == ["path": "x"])
    }

    @Test(arguments: [
        ("tool.arguments.cents > 100", #"there is no key "cents""#), ("tool.arguments.path", "is not true or false"),
    ])
    func aRuleThatCannotBeEvaluatedAsksAndSaysSo(rule: String, reason: String) throws {
        var task = try AgentTests.started("tools: [{ mcp: bank, consent: '\(rule)' }]")
        try task.turn("work", calls: [AgentTests.call("a", "bank__pay", ["path": "x"])])
        let title = try #require(task.state.requests[1]?.title)
        #expect(title.hasPrefix("May “work” call the tool bank__pay? Its rule of consent cannot be evaluated: "))
        #expect(title.contains(reason) && title.hasSuffix("."), "\(title)")
        #expect(!title.hasSuffix(".."))
    }

    @Test(
        "Where neither the tool nor the agent says something, the plan does",
        arguments: [
            ("", "", "read_file", false), ("", "consent: never", "read_file", false),
            ("", "consent: always", "read_file", true), ("", "consent: [tool]", "read_file", true),
            ("", "consent: [command, tool]", "bank__pay", true), ("", "consent: [command, http]", "read_file", false),
            (", consent: never", "consent: always", "read_file", false),
            (", consent: [write_file]", "consent: always", "read_file", false),
            (", consent: [write_file]", "consent: never", "write_file", true),
            (", consent: always", "consent: never", "read_file", true),
            ("", "consent: always", "list_files", false), ("", "consent: [tool]", "list_files", false),
            ("", "consent: never", "recall", true),
        ])
    func consentsOfThePlan(agent: String, plan: String, tool: String, asks: Bool) throws {
        let grants =
            "tools: [read_file, write_file, { mcp: bank }, { list_files: , consent: false }, { recall: , consent: true }]"
        var task = try AgentTests.started(grants + agent, plan)
        #expect(task.actions == ["execute work 1"])
        try task.turn("work", calls: [AgentTests.call("a", tool, ["path": "x"])])
        #expect(task.happened.last == (asks ? "decision_requested work" : "tool_started work"))
        guard asks else { return }
        #expect(task.state.requests[1]?.kind == .consent)
        #expect(task.state.waitingReasons == [.approval])
        try task.crashAndRecover()
        try task.decide(.approve)
        try task.start("work")
        guard case .callTools(let calls, _)? = task.agentCall?.order else {
            Issue.record("what is agreed to is called")
            return
        }
        #expect(calls.map(\.id) == ["a"])
        #expect(task.state.requests.isEmpty, "nobody is asked a second time")
    }

    @Test("A question needs no consent, and a task that a call starts does", arguments: ["always", "[tool]"])
    func whoIsAskedUnderTheConsentOfThePlan(consent: String) throws {
        var task = try AgentTests.started(
            "tools: [ask_question, { create_task: { plans: [child] } }]", "consent: \(consent)")
        var question = AgentTests.call("q", "ask_question", ["question": "Which?"])
        question.performer = .person
        var child = AgentTests.call("t", "create_task", ["plan": "child"])
        child.performer = .task
        try task.turn("work", calls: [question, child])
        #expect(task.state.requests[1]?.kind == .question)
        try task.decide(.approve, edits: "blue")
        try task.start("work")
        #expect(task.state.requests[2]?.kind == .consent)
        #expect(task.state.requests[2]?.call == "t")
        #expect(task.spawned.isEmpty, "it is not started before it is agreed to")
        try task.decide(2, .approve)
        try task.start("work")
        #expect(task.spawned.map(\.call) == ["t"])
    }

    @Test(
        "The step of an agent asks as well where the plan says so, before its model is asked",
        arguments: [("always", true), ("[agent]", true), ("[tool]", false), ("[command]", false)])
    func consentOfThePlanToTheStep(consent: String, asks: Bool) throws {
        var task = try TestTask(
            "agents: { w: { model: test/m } }\nsteps: { work: { agent: w, prompt: hi } }\nconsent: \(consent)")
        try task.start("work")
        #expect(task.happened == [asks ? "decision_requested work" : "step_started work"])
    }

    @Test func whatIsAgreedToIsCalledAsItWasChanged() throws {
        var task = try AgentTests.started("tools: [read_file, write_file], consent: [write_file]")
        try task.turn("work", calls: [AgentTests.call("a"), AgentTests.call("b", "write_file", ["path": "x"])])
        #expect(task.actions == ["agent work 1: call a"], "what nobody need be asked about goes first")
        try task.answer("work", call: "a")
        #expect(task.happened == ["tool_completed work", "decision_requested work"])
        try task.decide(.approve, edits: ["tool": "write_file", "arguments": ["path": "y"]])
        try task.crashAndRecover()
        try task.start("work")
        guard case .callTools(let calls, _)? = task.agentCall?.order else {
            Issue.record("the call is made")
            return
        }
        #expect(calls.first?.arguments == ["path": "y"])
    }

    @Test func whatIsChangedMustFitTheTool() throws {
        var task = try AgentTests.started("tools: [write_file], consent: [write_file]")
        let path: JSON = ["type": "object", "properties": ["path": ["type": "string", "maxLength": 3]]]
        let tools: JSON = [["name": "write_file", "parameters": path]]
        try task.turn("work", calls: [AgentTests.call("a", "write_file", ["path": "a secret"])], told: tools)
        func decide(_ path: JSON) throws {
            try task.decide(.approve, edits: ["tool": "write_file", "arguments": ["path": path]])
        }
        let error = #expect(throws: SignalboxError.self) { try decide("much too long") }
        #expect(error?.message.hasPrefix("The arguments do not fit the tool write_file: ") == true)
        #expect(error?.place == .pointer("/edits/arguments/path"))
        #expect(task.state.requests[1] != nil, "it is still open")
        try task.crashAndRecover()
        #expect(throws: SignalboxError.self) { try decide("much too long") }
        try decide("new")
        #expect(task.state.requests.isEmpty)
    }

    @Test(
        "The arguments alone stand for the call with them, and so does the whole call",
        arguments: [
            (["path": "x"], ["path": "y"], ["path": "y"]),
            (["path": "x"], ["tool": "write_file", "arguments": ["path": "y"]], ["path": "y"]),
            (["path": "x"], ["tool": "write_file", "arguments": ["path": "y"], "reason": "why"], ["path": "y"]),
            // A tool whose arguments are called like the parts of a call.
            (
                ["tool": "a", "arguments": ["b": 1]], ["tool": "c", "arguments": ["b": 2]],
                ["tool": "c", "arguments": ["b": 2]]
            ),
            (
                ["tool": "a", "arguments": ["b": 1]],
                ["tool": "write_file", "arguments": ["tool": "c", "arguments": ["b": 2]]],
                ["tool": "c", "arguments": ["b": 2]]
            ),
            ([:], [:], [:]),
        ] as [(JSONObject, JSON, JSONObject)])
    func changedArguments(proposed: JSONObject, edits: JSON, made: JSONObject) throws {
        var task = try AgentTests.started("tools: [write_file], consent: [write_file]")
        var call = AgentTests.call("a", "write_file", proposed)
        call.reason = "why"
        try task.turn("work", calls: [call])
        try task.decide(.approve, edits: edits)
        #expect(task.payload(.decisionMade)?["edits"]?["reason"] == "why", "the whole call is on record")
        try task.start("work")
        guard case .callTools(let calls, _)? = task.agentCall?.order else {
            Issue.record("the call is made")
            return
        }
        #expect(calls.first?.arguments == made)
    }

    @Test(
        "What is neither says what is expected",
        arguments: [
            "y", ["y"], ["other": "y"], ["path": 1], ["arguments": ["path": "y"]],
            ["tool": "read_file", "arguments": ["path": "y"]], ["tool": "write_file", "arguments": ["pth": "y"]],
        ] as [JSON])
    func noCall(edits: JSON) throws {
        var task = try AgentTests.started("tools: [write_file], consent: [write_file]")
        try task.turn("work", calls: [AgentTests.call("a", "write_file", ["path": "x"])])
        let error = #expect(throws: SignalboxError.self) { try task.decide(.approve, edits: edits) }
        #expect(error?.code == .invalidInput)
        let says = error?.hint?.contains(#"Give all of its arguments, {"path": …}, or the whole call"#) == true
        #expect(
            says || error?.message.contains("only the arguments can be changed") == true, "\(String(describing: error))"
        )
        #expect(task.state.requests[1] != nil, "it is still open")
    }

    @Test func whatIsLeftAsItWasIsNotLookedAtAgain() throws {
        var task = try AgentTests.started("tools: [write_file], consent: [write_file]")
        let tools: JSON = [["name": "write_file", "parameters": ["properties": ["path": ["maxLength": 3]]]]]
        try task.turn("work", calls: [AgentTests.call("a", "write_file", ["path": "[secret A]"])], told: tools)
        try task.decide(.approve, edits: ["tool": "write_file", "arguments": ["path": "[secret A]"]])
        #expect(task.state.requests.isEmpty)
    }

    @Test func whoIsRefusedIsToldWhy() throws {
        var task = try AgentTests.started("tools: [write_file], consent: always")
        try task.turn("work", calls: [AgentTests.call("a", "write_file")])
        try task.decide(.reject, feedback: "not on a Friday")
        try task.start("work")
        guard case .askModel(let conversation, _, _)? = task.agentCall?.order else {
            Issue.record("the model goes on")
            return
        }
        #expect(conversation.last?.isError == true)
        #expect(conversation.last?.text == "ada does not allow this call: not on a Friday")
    }
}
