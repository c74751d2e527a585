import Core
import Engine
import HTTPServer
import Testing

@testable import Web

@Suite(.timeLimit(.minutes(1)))
struct RequestTests {
    private static func submit(
        _ request: DecisionRequest, _ fields: [(String, String)], user: String = "anna"
    ) -> (decision: Decision?, state: FormStateView) {
        var form = Query()
        for (name, value) in fields { form.add(name, value) }
        var submitted = SubmittedDecision(request, form, user: user)
        return (submitted.decision(), submitted.state)
    }

    @Test(arguments: [(#"{"a": 1"#, #"Line 1, column 8"#), (#"["a",]"#, "Line 1"), (#""a"#, "Line 1")])
    func `What begins as JSON and is none is not taken for the output of a step in doubt`(
        text: String, words: String
    ) throws {
        let (_, state) = Self.submit(try Samples.request(.inDoubt), [("verdict", "approve"), ("output", text)])
        #expect(state.errors["output"]?.contains(words) == true, "\(state.errors)")
        #expect(state.errors["output"]?.hasSuffix("put it in quotes.") == true)
    }

    @Test func `In quotes it is a text, whatever it holds`() throws {
        let fields = [("verdict", "approve"), ("output", "\"[1] sent \"x\"\nok\"")]
        let (decision, state) = Self.submit(try Samples.request(.inDoubt), fields)
        #expect(state.errors.isEmpty)
        #expect(decision?.edits == ["output": "[1] sent \"x\"\nok"])
    }

    @Test func aTypedFormKeepsItsTypes() throws {
        let (decision, state) = Self.submit(
            try Samples.request(.approval, form: Samples.form),
            [
                ("verdict", "approve"), ("values/copies", " 2 "), ("values/tone", "firm"), ("values/ratio", "0.5"),
                ("values/note", "one\r\ntwo"), ("values/list", "[1]"), ("values/day", ""), ("feedback", "  "),
            ])
        #expect(state.errors.isEmpty)
        #expect(
            decision
                == Decision(
                    .approve,
                    values: [
                        "copies": 2, "tone": "firm", "ratio": 0.5, "note": "one\ntwo", "urgent": false, "list": [1],
                    ], by: "anna"))
    }

    @Test(arguments: [
        ("values/copies", "1,5", "It must be a whole number, not \"1,5\""), ("values/copies", "", "Fill this in."),
        ("values/copies", "7", "It must be at most 5, not 7"), ("values/tone", "", "Choose one."),
        ("values/list", "[1", "It must be an array, not \"[1\""),
    ])
    func mistakesStandAtTheirField(field: String, text: String, message: String) throws {
        var fields = ["verdict": "approve", "values/copies": "2", "values/tone": "firm"]
        fields[field] = text
        let (decision, state) = Self.submit(
            try Samples.request(.approval, form: Samples.form), fields.map { ($0.key, $0.value) })
        #expect(decision == nil)
        #expect(state.errors.keys.sorted() == [field])
        #expect(state.errors[field]?.hasPrefix(message) == true, "\(state.errors)")
        #expect(state.typed?[field] == text)
    }

    @Test func nothingButApprovingNeedsTheForm() throws {
        for verdict in [Verdict.reject, .stop] {
            let (decision, _) = Self.submit(
                try Samples.request(.approval, form: Samples.form),
                [("verdict", verdict.rawValue), ("feedback", "no"), ("edits", "{")])
            #expect(decision == Decision(verdict, feedback: "no", by: "anna"))
        }
    }

    @Test func onlyWhatWasChangedIsAnEdit() throws {
        let request = try Samples.request(.approval)
        let proposal = try #require(request.proposal)
        let shown = proposal.prettyText
        let unchanged = Self.submit(
            request, [("verdict", "approve"), ("edits", shown.replacing("\n", with: "\r\n"))])
        #expect(unchanged.decision == Decision(.approve, by: "anna"))
        let spaced = Self.submit(request, [("verdict", "approve"), ("edits", proposal.text)])
        #expect(spaced.decision?.edits == nil)
        let changed = Self.submit(request, [("verdict", "approve"), ("edits", #"{"to": "b", "amount": 5}"#)])
        #expect(changed.decision?.edits == ["to": "b", "amount": 5])
        let broken = Self.submit(request, [("verdict", "approve"), ("edits", "{")])
        #expect(broken.decision == nil && broken.state.errors["edits"] != nil)
        let text = Self.submit(
            try Samples.request(.review, proposal: "a draft"), [("verdict", "approve"), ("edits", "a {better} draft")])
        #expect(text.decision?.edits == "a {better} draft")
    }

    static let answers: [(kind: DecisionRequest.Kind, fields: [(String, String)], edits: String?)] = [
        (.question, [("answer", "EUR")], #""EUR""#),
        (.budget, [("limits/tokens", "30000"), ("limits/cost", "1.50")], #"{"tokens":30000,"cost":"1.50"}"#),
        (.budget, [("limits/tokens", "30,000"), ("limits/cost", "1.50")], #"{"tokens":30000,"cost":"1.50"}"#),
        (.inDoubt, [("output", #"{"sent": true}"#)], #"{"output":{"sent":true}}"#),
        (.inDoubt, [("output", "")], #"{"output":null}"#), (.consent, [], nil),
    ]

    @Test(arguments: answers)
    func eachKindIsAnsweredInItsOwnWay(
        kind: DecisionRequest.Kind, fields: [(String, String)], text: String?
    ) throws {
        let edits = try text.map { try JSON(parsing: $0) }
        let (decision, state) = Self.submit(try Samples.request(kind), [("verdict", "approve")] + fields)
        #expect(decision == Decision(.approve, edits: edits, by: "anna"), "\(state.errors)")
    }

    @Test(arguments: [
        (DecisionRequest.Kind.question, "answer"), (.budget, "limits/tokens"),
    ])
    func whatMustBeSaidIsAskedFor(kind: DecisionRequest.Kind, field: String) throws {
        let (decision, state) = Self.submit(try Samples.request(kind), [("verdict", "approve"), ("limits/cost", "1")])
        #expect(decision == nil)
        #expect(state.errors.keys.sorted() == [field])
    }

    @Test(arguments: ["", "shrug"])
    func aVerdictMustBeOne(text: String) throws {
        let (decision, state) = Self.submit(try Samples.request(.approval), [("verdict", text)])
        #expect(decision == nil && state.message != nil)
    }

    @Test func whoMayDecideIsChosenWhereTheUserMayNot() throws {
        let request = try Samples.request(.approval, deciders: ["ben", "cleo"])
        #expect(Samples.view(request).fields.map(\.name) == ["by"])
        #expect(Self.submit(request, [("verdict", "stop")]).state.errors["by"] == "Say who decides.")
        #expect(Self.submit(request, [("verdict", "stop"), ("by", "ben")]).decision?.decider == "ben")
        #expect(Self.submit(request, [("verdict", "stop"), ("by", "cleo")], user: "ben").decision?.decider == "ben")
    }

    @Test(arguments: [
        ("/feedback", DecisionRequest.Kind.review, "feedback", "No."), ("/edits", .question, "answer", "No."),
        ("/edits/tokens", .budget, "limits/tokens", "No."), ("/edits/a/0", .approval, "edits", "At a/0: No."),
        ("/values/a~1b", .approval, "values/a/b", "No."),
    ])
    func whatTheEngineRefusesStandsAtItsField(
        pointer: String, kind: DecisionRequest.Kind, field: String, message: String
    ) throws {
        var submitted = SubmittedDecision(try Samples.request(kind), Query(), user: "anna")
        submitted.refuse(SignalboxError(.invalidInput, "No.", at: .pointer(pointer)))
        #expect(submitted.state.errors == [field: message])
    }

    @Test func fieldsFollowTheirSchema() throws {
        let fields = Samples.view(try Samples.request(.approval, form: Samples.form)).fields
        #expect(fields.map(\.name.localPart) == ["copies", "tone", "ratio", "note", "urgent", "day", "list"])
        let choices = ["friendly", "firm"].map { FormFieldView.Choice(text: $0, label: $0) }
        #expect(
            fields.map(\.control) == [
                .wholeNumber, .choice(choices), .number, .longText, .checkbox, .date, .json,
            ])
        #expect(fields.map(\.isRequired) == [true, true, false, false, false, false, false])
        #expect(
            fields.map(\.rule) == [
                "A whole number from 1 to 5", nil, "A number above 0", nil, nil, nil, "A list, as JSON",
            ])
        #expect(fields[4].initial == "true")
    }

    @Test func aFieldSaysWhatIsWrong() throws {
        let field = FormFieldView(
            name: "values/copies", label: "Copies", isRequired: true, control: .wholeNumber, rule: "A whole number")
        var state = FormStateView(typed: ["values/copies": "<x>"], errors: ["values/copies": "No."])
        state.focus = "values/copies"
        #expect(
            FormField.render(field, state: state, id: "f").text == """
                <div class="field wrong"><label for="f-field-values-2fcopies">Copies</label>\
                <input type="text" inputmode="numeric" class="short" id="f-field-values-2fcopies" name="values/copies" \
                aria-required="true" aria-invalid="true" \
                aria-describedby="f-field-values-2fcopies-note f-field-values-2fcopies-problem" autofocus value="&lt;x&gt;">\
                <p class="note" id="f-field-values-2fcopies-note">A whole number</p>\
                <p class="problem" id="f-field-values-2fcopies-problem" role="alert">No.</p></div>
                """)
    }

    /// Exactly the verdicts that the engine takes, in words of the kind.
    @Test(arguments: DecisionRequest.Kind.allCases)
    func theButtonsAreThoseOfTheKind(kind: DecisionRequest.Kind) throws {
        let markup = RequestForm.render(Samples.view(try Samples.request(kind))).text
        let buttons = try MarkupReader.read(markup).elements.filter { $0.name == "button" }
        #expect(buttons.compactMap { $0.attributes["value"] } == kind.verdicts.map(\.rawValue))
        #expect(buttons.allSatisfy { $0.attributes["name"] == "verdict" && $0.attributes["disabled"] == nil })
        for verdict in kind.verdicts { #expect(markup.contains(">\(kind.button(verdict))</button>")) }
    }

    @Test func whatWasDecidedSaysWhoAndHowLong() throws {
        let markup = SettledRequests.render(try Samples.requests()).text
        #expect(markup.contains("<b>Approved with changes by ben</b>"))
        #expect(markup.contains("after 1m 30s"))
        #expect(markup.contains("<q class=\"said\">Fine now</q>"))
    }

    private static let changes: [(kind: DecisionRequest.Kind, edits: JSON?, values: JSON?, told: String)] = [
        (.approval, ["to": "b", "amount": 5], nil, "to: &quot;anna@example.com&quot; → &quot;b&quot;"),
        (.approval, nil, ["copies": 2], "filled in: {&quot;copies&quot;:2}"),
        (.question, nil, ["answer": "The blue one"], "answer: The blue one"),
        (.budget, ["tokens": 50_000], nil, "tokens: 50,000"),
        (.inDoubt, ["output": ["sent": true]], nil, "stated output: {&quot;sent&quot;:true}"),
    ]

    @Test(arguments: changes)
    func whatWasDecidedSaysWhat(kind: DecisionRequest.Kind, edits: JSON?, values: JSON?, told: String) throws {
        let decision = Decision(.approve, edits: edits, values: values, by: "ben")
        let markup = SettledRequests.render([Samples.view(try Samples.request(kind), decision: decision)]).text
        let line = try #require(markup.split(separator: "</summary>").first)
        #expect(line.contains("<span class=\"changed\">\(told)"), "\(line)")
        #expect(!markup.contains("<ul class=\"changes\""))
    }

    @Test func longChangesAreToldInFullInside() throws {
        let text = String(repeating: "long ", count: 100)
        let edits: JSON = ["to": .string(text), "amount": 6]
        let decision = Decision(.approve, edits: edits, by: "ben")
        let markup = SettledRequests.render([Samples.view(try Samples.request(.approval), decision: decision)]).text
        let parts = markup.split(separator: "</summary>", maxSplits: 1)
        #expect(!parts[0].contains(text) && parts[0].contains("…</span>"))
        #expect(parts[1].contains("<ul class=\"changes\"") && parts[1].contains("amount: 5 → 6"))
    }

    @Test(arguments: HostileTextTests.texts)
    func hostileRequestsStayText(text: String) throws {
        func page(_ text: String) throws -> MarkupReader.Page {
            let form: JSON = [
                "type": "object", "required": ["c"],
                "properties": [
                    "a": ["type": "string", "title": .string(text), "default": .string(text)],
                    "c": ["enum": [.string(text), "other"], "description": .string(text)],
                ],
            ]
            let request = try Samples.request(
                .approval, title: text, proposal: [.string(text)], form: form, deciders: [text])
            let state = FormStateView(
                typed: ["feedback": text, "edits": text], errors: ["feedback": text, "edits": text], message: text)
            let settled = Samples.view(
                request, ordinal: 2, decision: Decision(.approve, edits: .string(text), feedback: text, by: text))
            return try MarkupReader.read(
                HTML([
                    RequestCard.render(
                        Samples.view(request, taskName: text), state: state, origin: "inbox", now: Samples.now),
                    SettledRequests.render([settled]),
                ]).text)
        }
        // A default of several lines is shown in a field of several lines.
        let isLong = text.unicodeScalars.contains("\n")
        // Hidden characters are warned of, and each is an element of its own.
        let hidden = HostileTextTests.hidden(in: text)
        let (hostile, harmless) = (try page(text), try page(hidden + (isLong ? "a\nword" : "word")))
        #expect(hostile.elements.map(\.name) == harmless.elements.map(\.name))
        #expect(hostile.elements.map { Set($0.attributes.keys) } == harmless.elements.map { Set($0.attributes.keys) })
    }
}

extension String {
    /// What stands behind the last slash.
    fileprivate var localPart: String { split(separator: "/").last.map(String.init) ?? "" }
}
