import Core
import Testing

@testable import Web

/// Product §2 and §4: what can be done with a task, and what cannot and why.
@Suite(.timeLimit(.minutes(1)))
struct TaskHeadTests {
    private static func elements(_ change: (inout TaskPageView) -> Void) throws -> [MarkupReader.Element] {
        var view = try Samples.completed()
        change(&view)
        return try MarkupReader.read(TaskPage.document(view).text).elements
    }

    @Test func `a task that goes on can be stopped, but not be forgotten or changed`() throws {
        let elements = try Self.elements {
            $0.row.state = .running
            $0.actions = TaskActionsView(canCancel: true, canKill: true, retryRefusal: "No", hasEnded: false)
        }
        let actions = elements.compactMap { $0.attributes["action"] }
        #expect(actions.contains("/tasks/142/cancel") && actions.contains("/tasks/142/kill"))
        #expect(!actions.contains("/tasks/142/delete"))
        let refusals = elements.filter { $0.attributes["aria-disabled"] == "true" }
        #expect(refusals.count { $0.attributes["title"] == "Finish, cancel or kill this task first" } == 3)
        #expect(refusals.allSatisfy { $0.attributes["tabindex"] == "0" }, "the reason can be reached by keyboard")
        #expect(!elements.contains { $0.attributes["href"] == "/tasks/142/restart" })
    }

    @Test(arguments: [(false, "/tasks/142/rerun"), (true, nil)] as [(Bool, String?)])
    func `a plan that has changed is asked about before a rerun`(isChanged: Bool, action: String?) throws {
        let elements = try Self.elements {
            $0.actions = TaskActionsView(hasEnded: true, isPlanSaved: true, isPlanChanged: isChanged)
        }
        #expect(elements.contains { $0.attributes["action"] == "/tasks/142/rerun" } == (action != nil))
        #expect(elements.contains { $0.attributes["href"] == "/tasks/142/rerun" } == isChanged)
    }

    @Test func `the studio opens at the step that matters`() throws {
        let elements = try Self.elements {
            $0.actions = TaskActionsView(isPlanSaved: true, studioStep: StepPath(rawValue: "each/3/read"))
        }
        #expect(elements.contains { $0.attributes["href"] == "/plans/invoices/edit?step=each%2F3%2Fread" })
    }

    @Test func `a failed task says by which number, what was given, and what can be done`() throws {
        var view = try Samples.failed()
        var failure = FailureView(cause: "tool_error", sentence: "It ended.", step: StepPath(rawValue: "extract"))
        failure.code = "exit code 2"
        failure.input = .text("the input")
        view.situation = .failed(failure)
        view.actions = TaskActionsView(hasEnded: true, isPlanSaved: true)
        let card = SituationCard.render(view).text
        #expect(card.contains("<span class=\"label bad\">exit code 2</span>"))
        for words in [
            "the input", "/tasks/143/retry", "/tasks/143/restart", "/plans/invoices/edit",
            "/tasks/143?step=extract#step-extract",
        ] { #expect(card.contains(words), "\(words)") }
    }

    @Test func `tokens and cost are about the same tasks`() throws {
        var view = try Samples.completed()
        (view.row.tokens, view.row.cost) = (nil, .none)
        (view.tokensWithChildren, view.costWithChildren) = (
            TokensView(prompt: 420_000, completion: 0), .nanoDollars(500_000_000)
        )
        let absent = Parts.absent("no model was called").text
        let facts = TaskHeader.facts(view).text
        for (name, whole) in [("Tokens", "420,000"), ("Est. cost", "$0.5000")] {
            let fact = try #require(facts.split(separator: "<div>").first { $0.contains("<dt>\(name)</dt>") })
            #expect(fact.contains(">\(whole)</span> <span class=\"dim\">own \(absent)</span>"), "\(name)")
        }
    }

    @Test func `what is known of an unknown cost is shown and not only on hover`() throws {
        var view = try Samples.completed()
        view.row.cost = .atLeast(nanoDollars: 3_000_000)
        #expect(TaskHeader.facts(view).text.contains(">unknown</span> <span class=\"dim number\""))
        #expect(TaskHeader.facts(view).text.contains(">(at least $0.0030)</span>"))
        view.costWithChildren = .atLeast(nanoDollars: 5_000_000)
        #expect(TaskHeader.facts(view).text.contains(">(at least $0.0050)</span> <span class=\"dim\">own "))
        #expect(Parts.wholeCost(.unknown).text == Parts.cost(.unknown).text)
    }

    @Test func `tags are taken off and added where they stand`() throws {
        let elements = try Self.elements { $0.tags = ["nightly", "<b>"] }
        let removals = elements.filter { $0.attributes["name"] == "remove" }.map { $0.attributes["value"] }
        #expect(removals == ["nightly", "&lt;b&gt;"])
        #expect(elements.contains { $0.attributes["name"] == "add" })
    }

    @Test func `a name that was not taken is still in the field`() {
        let form = TaskLabelForms.renameForm(
            RenameState(task: TaskNumber(rawValue: 7), name: "x\u{202E}", message: "This cannot be a name."))
        #expect(form.text.contains("role=\"alert\">This cannot be a name.</p>"))
        #expect(form.text.contains("value=\"x\u{202E}\""))
    }

    @Test func `the difference of a plan is counted and shown`() {
        let page = RerunPage.document(
            Samples.row(), step: nil, difference: "--- plan.yaml\n+++ plan.yaml\n-a\n+b\n+c\n", approvals: 0
        ).text
        #expect(page.contains("2 lines added, 1 removed"))
        #expect(page.contains("value=\"was\"") && page.contains("value=\"is\""))
    }
}
