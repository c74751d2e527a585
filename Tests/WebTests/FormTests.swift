import Core
import HTTPServer
import Plans
import Testing

@testable import Web

/// The forms that start tasks.
@Suite(.timeLimit(.minutes(1)))
struct FormTests {
    /// Each page with a text in every place that others fill.
    static let pages: [(name: String, page: @Sendable (String) throws -> HTML)] = [
        ("composer", { ComposerPage.document(Samples.composer($0)) }),
        (
            "picker",
            { text in
                var view = ComposerView(mode: .from, now: Samples.now)
                view.picker = Samples.picker(text)
                return ComposerPage.document(view)
            }
        ),
        ("restart", { RestartPage.document(Samples.restart($0)) }),
        ("compare", { ComparePage.document(try Samples.comparison($0)) }),
        (
            "mistakes",
            { JSONCheck.problems([JSONMistake(line: 3, column: 4, pointer: $0, message: $0, hint: $0)]) }
        ),
    ]

    @Test(arguments: pages.indices, HostileTextTests.texts)
    func staysText(page: Int, text: String) throws {
        let word = text.contains { $0.isNewline } ? "a\nword" : "word"
        let hidden = HostileTextTests.hidden(in: text)
        let hostile = try MarkupReader.read(Self.pages[page].page(text).text)
        // How many words differ between two texts is the text's own matter.
        let changes: Set = ["ins", "del", "span", "br"]
        let names = { (page: MarkupReader.Page) in page.elements.map(\.name).filter { !changes.contains($0) } }
        let harmless = try MarkupReader.read(Self.pages[page].page(hidden + word).text)
        #expect(Set(names(hostile)) == Set(names(harmless)), "\(Self.pages[page].name)")
        #expect(!hostile.elements.contains { $0.name == "script" && $0.attributes["src"] == nil })
        #expect(!hostile.elements.contains { element in element.attributes.keys.contains { $0.hasPrefix("on") } })
    }

    @Test func fileRowsCarryWhatTheServerKeeps() throws {
        let file = UploadView(name: "a \"b\".txt", hash: Samples.hash, bytes: 1_500, mediaType: "text/plain")
        let page = try MarkupReader.read(FileField.render([file]).text)
        let value = try #require(page.elements.first { $0.attributes["type"] == "hidden" }?.attributes["value"])
        #expect(
            UploadView(try JSON(parsing: value.replacing("&quot;", with: "\"").replacing("&#39;", with: "'"))) == file)
        #expect(FileField.render([file]).text.contains("1.4 KiB"))
    }

    @Test func aURLThatCannotBeFetchedIsSaidAtItsField() throws {
        var state = FormStateView(typed: [FieldName.url(FieldName.files): "http://a.example/<b>"])
        state.errors[FieldName.url(FieldName.files)] = "a.example answered with status 404."
        state.focus = FieldName.url(FieldName.files)
        let page = try MarkupReader.read(FileField.render([], urls: state).text)
        let input = try #require(page.elements.first { $0.attributes["name"] == FieldName.url(FieldName.files) })
        #expect(input.attributes["value"] == "http://a.example/&lt;b&gt;")
        #expect(input.attributes["aria-invalid"] == "true")
        let problem = try #require(page.elements.first { $0.attributes["id"] == input.attributes["aria-describedby"] })
        #expect(problem.attributes["role"] == "alert")
        // Without a script its button sends the form, which comes back with the file.
        #expect(page.elements.contains { $0.name == "button" && $0.attributes["value"] == "attach" })
        #expect(!FileField.render([]).text.contains(FieldName.urlPrefix))
    }

    /// Enter in a field presses the first button of a form: that must not be the one which takes a file away.
    @Test func theFirstButtonStarts() throws {
        for html in [ComposerPage.document(Samples.composer("x")), RestartPage.document(Samples.restart("x"))] {
            let buttons = try MarkupReader.read(html.text).elements.filter {
                $0.name == "button" && $0.attributes["type"] == nil
            }
            #expect(buttons.first?.attributes["value"] == "start")
        }
    }

    @Test(arguments: [
        ("/inputs/list/0/name", "Item 1, name: Fill this in.", "/inputs/list"),
        ("/inputs/to", "Fill this in. Give a string", "/inputs/to"),
    ])
    func mistakesFindTheirField(pointer: String, sentence: String, field: String) {
        var errors = FormErrors(names: ["/inputs/list", "/inputs/to"])
        let hint = pointer == "/inputs/to" ? "give a string" : nil
        errors.note("the input \"to\" is missing", at: .pointer(pointer), hint: hint)
        #expect(errors.errors == [field: sentence])
        #expect(errors.message == nil)
    }

    @Test func mistakesInsideOfAFieldAreAllTold() {
        var errors = FormErrors(names: ["/inputs/list"])
        errors.note("\"length\" is missing", at: .pointer("/inputs/list/0/length"), hint: nil)
        errors.note("\"width\" must be a number", at: .pointer("/inputs/list/2/width"), hint: nil)
        #expect(
            errors.errors == ["/inputs/list": "Item 1, length: Fill this in. Item 3, width: It must be a number."])
    }

    /// Beside its field a value needs no name, elsewhere nobody would know which is meant.
    @Test(arguments: [true, false])
    func aValueIsNamedWhereItsFieldIsNot(hasField: Bool) {
        var errors = FormErrors(names: hasField ? ["/inputs/lines"] : [])
        errors.note("the value must be at most 20, not 99", at: .pointer("/inputs/lines"), hint: nil)
        #expect(errors.errors["/inputs/lines"] == (hasField ? "It must be at most 20, not 99." : nil))
        #expect(errors.message == (hasField ? nil : "“lines” must be at most 20, not 99."))
    }

    @Test func commandsAreQuotedAsOnPages() {
        var errors = FormErrors(names: ["/model"])
        errors.note("no model", at: .pointer("/model"), hint: "`signalbox prices list` lists them.")
        #expect(errors.errors["/model"] == "No model. “signalbox prices list” lists them.")
    }

    @Test func aMemberThatPutsItRightIsAFieldHere() {
        var errors = FormErrors(names: [])
        errors.note("It has no model.", at: nil, hint: "Name one in the settings.", remedy: "/model")
        #expect(
            errors.message == "It has no model. Name one in the settings. Or choose one under “Model” on this page.")
    }

    /// What is no number is refused in the words of the form, and not in those of the API.
    @Test(arguments: [
        ("tokens", "many", "It must be a whole number, such as 5,000."), ("tokens", "0", "It must be 1 at least."),
        ("cost", "free", "It must be an amount above 0, such as 0.50."),
        ("cost", "0", "It must be an amount above 0, such as 0.50."),
        ("cost", "0,50", "It must be an amount above 0, such as 0.50."),
        ("tokens", "1,5", "It must be a whole number, such as 5,000."),
        ("tokens", "99999999999999999999999999", "It must be at most 1,000,000,000,000."),
        ("turns", "20,000", "It must be at most 10,000."),
        ("turns", "1,000", nil), ("tokens", "5 000", nil), ("cost", "0.5", nil),
    ])
    func limitsAreRefusedInTheWordsOfTheForm(name: String, typed: String, problem: String?) {
        var form = SubmittedForm()
        form.add(FieldName.limit(name), typed)
        var body = TaskFormBody(form, names: [FieldName.limit(name)])
        body.addLimits()
        #expect(body.errors.errors[FieldName.limit(name)] == problem)
        #expect((body.json["limits"] == nil) == (problem != nil))
    }

    /// While the form is shown as JSON, what cannot be read stands there as it was typed, and comes back so.
    @Test(
        arguments: [
            (.integer, "12x"), (.integer, "1,5"), (.number, "abc"), (.number, "1e999"), (.array, "[1,"), (.array, "5"),
            (.object, "\"a\""),
        ] as [(InputType, String)])
    func whatCannotBeReadGoesAlong(type: InputType, typed: String) {
        let input = InputDefinition(name: "x", type: type, summary: nil, isRequired: true, defaultValue: 1)
        var form = SubmittedForm()
        form.add("/inputs/x", typed)
        form.add(FieldName.limit("tokens"), typed)
        var body = TaskFormBody(form, names: [], keepsUnread: true)
        #expect(body.value(of: input) == .string(typed))
        #expect(FormFieldView(input, value: .string(typed)).initial == typed)
        guard typed != "5" else { return }
        body.addLimits()
        #expect(body.json["limits"] == ["tokens": .string(typed)])
    }

    @Test(arguments: [
        ("18,204", "18204"), ("1,234,567", "1234567"), ("18 204", "18204"), ("-1,000", "-1000"), ("12,5", "12,5"),
        ("0,500", "0,500"), ("1,2345", "1,2345"), ("1,000 000", "1,000 000"), (",000", ",000"), ("1,00a", "1,00a"),
        ("7", "7"), ("", ""),
    ])
    func groupsOfThreeAreDigits(typed: String, number: String) {
        #expect(typed.ungrouped == number)
    }

    @Test(
        arguments: [
            (.integer, "5,000", nil), (.integer, "5,5", "It must be an integer, not \"5,5\"."),
            (.number, "1,5", "It must be a number, not \"1,5\". Write 1.5 with a point"),
            (.number, "5,000", "It must be a number, not \"5,000\". Write 5000, or 5.000 with a point"),
            (.number, "1e999", "It must be a number, not “1e999”, which is too large."),
            (
                .array, "[1, 1e999]",
                "It must be an array. Line 1, column 5: Not valid JSON: the number is too large. Write it as JSON: [1, 2]"
            ),
        ] as [(InputType, String, String?)])
    func inputsAreRefusedWithTheReason(type: InputType, typed: String, problem: String?) {
        let input = InputDefinition(name: "x", type: type, summary: nil, isRequired: true, defaultValue: nil)
        var form = SubmittedForm()
        form.add("/inputs/x", typed)
        var body = TaskFormBody(form, names: ["/inputs/x"])
        #expect((body.value(of: input) == nil) == (problem != nil))
        #expect(body.errors.errors["/inputs/x"] == problem)
    }

    @Test func aLengthOfTimeIsToldItsBound() {
        var form = SubmittedForm()
        let name = FieldName.limit("duration")
        form.add(name, "long")
        var body = TaskFormBody(form, names: [name])
        body.addLimits()
        body.checkDuration(cap: 3_600_000)
        #expect(
            body.errors.errors[name] == "It must be a length of time, such as 90s, 10m or 1h30m, at most 1h 00m.")
    }

    @Test func anEmptyRequestIsToldOnce() {
        var body = TaskFormBody(SubmittedForm(), names: [FieldName.json])
        body.addJSON(" ")
        #expect(body.errors.errors == [FieldName.json: "Write a request, as POST /api/tasks takes it."])
    }

    @Test func mistakesWithoutAFieldAreSaidAbove() {
        var errors = FormErrors(names: ["/inputs/to"])
        errors.note(SignalboxError(.notFound, "There is no plan \"x\".", at: .pointer("/plan"), hint: "Save it first."))
        errors.note("a step has no kind", at: .source(file: "plan.yaml", line: 3, column: 5), hint: nil)
        #expect(errors.message == "There is no plan \"x\". Save it first.\nplan.yaml:3:5: a step has no kind.")
    }

    /// What stands in a field is read as the value it was made of.
    @Test(
        arguments: [
            (.string, "42"), (.any, "42"), (.any, .string("42")), (.any, .string("a word")), (.array, [1, "b"]),
            (.object, ["a": 1]), (.integer, 7), (.number, 1.5), (.string, "two\nlines"),
        ] as [(InputType, JSON)])
    func valuesSurviveTheForm(type: InputType, value: JSON) throws {
        let input = InputDefinition(name: "x", type: type, summary: nil, isRequired: true, defaultValue: nil)
        var form = SubmittedForm()
        form.add("/inputs/x", FormFieldView(input, value: value).initial)
        var body = TaskFormBody(form, names: ["/inputs/x"])
        #expect(body.value(of: input) == value)
        #expect(body.errors.isEmpty)
    }

    @Test func numbersThatAreNoneAreSaidAtTheirField() {
        let input = InputDefinition(name: "x", type: .integer, summary: nil, isRequired: true, defaultValue: nil)
        var form = SubmittedForm()
        form.add("/inputs/x", "many")
        var body = TaskFormBody(form, names: ["/inputs/x"])
        #expect(body.value(of: input) == nil)
        #expect(body.errors.errors["/inputs/x"] == "It must be an integer, not \"many\".")
    }

    /// Between JSON and fields nothing is lost, and what nobody touched stays as it was written.
    @Test(
        arguments: [
            (#"{ "prompt": "x", "priority": 2,  "limits": {"cost": "0.5"} }"#, "x", nil),
            (#"{"prompt": "x", "priority": 2}"#, "y", ["prompt": "y", "priority": 2]),
            (#"{"plan": "#, "y", nil),
        ] as [(String, String, JSON?)])
    func aWrittenRequestGoesAlong(written: String, prompt: String, expected: JSON?) throws {
        var form = SubmittedForm()
        form.add(FieldName.json, written)
        let carried = try #require(CarriedText(form))
        for (name, text) in carried.fields { form.add(name, text) }
        form.add(FieldName.prompt, prompt)
        var body = TaskFormBody(form, names: [])
        body.set("prompt", .string(prompt))
        body.addOptions()
        let text = carried.text(with: body.members, of: form, mode: .instructions, definition: nil)
        if let expected { #expect(try JSON(parsing: text) == expected) } else { #expect(text == written) }
    }

    @Test func whatHasNoFieldIsCarriedAlong() throws {
        var form = SubmittedForm()
        form.add(FieldName.json, "{\"a\": \"<b>\"}")
        form.add(FieldName.name, "n")
        var view = ComposerView(mode: .plan, now: Samples.now).carrying(form)
        view.picker = Samples.picker("x")
        #expect(!ComposerPage.document(view).text.contains("task-form"))
        view.left = (.json, nil)
        let fields = try MarkupReader.read(ComposerPage.document(view).text).elements.filter {
            $0.attributes["type"] == "hidden"
        }
        #expect(fields.contains { $0.attributes["name"] == "json" && $0.attributes["value"]?.contains("a") == true })
        #expect(fields.contains { $0.attributes["name"] == FieldName.name })
    }

    /// A full disk is no reason to lose a form.
    @Test(arguments: [(SignalboxError.Code.storage, 507), (.unavailable, 503), (.invalidInput, 422)])
    func whatTheServerCannotDoIsSaidInTheForm(code: SignalboxError.Code, status: Int) async throws {
        let refusal = await #expect(throws: FormRefusal.self) {
            try await FormRefusal.from(FormErrors(names: [])) { throw SignalboxError(code, "the disk is full") }
        }
        #expect(refusal?.errors.message == "The disk is full.")
        #expect(refusal?.status.rawValue == status)
    }

    @Test func droppedFilesAreGone() {
        var form = SubmittedForm()
        form.add(UploadView(name: "a", hash: Samples.hash, bytes: 1), for: FieldName.files)
        form.add(FieldName.drop, "\(FieldName.files) \(Samples.hash.rawValue)")
        #expect(form.withoutDropped.files().isEmpty)
        #expect(form.action == .redraw)
    }

    @Test(arguments: [
        ("{\"plan\": \"x\",}", 1), ("{\n  \"plan\": \"x\",\n  \"inputs\": [\n", 4),
    ])
    func brokenJSONNamesItsLine(text: String, line: Int) {
        #expect(throws: SignalboxError.self) { try JSON(parsing: text) }
        do {
            _ = try JSON(parsing: text)
        } catch let error as SignalboxError {
            #expect(JSONMistake.all(of: error, in: text).first?.line == line)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test func mistakesInMembersNameTheirLine() {
        let text = "{\n  \"plan\": \"x\",\n  \"inputs\": {\n    \"to\": 7\n  }\n}"
        let error = SignalboxError(.invalidInput, "wrong", at: .pointer("/inputs/to"))
        let mistake = JSONMistake.all(of: error, in: text).first
        #expect(mistake?.line == 4)
        #expect(mistake?.sentence == "Line 4, column 5: wrong")
    }

    @Test(arguments: ["schedule", "heartbeat", "consolidation"])
    func tasksThatCameOfThemselvesSaySo(trigger: String) throws {
        var view = Samples.restart("x")
        view.notice = RestartLoader.notice(trigger: trigger)
        let markup = RestartPage.document(view).text
        #expect(markup.contains("This task was born from a \(trigger)."))
        #expect(RestartLoader.notice(trigger: "api") == nil)
    }

    @Test func equalStepsAreFolded() throws {
        let markup = ComparePage.document(try Samples.comparison("x")).text
        #expect(markup.contains("1 changed · 2 the same"))
        #expect(markup.contains("<summary>1 step the same</summary>"))
        #expect(markup.contains("<ins>other </ins>x"))
    }
}
