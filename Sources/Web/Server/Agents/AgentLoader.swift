internal import Core
internal import HTTPServer
internal import Plans
internal import Runtime
internal import Store

/// Reads what the pages of agents show.
struct AgentLoader: Sendable {
    /// So many plans are looked through for the agents that they take from the library.
    private static let plansMaximum = 300

    let runtime: Runtime

    func list(_ request: Request) async throws -> AgentListView {
        let search = (request.query["search"] ?? "").trimmed
        let text = search.isEmpty ? nil : TaskSearchText(search)
        let isArchived = try request.libraryState == .archived
        let active = try await runtime.store.agents()
        let archived = try await runtime.savedAgents(containing: nil, isArchived: true)
        let users = try await users()
        let rows = (isArchived ? archived : active).filter { row in
            text.map { $0.isContained(in: row.name) || $0.isContained(in: row.summary ?? "") } ?? true
        }
        return AgentListView(
            rows: rows.map { row in
                AgentListView.Row(
                    name: row.name, summary: row.summary, model: row.source.document?["model"]?.stringValue,
                    version: row.hash, savedAt: row.savedAt, plans: users[row.name] ?? [])
            }, total: active.count, archived: archived.count, search: search, isArchived: isArchived,
            page: try request.pageNumber, approvals: try await runtime.openRequestCount(), now: .now)
    }

    func agent(_ request: Request) async throws -> AgentView {
        let name = request.pathParameter("name")
        let latest = try await runtime.latestAgent(name)
        let row =
            if let version = request.query["version"] {
                try await runtime.agent(named: name, version: version)
            } else { latest }
        let page = try request.pageNumber
        let listing = try await runtime.versions(
            ofAgent: name, offset: (page - 1) * AgentView.pageSize, limit: AgentView.pageSize)
        let shown = listing.versions
        var view = AgentView(
            name: name, summary: row.summary, isArchived: try await runtime.store.agent(named: name) == nil,
            latest: latest.hash, shown: PlanView.Version(row), text: row.text, tools: [],
            files: row.files.sorted { $0.key < $1.key }.map { ($0.key, $0.value.utf8.count) },
            versions: shown.map(PlanView.Version.init).telling(
                try await runtime.savings(of: .agent, shown.map(\.hash))), versionTotal: listing.total, page: page,
            plans: try await users()[name] ?? [],
            memory: try await runtime.memory(of: name).map(AgentView.Memory.init),
            approvals: try await runtime.openRequestCount(), now: .now)
        do {
            let agent = try AgentReader.read(row.source)
            view.model = agent.definition.model
            view.thinking = agent.definition.thinking?.rawValue
            view.tools = row.source.document?["tools"]?.arrayValue?.map(\.toolWords) ?? []
        } catch let error as SignalboxError where error.code == .invalidPlan {
            view.problem = "This version cannot be read any more: \(error.description)"
        }
        return view
    }

    /// The saved plans that take an agent from the library, by its name.
    private func users() async throws -> [String: [String]] {
        var users: [String: [String]] = [:]
        for plan in try await runtime.store.plans().prefix(Self.plansMaximum) where plan.text.contains("library") {
            for agent in plan.source.document?["agents"]?.objectValue ?? [:] {
                guard let text = agent.value["library"]?.stringValue ?? agent.value.stringValue,
                    let reference = LibraryReference(text), users[reference.name]?.contains(plan.name) != true
                else { continue }
                users[reference.name, default: []].append(plan.name)
            }
        }
        return users
    }
}

extension JSON {
    /// A tool as an agent names it: a word, or an object whose first member says which.
    fileprivate var toolWords: String {
        if let text = stringValue { return text }
        guard let member = objectValue?.first(where: { $0.name != "consent" }) else { return String(text.prefix(80)) }
        let name = member.value.stringValue ?? member.value["name"]?.stringValue
        return name.map { "\(member.name): \($0)" } ?? member.name
    }
}

extension AgentView.Memory {
    fileprivate init(_ row: MemoryRow) {
        self.init(name: row.name, text: row.text, savedAt: row.savedAt, task: row.task)
    }
}
