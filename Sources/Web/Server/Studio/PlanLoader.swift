internal import API
internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Reads what the page of a plan shows.
struct PlanPageLoader: Sendable {
    let runtime: Runtime

    func load(_ request: Request) async throws -> PlanView {
        let saved = try await runtime.savedPlan(request.pathParameter("name"))
        let row = try await runtime.plan(
            named: saved.name, try request.query["version"].map { try PlanVersionChoice($0) } ?? .latest)
        let page = try request.pageNumber
        let versions = try await runtime.store.planVersions(
            of: saved.name, offset: (page - 1) * PlanView.pageSize, limit: PlanView.pageSize)
        let apps = try await runtime.store.apps()
        let counts = try await runtime.taskCounts(.plan, try TaskFilter(texts: ["plan": saved.name]))
        var view = PlanView(
            name: saved.name, summary: row.summary, states: saved.states(apps: apps), latest: saved.latest,
            published: saved.published, shown: PlanView.Version(PlanVersionRow(row)),
            outline: PlanOutlineView(steps: []), inputs: [], agents: [], outputs: [],
            files: row.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value.utf8.count) },
            versions: versions.versions.map(PlanView.Version.init).telling(
                try await runtime.savings(of: .plan, versions.versions.map(\.hash))), versionTotal: versions.total,
            page: page,
            apps: try apps.filter { $0.planName == saved.name }.map(PlanView.App.init),
            taskCount: counts.first { $0.value.text == saved.name }?.count ?? 0,
            approvals: try await runtime.openRequestCount(), now: .now)
        do {
            let plan = try PlanReader.readStored(row.source)
            view.outline = PlanOutlineView(plan)
            view.inputs = plan.inputs.map(PlanView.Input.init)
            view.agents = plan.agents.map(PlanView.Agent.init)
            view.outputs = plan.outputs.map(\.name)
            let version = saved.latest == row.hash ? "" : "&version=\(row.hash.rawValue)"
            view.flowchart = try await PlanFlowchart.svg(of: plan, runtime: runtime) { place in
                "\(DocumentKind.plan.path(saved.name))/edit?step=\(Escape.part(place))\(version)"
            }
        } catch let error as SignalboxError where error.code == .invalidPlan {
            view.problem = "This version cannot be read any more: \(error.description)"
        }
        return view
    }
}

extension PlanView.Version {
    init(_ row: PlanVersionRow) {
        self.init(hash: row.hash, savedAt: row.savedAt, author: row.author, note: row.note)
    }
}

extension [PlanView.Version] {
    /// The same with the earlier times that each was saved, and of the last one who did it and what they said then.
    func telling(_ savings: [ContentHash: [SavingRow]]) -> Self {
        map { version in
            var version = version
            if let last = savings[version.hash]?.first, last.savedAt == version.savedAt {
                (version.author, version.note) = (last.author, last.note)
            }
            version.earlier = (savings[version.hash] ?? []).filter { $0.savedAt < version.savedAt }.map {
                PlanView.Saving(savedAt: $0.savedAt, author: $0.author, note: $0.note)
            }
            return version
        }
    }
}

extension PlanView.App {
    fileprivate init(_ row: AppRow) throws {
        self.init(
            name: row.name, summary: row.summary, hash: row.hash, parameterCount: try row.parameterList.count,
            isArchived: row.archivedAt != nil)
    }
}

extension PlanView.Input {
    fileprivate init(_ input: InputDefinition) {
        self.init(
            name: input.name, type: input.type.rawValue, summary: input.summary, isRequired: input.isRequired,
            defaultText: input.defaultValue.map { String(($0.stringValue ?? $0.text).prefix(200)) })
    }
}

extension PlanView.Agent {
    fileprivate init(_ agent: AgentDefinition) {
        self.init(name: agent.name, model: agent.model, library: agent.library?.name)
    }
}

extension PlanOutlineView {
    init(_ plan: Plan) {
        steps = plan.steps.map { Step($0, inside: nil) }
    }
}

extension PlanOutlineView.Step {
    fileprivate init(_ step: StepDefinition, inside container: StepPath?) {
        let path = container?.appending(step.name) ?? StepPath(rawValue: step.name)
        var line: Int?
        if case .source(_, let number, _) = step.place { line = number }
        self.init(
            path: path, name: step.name, kind: step.kind.name, summary: step.summary, line: line,
            blocks: step.kind.blocks.map { name, block in
                let place = name.isEmpty ? path : path.appending(name)
                return (name, block.steps.map { PlanOutlineView.Step($0, inside: place) })
            })
    }
}
