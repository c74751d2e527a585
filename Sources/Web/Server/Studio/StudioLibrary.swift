internal import Core
internal import Plans
internal import Runtime
internal import Store

/// What the editor needs of plans and of agents alike.
struct StudioLibrary: Sendable {
    let runtime: Runtime
    let kind: DocumentKind

    /// A version as it was written.
    struct Stored: Sendable {
        var hash: ContentHash
        var source: PlanSource
        var note: String?
    }

    /// What a text is found to be.
    struct Checked: Sendable {
        /// Nil where there are mistakes.
        var document: Document?
        var view: DocumentCheckView
    }

    /// A document without mistakes.
    enum Document: Sendable {
        case plan(Plan)
        case agent(LibraryAgent)

        var name: String {
            switch self {
            case .plan(let plan): plan.name
            case .agent(let agent): agent.name
            }
        }

        var hash: ContentHash {
            switch self {
            case .plan(let plan): plan.hash
            case .agent(let agent): agent.hash
            }
        }
    }

    /// A version; nil where there is none of that name.
    /// - Parameter version: the first digits of a hash, or a word; nil for the latest.
    func stored(_ name: String, version: String?) async throws -> Stored {
        switch kind {
        case .plan:
            let row = try await runtime.plan(named: name, try version.map { try PlanVersionChoice($0) } ?? .latest)
            return Stored(hash: row.hash, source: row.source, note: row.note)
        case .agent:
            guard let version else { return Stored(try await runtime.latestAgent(name)) }
            return Stored(try await runtime.agent(named: name, version: version))
        }
    }

    /// The version that was saved last; nil where there is none.
    func latest(_ name: String) async throws -> ContentHash? {
        switch kind {
        case .plan: try await runtime.store.savedPlan(name)?.latest
        case .agent: try await runtime.store.agentVersions(of: name, offset: 0, limit: 1).versions.first?.hash
        }
    }

    /// Reads a text as saving it would.
    /// - Parameter name: under which it is saved already.
    func check(_ source: PlanSource, of name: String?) async throws -> Checked {
        do {
            switch kind {
            case .plan:
                let plan = try PlanReader.read(source)
                let missing = try await missingAgents(of: plan)
                let view = DocumentCheckView(
                    findings: [], summary: ([plan.sizeWords] + missing).joined(separator: " · "),
                    drawing: try await drawing(of: plan, name: name))
                return Checked(document: .plan(plan), view: view)
            case .agent:
                let agent = try AgentReader.read(source)
                let words = Format.count(agent.definition.tools.count, "tool")
                return Checked(document: .agent(agent), view: DocumentCheckView(summary: words))
            }
        } catch let error as SignalboxError where [.invalidPlan, .expression, .limit].contains(error.code) {
            let findings =
                error.diagnostics.isEmpty
                ? [Diagnostic(error.message, at: error.place ?? .pointer(""), hint: error.hint)] : error.diagnostics
            return Checked(document: nil, view: DocumentCheckView(findings: findings))
        }
    }

    /// Keeps a version.
    /// - Parameter base: the version that it goes on from; nil for a name that must be free.
    /// - Throws: `SignalboxError`: `precondition_failed` when it is another one by now.
    func save(_ document: Document, note: String, after base: ContentHash?) async throws {
        let condition: VersionCondition = base.map { .isOneOf([SeenVersion($0)]) } ?? .isMissing
        switch document {
        case .plan(let plan):
            // Who says nothing takes away no words: the latest is not saved again, and an old version keeps its note.
            let said = note.trimmed.isEmpty ? Runtime.PlanNote() : .init(author: runtime.decider, text: note)
            try await runtime.save(plan, said, if: condition)
        case .agent(let agent):
            // One that is archived has no version by its name.
            let isListed = try await runtime.store.agent(named: agent.name) != nil
            try await runtime.save(agent, if: isListed || base == nil ? condition : nil)
        }
    }

    /// The graph, with the steps in words below it: by these the script knows in which line each stands.
    private func drawing(of plan: Plan, name: String?) async throws -> HTML {
        let path = "\(name.map { kind.path($0, "edit") } ?? "/plans/new")?step="
        let outline = PlanOutline.render(PlanOutlineView(plan)) { path + Escape.part($0.path.rawValue) }
        let flowchart = try await PlanFlowchart.svg(of: plan, runtime: runtime) { path + Escape.part($0) }
        return PlanDrawing.render(flowchart, outline: outline)
    }

    /// Agents of the library that a plan names, and that are not there: it can be saved, and does not run before they are.
    private func missingAgents(of plan: Plan) async throws -> [String] {
        var words: [String] = []
        for reference in plan.missingAgents {
            let agent =
                if let version = reference.version { try await runtime.store.agent(version) } else {
                    try await runtime.store.agent(named: reference.name)
                }
            if agent == nil { words.append("there is no agent \"\(reference.text)\" in the library yet") }
        }
        return words
    }
}

extension StudioLibrary.Stored {
    fileprivate init(_ row: AgentRow) {
        self.init(hash: row.hash, source: row.source, note: nil)
    }
}

extension Plan {
    /// How much it is: `12 steps, 2 inputs`.
    var sizeWords: String {
        func count(_ steps: [StepDefinition]) -> Int {
            steps.reduce(0) { sum, step in sum + 1 + step.kind.blocks.reduce(0) { $0 + count($1.block.steps) } }
        }
        let parts = [(count(steps), "step"), (inputs.count, "input"), (agents.count, "agent")]
        return parts.filter { $0.0 > 0 }.map { Format.count($0.0, $0.1) }.joined(separator: ", ")
    }
}
