import Core
import Plans
import Testing

@testable import Client
@testable import Commands

/// What the command line asks of people and takes from them.
@Suite(.timeLimit(.minutes(1)))
struct DecisionTests {
    private static func approval(_ kind: String = "approval", _ more: JSONObject = [:]) throws -> Approval {
        var object: JSONObject = [
            "id": "7-1", "task": 7, "step": "sign", "kind": .string(kind), "title": "Send\u{1B}[2J it?",
            "state": "open", "deciders": [], "requested": "2026-11-20T12:00:00.000Z",
        ]
        for member in more { object[member.name] = member.value }
        return try Approval(.object(object))
    }

    private static let form: JSON = [
        "type": "object", "required": ["amount"],
        "properties": [
            "amount": ["type": "integer", "maximum": 10], "list": ["type": "array"], "word": ["type": "string"],
        ],
    ]

    private static let colours: JSON = [
        "type": "object", "required": ["answer"],
        "properties": ["answer": ["type": "string", "enum": ["red", "bl\u{202E}ue", "red, or blue"]]],
    ]
    private static let address: JSON = [
        "type": "object", "required": ["street"],
        "properties": [
            "street": ["type": "string"],
            "by": ["oneOf": [["const": "p", "title": "Po\u{200B}st"], ["const": "c", "title": "Courier"]]],
        ],
    ]

    @Test func `A call that a stop of the server has cut off is told with the request`() throws {
        let sentence = "A call of a/b was cut off with it: what it cost is not known."
        let request = try Self.approval("in_doubt", ["lost_call": ["model": "a/b", "sentence": .string(sentence)]])
        let lines = try ApprovalText(style: Style(hasColours: false)).lines(request, at: request.requested)
        #expect(lines.contains(sentence))
    }

    @Test func `The trace of a run that did not go on says what followed`() {
        func head(_ more: JSONObject) -> String {
            var trace: JSONObject = [
                "task": 7, "step": "write", "run": 1, "turns": [],
                "between": [["type": "interrupted", "after_turn": 0]], "resumed_after_crash": false,
            ]
            for member in more { trace[member.name] = member.value }
            return TraceText(style: Style(hasColours: false), width: 200, showsRequests: false).lines(.object(trace))
                .joined(separator: "\n")
        }
        #expect(head([:]).contains("The server stopped in the middle; this run has not gone on."))
        #expect(head(["runs": [1, 2]]).contains("The server stopped in the middle; run 2 took the place of this one."))
        #expect(head(["resumed_after_crash": true]).contains("the run went on where it was."))
    }

    @Test func `A library whose agents are archived is not said to have none`() {
        #expect(AgentsListVerb.nothing(archived: 0).contains("has no agents"))
        #expect(
            AgentsListVerb.nothing(archived: 1)
                == "The library lists no agents; 1 is archived: `signalbox agents list --archived`.")
    }

    @Test func `the choices of a question are shown, with what hides in them`() throws {
        let request = try Self.approval("question", ["form": Self.colours])
        let lines = try ApprovalText(style: Style(hasColours: false)).lines(request, at: request.requested)
        #expect(
            lines.suffix(4) == [
                "answer with one of these, by its text or its number:", "  1. red", "  2. “bl<U+202E>ue”",
                "  3. red, or blue",
            ])
    }

    @Test func `the fields of other forms are shown with their choices`() throws {
        let request = try Self.approval("question", ["form": Self.address])
        let lines = try ApprovalText(style: Style(hasColours: false)).lines(request, at: request.requested)
        #expect(
            lines.suffix(3) == [
                "form:", "  street: string, required",
                "  by: string, may be left empty, one of p (Po<U+200B>st), c (Courier)",
            ])
    }

    private static let raised: JSONObject = [
        "subject": ["tokens": ["limit": 42_000, "used": 41_600, "next_call": 4_000]],
        "proposal": ["tokens": 84_000], "decision": ["edits": ["tokens": 60_000]],
    ]

    @Test(
        arguments: [
            (
                "approval",
                ["proposal": ["number": 3, "to": "Ada"], "decision": ["edits": ["number": 1, "to": "Ada"]]],
                ["Approved with changes by ada", "  number: 3 → 1"]
            ),
            (
                "consent",
                [
                    "proposal": ["tool": "book", "arguments": ["n": 3]],
                    "decision": ["edits": ["tool": "book", "arguments": ["n": 3, "at": "a\u{202E}b"]]],
                ],
                ["Approved with changes by ada", "  arguments/at: nothing → \"a<U+202E>b\""]
            ),
            ("review", ["proposal": "long", "decision": ["edits": "short"]], ["  \"long\" → \"short\""]),
            ("approval", ["proposal": 3, "decision": ["values": ["why": "so"]]], [#"  filled in: {"why":"so"}"#]),
            ("budget", raised, ["Raised by ada", "  tokens: 42,000 → 60,000 (proposed: 84,000)"]),
            ("question", ["decision": ["values": ["answer": "red"]]], ["Answered by ada", "  answer: red"]),
            ("in_doubt", ["decision": ["edits": ["output": 7]]], ["Noted as done by ada", "  stated output: 7"]),
        ] as [(String, JSONObject, [String])])
    func `what a person has changed is shown beside what was proposed`(
        kind: String, more: JSONObject, expected: [String]
    ) throws {
        var more = more
        for (name, value) in [
            ("state", "decided"), ("verdict", "approve"), ("decided_by", "ada"),
            ("decided", "2026-11-20T12:00:05.000Z"),
        ] { more[name] = .string(value) }
        let request = try Self.approval(kind, more)
        let lines = try ApprovalText(style: Style(hasColours: false)).lines(request, at: request.requested)
        for line in expected { #expect(lines.contains { $0.hasPrefix(line) }, "\(lines)") }
    }

    @Test(arguments: [
        ("failed", "stop", "7-1 stopped by ada; task #7 has failed."),
        ("running", "stop", "7-1 stopped by ada; task #7 fails when what is still under way in it has ended."),
        ("completed", "approve", "7-1 approved by ada; task #7 is completed."),
        ("waiting", "reject", "7-1 rejected by ada; task #7 goes on."),
    ])
    func `what became of the task is told with the decision`(status: String, verdict: String, expected: String) throws {
        let decided = try Self.approval("consent", ["verdict": .string(verdict), "decided_by": "ada"])
        let task = try Samples.details(status: status).summary
        #expect(DecisionOptions.sentence(decided, task, "goes on.") == expected)
    }

    @Test func `a call says what became of it`() {
        func lines(_ call: JSON, ending: JSON = nil) -> [String] {
            let turn: JSON = ["number": 1, "tool_calls": [call]]
            let trace: JSON = ["task": 7, "step": "work", "run": 1, "turns": [turn], "ending": ending]
            return TraceText(style: Style(hasColours: false), width: 200, showsRequests: false).lines(trace)
        }
        #expect(lines(["tool": "book"]).contains("  no result yet"))
        #expect(lines(["tool": "book"], ending: "step_cancelled").contains("  no result: the run ended before it"))
        let stated: JSON = [
            "tool": "book", "repeated_after_crash": true, "duration_ms": 0, "result": [["text": "booked"]],
            "decisions": [["kind": "in_doubt", "title": "Has it?", "verdict": "approve", "by": "ada"]],
        ]
        #expect(lines(stated).contains { $0.hasPrefix("  ✓ stated") })
        #expect(!lines(stated).contains { $0.contains("made again") || $0.contains("✓ 0 ms") }, "\(lines(stated))")
    }

    @Test func `that a run went on is told after a stop of the server alone`() {
        func entry(_ type: String) -> JSON { ["type": .string(type), "after_turn": 0] }
        let types = ["resumed", "notice", "resumed", "interrupted", "resumed", "resumed"]
        let trace: JSON = ["task": 7, "step": "work", "run": 1, "between": .array(types.map(entry))]
        let lines = TraceText(style: Style(hasColours: false), width: 200, showsRequests: false).lines(trace)
        #expect(lines.count { $0 == "The run goes on." } == 1, "\(lines)")
    }

    @Test func `a trace says that arguments were changed, and from what`() {
        let decision: JSON = [
            "kind": "consent", "title": "May it?", "verdict": "approve", "by": "ada",
            "proposal": ["tool": "book", "arguments": ["n": 3]], "edits": ["tool": "book", "arguments": ["n": 1]],
        ]
        let turn: JSON = [
            "number": 1, "tool_calls": [["tool": "book", "arguments": ["n": 1], "decisions": [decision]]],
        ]
        let trace: JSON = ["task": 7, "step": "work", "run": 1, "turns": [turn]]
        let lines = TraceText(style: Style(hasColours: false), width: 200, showsRequests: false).lines(trace)
        #expect(lines.contains { $0.hasSuffix("arguments/n: 3 → 1") }, "\(lines)")
    }

    @Test(
        arguments: [
            (["red", "blue"], "blue", "blue"), (["red", "blue"], "2", "blue"), (["red", "blue"], " 1 ", "red"),
            (["red", "blue"], "3", nil), (["red", "blue"], "0", nil), (["red", "blue"], "", nil),
            (["3", "1"], "1", "1"),
            (["3", "1"], "2", nil), ([], "1", nil), (["a\u{202E}b"], "1", "a\u{202E}b"),
        ] as [([String], String, String?)])
    func `a choice is picked by its text or its number`(choices: [String], text: String, picked: String?) {
        let list = ChoiceList(choices: choices.map { SchemaChoice(.string($0)) })
        #expect(list.value(text)?.stringValue == picked)
        #expect(list.lines.count == choices.count)
    }

    @Test func `values are read as their fields ask`() throws {
        var form = try FormValues(of: try Self.approval("approval", ["form": Self.form]))
        #expect(form.missing.map(\.name) == ["amount"])
        try form.take(["amount=3", "list=[1]", "word=5"])
        #expect(form.values == ["amount": 3, "list": [1], "word": "5"])
        #expect(form.missing.isEmpty)
    }

    @Test(arguments: [["amount"], ["=1"], ["other=1"], ["amount=x"], ["amount=1", "amount=2"], ["list=1"]])
    func `values that fit no field are refused`(_ arguments: [String]) throws {
        var form = try FormValues(of: try Self.approval("approval", ["form": Self.form]))
        #expect(throws: SignalboxError.self) { try form.take(arguments) }
    }

    @Test func `all mistakes in values are told at once`() throws {
        let properties: JSON = ["sum": ["type": "integer"], "day": ["type": "string", "format": "date"]]
        let request = try Self.approval("approval", ["form": ["type": "object", "properties": properties]])
        var form = try FormValues(of: request)
        let error = #expect(throws: SignalboxError.self) {
            try form.take(["sum=abc", "day=2026-02-30", "x=1", "sum=9223372036854775808"])
        }
        let messages = error?.diagnostics.map(\.message) ?? []
        #expect(
            messages == [
                #""sum" must be an integer, not "abc""#, #""day" must be a date, not "2026-02-30""#,
                #"The form has no field "x"."#,
                #""sum" must be an integer, not "9223372036854775808", which is too large (at most 9223372036854775807)"#,
            ])
        #expect(error?.message == "The values have 4 mistakes.")
    }

    @Test(
        arguments: [
            (["arguments": ["sh", "-c", "echo hi"], "stdin": "x"], ["  $ sh -c 'echo hi'", "  stdin:", "    x"]),
            (["method": "POST", "url": "http://h/a", "body": nil], ["  POST http://h/a"]),
            (["tool": "book", "arguments": ["n": 1]], ["  the tool book, with", "  {", "    \"n\": 1", "  }"]),
            (["seconds": 3], ["  {", "    \"seconds\": 3", "  }"]),
        ] as [(JSON, [String])])
    func `who is asked about a step in doubt sees what was under way`(input: JSON, expected: [String]) throws {
        let more: JSONObject = [
            "proposal": ["output": nil], "interrupted": ["input": input, "started": "2026-11-20T11:59:00.000Z"],
        ]
        let request = try Self.approval("in_doubt", more)
        let lines = try ApprovalText(style: Style(hasColours: false)).lines(request, at: request.requested)
        let moment = Quantity.moment(try #require(request.interrupted?.started), near: request.requested)
        #expect(Array(lines.dropFirst(2)) == ["It began at \(moment):"] + expected)
    }

    @Test func `a bound of a field is seen before the rest is asked for`() throws {
        let form = try FormValues(of: try Self.approval("approval", ["form": Self.form]))
        let amount = try #require(form.fields.first)
        #expect(form.mistake(in: 11, of: amount) != nil)
        #expect(form.mistake(in: 10, of: amount) == nil)
    }

    static let calls: [(kind: String, more: JSONObject, first: String)] = [
        ("approval", ["form": form], "approve 7-1 --value amount=… --data 'a b'"),
        ("consent", ["proposal": ["a": 1]], "approve 7-1 --data 'a b'"),
        ("review", ["proposal": 1], "approve 7-1 --data 'a b'"), ("question", [:], "answer 7-1 ANSWER --data 'a b'"),
        ("question", ["form": colours], "answer 7-1 ANSWER --data 'a b'"),
        ("question", ["form": address, "subject": ["tool": "post"]], "approve 7-1 --value street=… --data 'a b'"),
        ("question", ["subject": ["tool": "post"]], "approve 7-1 --data 'a b'"),
        ("budget", ["proposal": ["tokens": 5, "model_calls": 2]], "raise 7-1 --tokens N --model-calls N --data 'a b'"),
        ("in_doubt", ["proposal": ["output": nil]], "reject 7-1 --retry --data 'a b'"),
    ]

    @Test(arguments: calls)
    func `it says exactly how to decide`(kind: String, more: JSONObject, first: String) throws {
        let calls = DecisionCalls(placeArguments: " --data \(ShellWord.quoted("a b"))")
        let lines = try calls.lines(try Self.approval(kind, more))
        #expect(lines.first?.hasSuffix("signalbox approvals \(first)") == true, "\(lines)")
        #expect(lines.contains { $0.contains("--stop") })
    }

    @Test(arguments: [
        ("budget", "reject", ["approvals raise 7-1`", "approvals reject 7-1 --stop`"]),
        ("budget", "retry", ["approvals raise 7-1`"]), ("in_doubt", "reject", ["reject 7-1 --retry`", "--stop`"]),
        ("question", "retry", ["approvals show 7-1`"]),
    ])
    func `what cannot be rejected says what can be decided`(kind: String, verdict: String, calls: [String]) throws {
        let error = ApprovalsRejectVerb.refusal(of: verdict, try Self.approval(kind))
        for call in calls { #expect(error.hint?.contains(call) == true) }
    }

    @Test(arguments: [
        ("turns", "Turns"), ("tool_calls", "Tool calls"), ("model_calls", "Model calls"), ("tokens", "Tokens"),
        ("cost", "Cost in US dollars"), ("later", "later"),
    ])
    func `limits have names for people`(name: String, label: String) {
        #expect(LimitLabel.text(name) == label)
    }

    @Test(arguments: [
        ("question", "approve", "answered"), ("budget", "approve", "raised"), ("approval", "approve", "approved"),
        ("review", "retry", "sent back"), ("question", "reject", "rejected"), ("other", "later", "later"),
    ])
    func `a decision is told in the words of its kind`(kind: String, verdict: String, word: String) {
        #expect(DecisionOptions.word(for: verdict, of: ApprovalKind(rawValue: kind)) == word)
    }

    @Test func `what is asked cannot steer a terminal`() throws {
        let request = try Self.approval("approval", ["proposal": "a\u{1B}]0;x\u{07}b\nc"])
        let lines = try ApprovalText(style: Style(hasColours: false)).lines(request, at: request.requested)
        #expect(lines[0] == "Approval 7-1: Send<U+001B>[2J it?")
        #expect(lines.suffix(2) == ["  a<U+001B>]0;x<U+0007>b", "  c"])
    }

    @Test func `what is cut says how to read all of it`() throws {
        let request = try Self.approval("approval", ["proposal": "a\nb\nc\nd"])
        let text = ApprovalText(style: Style(hasColours: false), placeArguments: " --data D")
        let lines = try text.lines(request, at: request.requested, linesMaximum: 2)
        #expect(
            lines.suffix(3) == ["  a", "  b", "  … 2 more lines; all of it: signalbox approvals show 7-1 --data D"])
        #expect(try !text.lines(request, at: request.requested, linesMaximum: 4).contains { $0.contains("all of it") })
    }

    @Test(arguments: ["approval", "consent", "review", "question", "budget", "in_doubt"])
    func `each choice is one letter of its own`(_ kind: String) throws {
        let choices = try RequestDialog.Choice.all(try Self.approval(kind, ["proposal": 1]))
        let letters = choices.compactMap(\.word.first)
        #expect(Set(letters).count == choices.count)
        #expect(choices.contains { $0.verdict == nil })
    }

    @Test(arguments: [
        ("plain", "plain"), ("", "''"), ("a b", "'a b'"), ("it's", #"'it'\''s'"#), ("/tmp/x-1.yaml", "/tmp/x-1.yaml"),
        ("$HOME", "'$HOME'"), ("a\u{1B}[31mR", #"$'a\x1b[31mR'"#),
        ("it's\\\u{202E}x\n", #"$'it\'s\\\xe2\x80\xaex\n'"#),
    ])
    func `words are quoted for a shell`(_ word: String, _ quoted: String) {
        #expect(ShellWord.quoted(word) == quoted)
    }

    @Test func `limits are checked before anything is stored`() throws {
        #expect(
            try LimitArguments.limits(["tokens=5", "cost=0.5", "duration=10m", "model_calls=2"]) == [
                "tokens": 5, "cost": "0.5", "duration": "10m", "model_calls": 2,
            ])
        for wrong in ["tokens", "tokens=0", "tokens=x", "cost=-1", "duration=5", "other=1"] {
            #expect(throws: SignalboxError.self) { try LimitArguments.limits([wrong]) }
        }
        let unknown = #expect(throws: SignalboxError.self) { try LimitArguments.limits(["bogus=3"]) }
        #expect(unknown?.message == "There is no limit \"bogus\"." && unknown?.hint?.contains("tool_calls") == true)
    }

    @Test(
        arguments: [
            ("5", nil, JSON.int(5)), ("{\"a\": 1}", ["a": 2], ["a": 1]), ("plain", "text", "plain"), ("7", "text", "7"),
        ] as [(String, JSON?, JSON)])
    func `a value is JSON, or a text where a text is wanted`(_ text: String, _ model: JSON?, _ value: JSON) throws {
        #expect(try JSONArgument.value(text, of: "--edit", like: model) == value)
        #expect(throws: SignalboxError.self) { try JSONArgument.value("{", of: "--edit", like: ["a": 2]) }
    }
}
