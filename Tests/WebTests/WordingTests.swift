import Core
import Engine
import HTTPServer
import Store
import Testing

@testable import Web

/// What is said to people: sentences with one full stop, no words of programs, and all that a decision needs.
@Suite(.timeLimit(.minutes(1)))
struct WordingTests {
    @Test(arguments: [
        ("Say what is to be different.", "the step runs again", "Say what is to be different. The step runs again"),
        ("It is missing", "give one", "It is missing. Give one"), ("It is missing", nil, "It is missing"),
    ])
    func `a refusal has one full stop`(message: String, hint: String?, sentence: String) throws {
        var submitted = SubmittedDecision(try Samples.request(.review), Query(), user: "anna")
        submitted.refuse(SignalboxError(.invalidInput, message, at: .pointer("/feedback"), hint: hint))
        #expect(submitted.state.errors["feedback"] == sentence)
    }

    @Test func `a step in doubt says what was cut off and when`() throws {
        var view = Samples.view(try Samples.request(.inDoubt, proposal: ["output": nil]))
        let input: JSON = ["arguments": ["sh", "-c", "echo sending; sleep 40"], "stdin": "to anna"]
        view.interrupted = InterruptedView(input: input, startedAt: Samples.before(seconds: 60))
        let card = RequestCard.render(view, origin: "task", now: Samples.now).text
        #expect(
            card.contains("sh -c &#39;echo sending; sleep 40&#39;"))
        #expect(card.contains("to anna") && card.contains("Begun <time"))
        #expect(!card.contains("What is known"))
        let http = InterruptedView(input: ["method": "POST", "url": "https://x.example/pay"], startedAt: nil)
        #expect(InterruptedBlock.render(http, id: "x").text.contains("POST https://x.example/pay"))
        let tool = InterruptedView(input: ["tool": "stock", "arguments": ["part": "A7"]], startedAt: nil)
        #expect(InterruptedBlock.render(tool, id: "x").text.contains("stock"))
    }

    @Test func `what an agent wrote is shown as Markdown where it is decided about`() throws {
        let text: JSON = "- **Colours:** red"
        var view = Samples.view(try Samples.request(.review, proposal: text))
        view.isAgentText = true
        let card = RequestCard.render(view, origin: "task", now: Samples.now).text
        #expect(card.contains("<strong>Colours:</strong>") && card.contains("As it was written"))
        view.isAgentText = false
        #expect(!RequestCard.render(view, origin: "task", now: Samples.now).text.contains("<strong>"))
    }

    @Test(arguments: [
        ("- a", true), ("  * a", true), ("1. a", true), ("12. a", true), ("a **b** c", true), ("> a", true),
        ("a ** b", false), ("plain", false), ("-a", false), ("1.5 kg", false), ("2 ** 3 ** 4", false),
    ])
    func `marks of Markdown are found`(text: String, has: Bool) { #expect(Markdown.hasMarks(text) == has) }

    @Test func `one request's page follows what becomes of it`() throws {
        let view = Samples.view(try Samples.request(.approval))
        let page = ApprovalPage.document(
            view, state: FormStateView(), approvals: 1, position: Position(rawValue: 7), now: Samples.now)
        #expect(page.text.contains("/approvals/148-1/live?after=7"))
        let decided = Samples.view(
            try Samples.request(.approval), decision: Decision(.approve, by: "anna"))
        let fragment = ApprovalPage.fragment(decided, approvals: 0, now: Samples.now).text
        #expect(fragment.contains("Approved by anna") && !fragment.contains("<form"))
    }

    @Test func `whoever comes second is told in words`() throws {
        var row = DecisionRow(
            task: TaskNumber(rawValue: 3), ordinal: 1, step: StepPath(rawValue: "a"), run: nil, kind: "approval",
            title: "Pay?", requestedAt: Samples.now, state: "decided", verdict: "approve", decidedBy: "root",
            decidedAt: Samples.before(seconds: 120), requestPosition: .zero)
        #expect(
            row.conflict(.approval, now: Samples.now).message == "Request 3-1 was decided by root 2 min ago: Approved.")
        row.state = "withdrawn"
        row.decidedBy = nil
        #expect(row.conflict(.approval, now: Samples.now).message.contains("is not open any more"))
    }

    @Test func `a deleted task says so`() {
        let page = ErrorPage.deleted(
            TaskNumber(rawValue: 16), name: "<b>", plan: "hello", by: "root", at: Samples.now
        ).text
        #expect(page.contains("<h1>Task #16 was deleted</h1>") && page.contains("data-show=\"exact\""))
        #expect(!page.contains("could not be loaded") && !page.contains("<b>”"))
    }

    @Test func `a provider that nobody has tried is not called ready`() {
        var view = OutsideView(
            name: "work", facts: [], state: .configured, problem: nil, models: [], isConfigured: true, test: nil)
        view.modelProblem = "Say which model to ask."
        let item = OutsidePage.item(view, .providers, now: Samples.now).text
        #expect(item.contains("Not tested") && !item.contains("Ready"))
        #expect(item.contains("aria-invalid=\"true\"") && item.contains("Say which model to ask."))
    }

    @Test func `a task of a plan that has run once may be compared with others`() {
        let task = TaskLinkView(
            number: TaskNumber(rawValue: 4), name: "a", state: .completed)
        var picker = PickerView(text: "", path: "/tasks/4/compare", parameters: [], what: "tasks", picks: [], total: 0)
        var view = CompareView(task: task, picker: picker, now: Samples.now)
        #expect(!ComparePage.document(view).text.contains("Choose any task below"))
        picker.picks = [PickerView.Pick(path: "/tasks/4/compare/3", name: "other", number: TaskNumber(rawValue: 3))]
        view = CompareView(task: task, picker: picker, now: Samples.now)
        view.isOnlyOfPlan = true
        let page = ComparePage.document(view).text
        #expect(page.contains("Choose any task below") && page.contains("No other task of this plan;"))
        #expect(!page.contains("There is no other task."))
    }

    @Test(arguments: [(Int64(0), "<1ms"), (3, "3ms"), (1_500, "1.5s")])
    func `no stretch lasts nothing`(milliseconds: Int64, text: String) {
        #expect(Format.span(milliseconds: milliseconds) == text)
    }
}
