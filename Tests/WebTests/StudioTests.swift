import Core
import HTTPServer
import Plans
import Testing

@testable import Web

/// Plans and agents in the studio.
@Suite(.timeLimit(.minutes(1)))
struct StudioTests {
    @Test(arguments: DocumentTemplate.all(.plan).map(\.name))
    func whatNewPlansBeginWithHasNoMistake(template: String) throws {
        let text = DocumentTemplate.named(template, of: .plan).text
        #expect(try PlanReader.read(PlanSource(path: "plan.yaml", text: text)).name == "new-plan")
    }

    @Test(arguments: DocumentTemplate.all(.agent).map(\.name))
    func whatNewAgentsBeginWithHasNoMistake(template: String) throws {
        let text = DocumentTemplate.named(template, of: .agent).text
        #expect(try AgentReader.read(PlanSource(path: "agent.yaml", text: text)).name == "new-agent")
    }

    private static let nested = """
        name: nested
        steps:
          each:
            for_each: [1, 2]
            steps:
              read: {set: {a: 1}}
              route:
                branch:
                  large:
                    when: item > 1
                    steps:
                      send: {set: {b: 2}}
                otherwise:
                  steps:
                    keep: {set: {c: 3}}
        """

    @Test(arguments: [
        ("each", 3), ("each/0/read", 6), ("each/read", 6), ("each/1/route/large/send", 12),
        ("each/route/otherwise/keep", 15), ("each/7/gone", 3), ("gone", nil),
    ])
    func stepsAreFoundInTheText(path: String, line: Int?) {
        #expect(StepPlaces.line(of: StepPath(rawValue: path), in: Self.nested) == line)
    }

    @Test func aTextThatCannotBeReadHasNoPlaces() {
        #expect(StepPlaces.line(of: StepPath(rawValue: "a"), in: "a: [") == nil)
    }

    @Test func mistakesAreLinksToTheirPlaces() {
        let check = DocumentCheckView(findings: [
            Diagnostic(
                "unknown key <b>", at: .source(file: "plan.yaml", line: 4, column: 7), hint: "did you mean \"set\"?")
        ])
        let text = DocumentCheck.render(check, kind: .plan).text
        #expect(text.contains("1 mistake</h2>"))
        #expect(
            text.contains(
                ##"<a class="place" href="#document-text" data-line="4" data-column="7" data-file="plan.yaml">plan.yaml:4:7</a>"##
            ))
        #expect(text.contains("unknown key &lt;b&gt;") && text.contains("did you mean &quot;set&quot;?"))
    }

    @Test func whoComesSecondIsToldAndCanGoOn() throws {
        let newer = ContentHash(of: [1])
        let check = DocumentCheckView(
            refusal: DocumentCheckView.Refusal(
                message: "Somebody has saved another version", differencePath: "/plans/a/diff", newer: newer))
        let page = try MarkupReader.read(DocumentCheck.render(check, kind: .plan).text)
        let button = page.elements.first { $0.name == "button" }
        #expect(button?.attributes["name"] == "over" && button?.attributes["value"] == newer.rawValue)
        #expect(page.text.contains("Not saved") && !page.text.contains("No mistakes"))
    }

    @Test func theTextOfTheEditorIsSentAsItIs() throws {
        var view = Self.editor(text: "\n</textarea><script>\nname: a\n")
        view.files = [
            DocumentEditorView.File(path: "a.py", contents: "print(1)\n", bytes: 9),
            DocumentEditorView.File(path: "large.bin", contents: nil, bytes: 400_000),
        ]
        let page = try MarkupReader.read(DocumentEditor.document(view).text)
        #expect(page.elements.count { $0.name == "textarea" } == 3)
        #expect(page.text.contains("\n\n&lt;/textarea&gt;&lt;script&gt;\nname: a\n"))
        let kept = page.elements.first { $0.attributes["name"] == "keep" }
        #expect(kept?.attributes["value"] == "large.bin")
    }

    @Test func whatIsKeptComesFromTheVersionThatTheTextBeganAs() throws {
        let old = ContentHash(of: [1]), latest = ContentHash(of: [2])
        var view = Self.editor(text: "name: a\n")
        view.base = latest
        view.began = old
        let page = try MarkupReader.read(DocumentEditor.document(view).text)
        func field(_ name: String) -> String? {
            page.elements.first { $0.attributes["name"] == name }?.attributes["value"]
        }
        #expect(field("base") == latest.rawValue && field("began") == old.rawValue)
        var form = Query()
        for (name, value) in [("base", latest.rawValue), ("began", old.rawValue), ("text", "a"), ("keep", "run.sh")] {
            form.add(name, value)
        }
        let submitted = SubmittedDocument(form)
        #expect(submitted.base == latest && submitted.began == old)
        #expect(submitted.source(kind: .plan, kept: ["run.sh": "old"]).files == ["run.sh": "old"])
    }

    @Test func whatWasSavedHasAnAddress() throws {
        var check = DocumentCheckView()
        let version = ContentHash(of: [3])
        check.saved = (version, "a")
        let answer = DocumentEditor.saved(
            check, as: "a", version, kind: .plan, approvals: 0, now: Samples.now)
        let page = try MarkupReader.read(answer.text)
        let verdict = page.elements.first { $0.attributes["id"] == "verdict" }
        #expect(verdict?.attributes["data-saved"] == version.rawValue)
        #expect(verdict?.attributes["data-address"] == "/plans/a/edit")
        #expect(verdict?.attributes["data-check"] == "/plans/a/check")
        #expect(page.text.contains("Edit a"))
    }

    static func editor(text: String) -> DocumentEditorView {
        DocumentEditorView(
            kind: .plan, name: "letters", text: text, files: [], base: ContentHash(of: [7]), approvals: 0,
            now: Samples.now)
    }
}
