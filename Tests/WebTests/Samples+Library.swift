import Core

@testable import Web

/// The library and the settings, with a text in every place that others fill.
extension Samples {
    private static func version(_ text: String) -> PlanView.Version {
        PlanView.Version(hash: ContentHash(of: [1]), savedAt: now, author: text, note: text)
    }

    static func plans(_ text: String) -> PlanListView {
        let row = PlanListView.Row(
            name: text, summary: text, states: [.published, .app], version: ContentHash(of: [1]), isAhead: true,
            savedAt: now, author: text, note: text, taskCount: 3)
        return PlanListView(
            rows: [row], counts: [.app: 1], total: 1, search: text, state: .app, page: 1, approvals: 0, now: now)
    }

    static func plan(_ text: String) -> PlanView {
        let version = version(text)
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
            ], taskCount: 2, problem: text, approvals: 0, now: now)
    }

    static func agents(_ text: String) -> AgentListView {
        AgentListView(
            rows: [
                AgentListView.Row(
                    name: text, summary: text, model: text, version: ContentHash(of: [1]), savedAt: now, plans: [text])
            ], total: 1, archived: 0, search: text, isArchived: false, page: 1, approvals: 0, now: now)
    }

    static func agent(_ text: String) -> AgentView {
        let version = version(text)
        return AgentView(
            name: text, summary: text, isArchived: false, latest: version.hash, shown: version, text: text,
            model: text, thinking: text, tools: [text], files: [(text, 1)], versions: [version, version],
            versionTotal: 2, page: 1, plans: [text],
            memory: [AgentView.Memory(name: text, text: text, savedAt: now, task: TaskNumber(rawValue: 7))],
            problem: text, approvals: 0, now: now)
    }

    static func setting(_ text: String) -> SettingView {
        SettingView(
            name: text, meaning: text, rule: text, defaultText: text, value: text, origin: .other(text), next: text,
            isInFile: true, control: .model([text]), fieldText: text, version: ContentHash(of: [1]), problem: text)
    }

    static func secret(_ text: String) -> SecretView {
        SecretView(name: text, place: text, setAt: nil, uses: [text], isStored: true)
    }

    static func outside(_ text: String) -> OutsideView {
        let check = TestView.Check(name: text, isPassed: false, detail: text, hint: text)
        return OutsideView(
            name: text, facts: [(text, text)], state: .failed, problem: text, models: [text], isConfigured: true,
            test: TestView(isFine: false, milliseconds: 3, asked: text, checks: [check], at: Samples.now))
    }
}
