import Core
import Engine
import HTTPServer
import Plans
import Store
import Testing

@testable import Web

/// The inbox: which requests it shows, what was asked before, several decided at once.
@Suite(.timeLimit(.minutes(1)))
struct InboxTests {
    @Test(arguments: ["", "kind=review", "show=settled&kind=in_doubt&plan=a%20b%26c&page=3", "plan=x"])
    func addressesAreKept(query: String) throws {
        #expect(try ApprovalsAddress(query: query).query == query)
    }

    @Test func anotherKindBeginsWithTheFirstPage() throws {
        let address = try ApprovalsAddress(query: "plan=x&page=3")
        #expect(address.changing { $0.kind = .budget }.path == "/approvals?kind=budget&plan=x")
    }

    @Test func anUnknownKindIsRefused() {
        #expect(throws: SignalboxError.self) { try ApprovalsAddress(query: "kind=opinion") }
    }

    private static func inbox(_ query: String = "") throws -> ApprovalsView {
        ApprovalsView(
            requests: [], total: 0, position: .zero, now: Samples.now, address: try ApprovalsAddress(query: query),
            open: 6,
            counts: [
                DecisionCount(kind: "approval", plan: "letters", count: 1),
                DecisionCount(kind: "approval", plan: "refunds", count: 2),
                DecisionCount(kind: "question", plan: "refunds", count: 3),
            ])
    }

    @Test(arguments: [
        ("", "Approval <span class=\"number\">3</span>"), ("plan=refunds", "Approval <span class=\"number\">2</span>"),
        ("", "Budget <span class=\"number\">0</span>"),
        ("", "refunds</span> <span class=\"dim number\">5</span>"),
    ])
    func kindsAndPlansAreCounted(query: String, words: String) throws {
        #expect(InboxBar.render(try Self.inbox(query)).text.contains(words))
    }

    @Test(arguments: [
        ("", "Nothing waits for you"), ("kind=budget", "0 of 6 requests fit"),
        ("show=settled", "Nothing was settled yet"),
    ])
    func emptyFilteredAndUnsettledLookDifferent(query: String, words: String) throws {
        var view = try Self.inbox(query)
        if query.isEmpty { view.open = 0 }
        #expect(ApprovalsPage.fragment(view).text.contains(words))
    }

    @Test func whatIsAskedAgainShowsWhatChanged() throws {
        var view = Samples.view(try Samples.request(.review, proposal: "a short draft"), taskName: "Letter")
        view.before = RequestView.Before(
            proposal: "a long draft", verdict: .retry, decider: "ben", feedback: "Shorter", at: Samples.now)
        let markup = RequestCard.render(view, origin: "inbox", now: Samples.now).text
        #expect(markup.contains("Sent back by <span class=\"name\">ben</span>"))
        #expect(markup.contains("<q>Shorter</q>"))
        #expect(markup.contains("a <del>long</del><ins>short</ins> draft"))
        view.before?.proposal = view.proposal
        #expect(RequestCard.render(view, origin: "inbox", now: Samples.now).text.contains("the same is proposed again"))
    }

    @Test func onlyTheLastRefusalOfTheSameCounts() throws {
        let request = try Samples.request(.review)
        func row(_ ordinal: Int, _ verdict: Verdict?, kind: String = "review") -> DecisionRow {
            DecisionRow(
                task: TaskNumber(rawValue: 148), ordinal: ordinal, step: request.step, run: nil, kind: kind,
                title: "", requestedAt: Samples.now, state: verdict == nil ? DecisionRow.openState : "decided",
                verdict: verdict?.rawValue, requestPosition: .zero)
        }
        let all = [row(1, .retry), row(2, .retry), row(3, .approve, kind: "consent"), row(4, nil)]
        #expect(request.before(all[3], in: all)?.ordinal == 2)
        #expect(request.before(all[0], in: all) == nil)
        #expect(request.before(row(4, nil), in: [row(1, .retry), row(2, .approve)]) == nil)
        #expect(try Samples.request(.budget).before(all[3], in: all) == nil)
    }

    @Test(arguments: [
        ("{\"to\": \"b\", \"amount\": \"much\"}", true), ("{\"to\": \"b\", \"amount\": 6}", false), ("{", true),
    ])
    func typesAreHeldWhileOneTypes(text: String, isWrong: Bool) throws {
        var form = Query()
        for (name, value) in [("verdict", "approve"), ("edits", text)] { form.add(name, value) }
        var submitted = SubmittedDecision(try Samples.request(.approval), form, user: "anna")
        #expect((submitted.checkedDecision() == nil) == isWrong)
        #expect((submitted.state.errors["edits"] != nil) == isWrong)
        let problems = FormField.problems(submitted.state).text
        #expect(problems.contains("data-field=\"edits\"") == isWrong)
    }

    private static func together(_ verdict: Verdict) throws -> DecideTogetherView {
        let all = try Samples.requests()
        return DecideTogetherView(
            verdict: verdict, able: [all[0]], refused: [(all[1], "Something must be filled in: <x>.")],
            back: ApprovalsAddress())
    }

    @Test(arguments: [Verdict.approve, .reject, .retry, .stop])
    func whatFollowsIsSaidOfEach(verdict: Verdict) throws {
        let view = try Self.together(verdict)
        let markup = DecideTogether.dialog(view).text
        let elements = try MarkupReader.read(markup).elements
        let named = elements.filter { $0.attributes["name"] == "request" }
        #expect(named.compactMap { $0.attributes["value"] } == ["148-1"])
        #expect(markup.contains(view.able[0].kind.consequence(verdict)))
        #expect(markup.contains("filled in: &lt;x&gt;."))
    }

    @Test func whatIsGoneIsLeftAlone() throws {
        var view = try Self.together(.approve)
        (view.refused, view.gone) = ([], ["999-1"])
        let markup = DecideTogether.dialog(view).text
        #expect(markup.contains("These are left alone:"))
        #expect(markup.contains("999-1</span> <span class=\"dim\">It is not there any more."))
    }

    @Test func lineBreaksAreOfOneKind() {
        var form = Query()
        for (name, value) in [("text", "a\r\nb\rc\nd"), ("path", "x"), ("contents", "e\rf")] { form.add(name, value) }
        let submitted = SubmittedDocument(form)
        #expect(submitted.text == "a\nb\nc\nd")
        #expect(submitted.files.map(\.contents) == ["e\nf"])
    }

    @Test func whatWasNotDecidedIsListed() throws {
        var view = try Self.together(.approve)
        (view.able, view.decided) = ([], 2)
        let markup = DecideTogether.dialog(view).text
        #expect(markup.contains("Approved 2 requests, not all"))
        #expect(!markup.contains("name=\"sure\""))
    }
}
