import Core
import Testing

@testable import Web

/// Hostile names, notes and texts stay text on the pages of the studio and of the settings.
@Suite(.timeLimit(.minutes(1)))
struct LibraryHostileTests {
    static let pages = ["plans", "plan", "editor", "agents", "agent", "settings", "secrets", "providers", "servers"]

    @Test(arguments: pages, HostileTextTests.texts)
    func staysText(page: String, text: String) throws {
        let harmless = try MarkupReader.read(markup(page, HostileTextTests.hidden(in: text) + "word").text)
        let hostile = try MarkupReader.read(markup(page, text).text)
        #expect(hostile.elements.map(\.name) == harmless.elements.map(\.name))
        #expect(hostile.elements.map { Set($0.attributes.keys) } == harmless.elements.map { Set($0.attributes.keys) })
        let links = hostile.elements.compactMap { $0.attributes["href"] ?? $0.attributes["action"] }
        #expect(links.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("#") })
    }

    private func markup(_ page: String, _ text: String) -> HTML {
        switch page {
        case "plans": return PlansPage.document(Samples.plans(text))
        case "plan": return PlanPage.document(Samples.plan(text))
        case "editor":
            var view = StudioTests.editor(text: text)
            view.note = text
            view.files = [DocumentEditorView.File(path: text, contents: text, bytes: 1)]
            view.check = DocumentCheckView(
                findings: [Diagnostic(text, at: .source(file: text, line: 1, column: 1), hint: text)],
                refusal: DocumentCheckView.Refusal(message: text, hint: text))
            return DocumentEditor.document(view)
        case "agents": return AgentsPage.document(Samples.agents(text))
        case "agent": return AgentPage.document(Samples.agent(text))
        case "settings":
            return SettingsPage.document([Samples.setting(text)], file: text, approvals: 0, now: Samples.now)
        case "secrets":
            return SecretsPage.document(
                [Samples.secret(text)], refusal: SecretsPage.Refusal(name: text, message: text), approvals: 0,
                now: Samples.now)
        default:
            let view = Samples.outside(text)
            return page == "servers"
                ? OutsidePage.servers([view], approvals: 0, now: Samples.now)
                : OutsidePage.providers([view], approvals: 0, now: Samples.now)
        }
    }
}
