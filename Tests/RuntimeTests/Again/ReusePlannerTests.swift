import Core
import Engine
import Testing

@testable import Runtime

@Suite(.timeLimit(.minutes(1)))
struct ReusePlannerTests {
    private static let chain = """
        name: chain
        inputs: {a: x, b: y}
        steps:
          read: {command: [echo, "${{ inputs.a }}"]}
          other: {http: {url: "http://example.com"}}
          write: {http: {url: "http://example.com/${{ steps.read.output }}/${{ inputs.b }}"}}
          send: {needs: [write], set: {v: 1}}
        """

    private func chain() throws -> Recording {
        var recording = try Recording(Self.chain)
        try recording.complete("read", "other", "write", "send")
        return recording
    }

    @Test func `Without a change everything is taken over`() throws {
        let planned = try chain().planned(ReuseChanges())
        #expect(planned.reused == ["read", "other", "write", "send"])
        #expect(planned.again.isEmpty)
    }

    @Test func `A step that is named runs again, with all that it leads to`() throws {
        let planned = try chain().planned(ReuseChanges(from: "write"))
        #expect(planned.reused == ["read", "other"])
        #expect(planned.again == ["write": .asked, "send": .after("write")])
    }

    @Test func `An input touches the steps that look at it`() throws {
        let planned = try chain().planned(ReuseChanges(inputs: ["b"]))
        #expect(planned.reused == ["read", "other"])
        #expect(planned.again == ["write": .input("b"), "send": .after("write")])
    }

    @Test func `Other files touch commands`() throws {
        let planned = try chain().planned(ReuseChanges(hasOtherFiles: true))
        #expect(planned.reused == ["other"])
        #expect(planned.again == ["read": .files, "write": .after("read"), "send": .after("write")])
    }

    @Test func `A changed output is taken over, and what looks at it runs again`() throws {
        let planned = try chain().planned(ReuseChanges(outputs: ["read"]))
        #expect(planned.reused == ["read", "other"])
        #expect(planned.again == ["write": .edited("read"), "send": .after("write")])
    }

    @Test func `A changed output stands even when what came before runs again`() throws {
        let planned = try chain().planned(ReuseChanges(inputs: ["a"], outputs: ["write"]))
        #expect(planned.reused == ["other", "write"])
        #expect(planned.again == ["read": .input("a"), "send": .edited("write")])
    }

    @Test func `A changed or new definition runs again`() throws {
        let after =
            Self.chain.replacing("set: {v: 1}", with: "set: {v: 2}") + "\n  last: {set: {v: 3}}"
        let planned = try chain().planned(ReuseChanges(), after: after)
        #expect(planned.reused == ["read", "other", "write"])
        #expect(planned.again == ["send": .definition, "last": .new])
    }

    @Test func `What did not complete runs again`() throws {
        var recording = try Recording(Self.chain)
        try recording.complete("read")
        try recording.note(.stepStarted, "other")
        try recording.note(.stepFailed, "other")
        try recording.note(.stepCancelled, "write")
        let planned = try recording.planned(ReuseChanges())
        #expect(planned.reused == ["read"])
        #expect(planned.again == ["other": .failed, "write": .cancelled, "send": .after("write")])
    }

    private static let loop = """
        name: loop
        inputs: {a: x}
        steps:
          each:
            for_each: [1, 2, 3]
            steps:
              read: {command: [echo, "${{ item }}"]}
              mark: {http: {url: "http://example.com/${{ steps.read.output }}/${{ inputs.a }}"}}
          join: {set: {all: "${{ steps.each.output }}"}}
        """

    private func loop(_ text: String = Self.loop) throws -> Recording {
        var recording = try Recording(text)
        try recording.note(.loopStarted, "each")
        for index in 0..<3 { try recording.iterate("each/\(index)", "read", "mark") }
        try recording.note(.stepCompleted, "each")
        try recording.note(.stepCompleted, "join")
        return recording
    }

    @Test func `A loop that nothing touches is taken over whole`() throws {
        #expect(try loop().planned(ReuseChanges()).reused == ["each", "join"])
    }

    @Test func `A step in an iteration leaves the other iterations alone`() throws {
        let planned = try loop().planned(ReuseChanges(from: "each/1/mark"))
        #expect(planned.reused == ["each/0", "each/1/read", "each/2"])
        #expect(planned.again == ["each/1/mark": .asked, "join": .after("each")])
    }

    @Test func `An iteration runs again as a whole`() throws {
        let planned = try loop().planned(ReuseChanges(from: "each/1"))
        #expect(planned.reused == ["each/0", "each/2"])
        #expect(planned.again == ["each/1": .asked, "join": .after("each")])
    }

    @Test func `An input touches one step of each iteration`() throws {
        let planned = try loop().planned(ReuseChanges(inputs: ["a"]))
        #expect(planned.reused == ["each/0/read", "each/1/read", "each/2/read"])
        #expect(planned.again["each/2/mark"] == .input("a"))
        #expect(planned.again["join"] == .after("each"))
    }

    @Test func `A changed step in a loop does not touch the steps before it`() throws {
        let after = Self.loop.replacing("example.com/", with: "example.org/")
        let planned = try loop().planned(ReuseChanges(), after: after)
        #expect(planned.reused == ["each/0/read", "each/1/read", "each/2/read"])
        #expect(planned.again["each/0/mark"] == .definition)
    }

    @Test func `Iterations that look at the one before follow it`() throws {
        let text = Self.loop.replacing("[echo, \"${{ item }}\"]", with: "[echo, \"${{ previous == null }}\"]")
        let planned = try loop(text).planned(ReuseChanges(from: "each/1/mark"))
        #expect(planned.reused == ["each/0", "each/1/read"])
        #expect(planned.again["each/2/read"] == .previous)
        #expect(planned.again["each/2/mark"] == .after("read"))
    }

    @Test func `A loop that failed goes on where it stopped`() throws {
        var recording = try Recording(Self.loop)
        try recording.note(.loopStarted, "each")
        try recording.iterate("each/0", "read", "mark")
        try recording.note(.iterationStarted, "each/1")
        try recording.complete("each/1/read")
        try recording.note(.stepStarted, "each/1/mark")
        try recording.note(.stepFailed, "each/1/mark")
        try recording.note(.iterationFailed, "each/1")
        try recording.note(.stepFailed, "each")
        let planned = try recording.planned(ReuseChanges())
        #expect(planned.reused == ["each/0", "each/1/read"])
        #expect(planned.again["each/1/mark"] == .failed)
        #expect(planned.again["each"] == .resumed)
    }

    private static let branch = """
        name: branch
        agents: {clerk: {model: openai/a}}
        steps:
          route:
            branch:
              large: {steps: {look: {http: {url: "http://example.com"}}, send: {needs: [look], set: {v: 1}}}}
              small: {steps: {no: {set: {v: 2}}}}
            choose: {agent: clerk, prompt: "Which?"}
        """

    private func branch() throws -> Recording {
        var recording = try Recording(Self.branch)
        try recording.note(.branchChosen, "route", ["path": "large", "reason": ["agent": "clerk"]])
        try recording.complete("route/large/look", "route/large/send", "route")
        return recording
    }

    @Test(arguments: [
        ("route/large/send", ["route/large/look"], "large"), ("route/large", [], "large"), ("route", [], nil),
    ])
    func `The choice of an agent is kept inside of the branch`(from: String, reused: [String], choice: String?) throws {
        let planned = try branch().planned(ReuseChanges(from: from))
        #expect(planned.reused == reused)
        #expect(planned.choices[StepPath(rawValue: "route")] == choice)
        #expect(planned.again[from] == .asked)
    }

    @Test func `Another model lets an agent choose again`() throws {
        let planned = try branch().planned(ReuseChanges(agents: ["clerk"]))
        #expect(planned.again == ["route": .model])
    }

    private static func turn(_ text: String, _ more: JSONObject = [:]) -> JSON {
        var turn: JSONObject = [
            "model": "m", "duration_ms": 1, "request": nil, "response": ["text": .string(text)],
        ]
        for member in more { turn[member.name] = member.value }
        return .object(turn)
    }

    @Test func `A conversation keeps tool calls, their results and notices, and no half answers`() throws {
        let text = "name: talk\nagents: {clerk: {model: openai/a}}\nsteps: {ask: {agent: clerk, prompt: Hi}}"
        var recording = try Recording(text, watching: StepPath(rawValue: "ask"))
        try recording.note(.stepStarted, "ask")
        try recording.note(.turnCompleted, "ask", Self.turn("Look", ["calls": [["id": "a", "tool": "read_file"]]]))
        try recording.note(.toolCompleted, "ask", ["id": "a", "parts": [["text": "what is in it"]], "duration_ms": 1])
        try recording.note(.agentNoticed, "ask", ["text": "Come to an end."])
        try recording.note(.turnCompleted, "ask", Self.turn("ha", ["stop_reason": "cut"]))
        try recording.note(.stepRetrying, "ask", ["failure": ["cause": "model_error", "message": "cut"]])
        try recording.note(.stepStarted, "ask")
        try recording.note(.turnCompleted, "ask", Self.turn("No?", ["purpose": "loop_check"]))
        try recording.note(.turnCompleted, "ask", Self.turn("Done."))
        let messages = try #require(recording.record.conversation(beforeTurn: 2))
        #expect(messages.map(\.speaker) == [.model, .tool, .signalbox])
        #expect(messages.map(\.text) == ["Look", "what is in it", "Come to an end."])
        #expect(messages[1].tool == "read_file")
    }

    @Test func `The conversation of a run behind an answer that was sent back begins with that`() throws {
        let text = "name: talk\nagents: {clerk: {model: openai/a}}\nsteps: {ask: {agent: clerk, prompt: Hi}}"
        var recording = try Recording(text, watching: StepPath(rawValue: "ask"))
        try recording.note(.stepStarted, "ask")
        try recording.note(.turnCompleted, "ask", Self.turn("Dear all"))
        try recording.note(.decisionRequested, "ask", ["kind": "review", "ordinal": 1, "proposal": "Dear all"])
        try recording.note(
            .decisionMade, "ask", ["ordinal": 1, "verdict": "retry", "feedback": "Shorter.", "by": "anna"])
        try recording.note(.stepQueued, "ask")
        try recording.note(.stepStarted, "ask")
        try recording.note(.turnCompleted, "ask", Self.turn("All"))
        let first = try #require(recording.record.conversation(beforeTurn: 1))
        #expect(first.map(\.speaker) == [.model, .person])
        #expect(first.last?.text == "Your last answer was sent back by a person, who said:\nShorter.")
        #expect(recording.record.turnsRecorded == 1, "turns are counted within their run")
        try recording.note(.decisionRequested, "ask", ["kind": "review", "ordinal": 2, "proposal": "All"])
        try recording.note(.decisionMade, "ask", ["ordinal": 2, "verdict": "retry", "feedback": "No.", "by": "anna"])
        try recording.note(.stepStarted, "ask")
        try recording.note(.turnCompleted, "ask", Self.turn("Hm"))
        #expect(recording.record.conversation(beforeTurn: 1)?.map(\.speaker) == [.model, .person, .model, .person])
    }

    @Test func `A conversation is kept up to a turn`() throws {
        let text = "name: talk\nagents: {clerk: {model: openai/a}}\nsteps: {ask: {agent: clerk, prompt: Hi}}"
        var recording = try Recording(text, watching: StepPath(rawValue: "ask"))
        try recording.note(.stepStarted, "ask")
        try recording.note(.turnCompleted, "ask", Self.turn("Which?"))
        try recording.note(.decisionRequested, "ask", ["kind": "question", "ordinal": 1])
        try recording.note(
            .decisionMade, "ask", ["ordinal": 1, "verdict": "approve", "edits": "The blue one", "by": "anna"])
        try recording.note(.stepResumed, "ask")
        try recording.note(.turnCompleted, "ask", Self.turn("Good."))
        try recording.note(.stepCompleted, "ask")
        #expect(recording.record.conversation(beforeTurn: 1) == [])
        #expect(
            recording.record.conversation(beforeTurn: 2) == [
                ConversationMessage(speaker: .model, text: "Which?"),
                ConversationMessage(speaker: .person, text: "The blue one"),
            ])
        #expect(recording.record.conversation(beforeTurn: 3) == nil)
    }
}

extension ReuseChanges {
    fileprivate init(
        from: String? = nil, inputs: Set<String> = [], hasOtherFiles: Bool = false, agents: Set<String> = [],
        outputs: [String] = []
    ) {
        self.init()
        self.from = from.map(StepPath.init(rawValue:))
        self.inputs = inputs
        self.hasOtherFiles = hasOtherFiles
        self.agents = agents
        self.outputs = Set(outputs.map(StepPath.init(rawValue:)))
    }
}

extension String {
    fileprivate func replacing(_ part: String, with other: String) -> String {
        guard let range = firstRange(of: part) else { return self }
        return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
    }
}
