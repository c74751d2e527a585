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
        let version = PlanView.Version(hash: ContentHash(of: [1]), savedAt: Samples.now, author: text, note: text)
        switch page {
        case "plans": return PlansPage.document(plans(text))
        case "plan": return PlanPage.document(plan(text, version))
        case "editor":
            var view = StudioTests.editor(text: text)
            view.note = text
            view.files = [DocumentEditorView.File(path: text, contents: text, bytes: 1)]
            view.check = DocumentCheckView(
                findings: [Diagnostic(text, at: .source(file: text, line: 1, column: 1), hint: text)],
                refusal: DocumentCheckView.Refusal(message: text, hint: text))
            return DocumentEditor.document(view)
        case "agents":
            return AgentsPage.document(
                AgentListView(
                    rows: [
                        AgentListView.Row(
                            name: text, summary: text, model: text, version: version.hash, savedAt: Samples.now,
                            plans: [text])
                    ], total: 1, archived: 0, search: text, isArchived: false, page: 1, approvals: 0, now: Samples.now))
        case "agent": return AgentPage.document(agent(text, version))
        case "settings":
            let view = SettingView(
                name: text, meaning: text, rule: text, defaultText: text, value: text, origin: .other(text),
                next: text, isInFile: true, control: .model([text]), fieldText: text, version: version.hash,
                problem: text)
            return SettingsPage.document([view], file: text, approvals: 0, now: Samples.now)
        case "secrets":
            let view = SecretView(name: text, place: text, setAt: nil, uses: [text], isStored: true)
            return SecretsPage.document(
                [view], refusal: SecretsPage.Refusal(name: text, message: text), approvals: 0, now: Samples.now)
        default:
            let check = TestView.Check(name: text, isPassed: false, detail: text, hint: text)
            let view = OutsideView(
                name: text, facts: [(text, text)], state: .failed, problem: text, models: [text], isConfigured: true,
                test: TestView(isFine: false, milliseconds: 3, asked: text, checks: [check], at: Samples.now))
            return page == "servers"
                ? OutsidePage.servers([view], approvals: 0, now: Samples.now)
                : OutsidePage.providers([view], approvals: 0, now: Samples.now)
        }
    }

    private func plans(_ text: String) -> PlanListView {
        let row = PlanListView.Row(
            name: text, summary: text, states: [.published, .app], version: ContentHash(of: [1]), isAhead: true,
            savedAt: Samples.now, author: text, note: text, taskCount: 3)
        return PlanListView(
            rows: [row], counts: [.app: 1], total: 1, search: text, state: .app, page: 1, approvals: 0,
            now: Samples.now)
    }

    private func plan(_ text: String, _ version: PlanView.Version) -> PlanView {
        let step = PlanOutlineView.Step(
            path: StepPath(rawValue: text), name: text, kind: "set", summary: text, line: 3, blocks: [(text, [])])
        return PlanView(
            name: text, summary: text, states: [.published], latest: version.hash, published: version.hash,
            shown: version, outline: PlanOutlineView(steps: [step]),
            inputs: [PlanView.Input(name: text, type: "string", summary: text, isRequired: true, defaultText: text)],
            agents: [PlanView.Agent(name: text, model: text, library: text)], outputs: [text], files: [(text, 3)],
            versions: [version], versionTotal: 1, page: 1,
            apps: [
                PlanView.App(name: text, summary: text, hash: version.hash, parameterCount: 1, isArchived: false)
            ], taskCount: 2, problem: text, approvals: 0, now: Samples.now)
    }

    private func agent(_ text: String, _ version: PlanView.Version) -> AgentView {
        AgentView(
            name: text, summary: text, isArchived: false, latest: version.hash, shown: version, text: text,
            model: text, thinking: text, tools: [text], files: [(text, 1)], versions: [version, version],
            plans: [text],
            memory: [
                AgentView.Memory(name: text, text: text, savedAt: Samples.now, task: TaskNumber(rawValue: 7))
            ], problem: text, approvals: 0, now: Samples.now)
    }
}
