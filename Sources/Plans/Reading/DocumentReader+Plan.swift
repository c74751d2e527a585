internal import CEL
internal import Core

extension DocumentReader {
    private static let keys = [
        "name", "description", "concurrency", "priority", "consent", "limits", "agents", "inputs", "steps", "outputs",
    ]

    /// Reads the whole document as a plan.
    /// - Throws: `SignalboxError` with code `invalid_plan` and all mistakes.
    mutating func plan() throws -> Plan {
        guard let root, let fields = fields(of: root, "a plan", keys: Self.keys) else {
            try throwMistakes()
            preconditionFailure("a document without a plan in it has been reported")
        }
        let name = planName(fields)
        let summary = summary(fields["description"])
        let inputs = fields["inputs"].map { self.inputs($0) } ?? []
        inputTypes = Dictionary(inputs.map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
        let concurrency = fields["concurrency"].flatMap { self.concurrency($0) }
        checkKey(takeUses(), inputs)
        let highest = Int64(Limits.planPriorityMaximum)
        let priority = fields["priority"].flatMap { integer($0, "\"priority\"", in: -highest...highest) } ?? 0
        let automation = fields["consent"].map { self.automation($0) } ?? .autonomous
        let limits = fields["limits"].map { self.limits($0) } ?? PlanLimits()
        let agents = fields["agents"].map { self.agents($0) } ?? []
        let drafts = steps(fields)
        let outputs = fields["outputs"].map { self.outputs($0) } ?? []
        let outputUses = takeUses()
        checkFiles(of: root)

        let agentsByName = Dictionary(
            agents.map { ($0.definition.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = PlanScope(inputs: inputs.map(\.name), agents: agents.map(\.definition.name), steps: drafts)
        let scope = NameScope(names, steps: drafts)
        for agent in agents { checkPrompt(of: agent, scope) }
        checkReferences(outputUses, scope, owner: nil)
        let steps = connected(drafts, agents: agentsByName, scope).steps
        try throwMistakes()
        return Plan(
            name: name, summary: summary, agents: agents.map(\.definition), inputs: inputs, steps: steps,
            outputs: outputs, limits: limits, concurrency: concurrency, priority: Int(priority),
            automation: automation, source: source, hash: source.hash,
            missingAgents: missingAgents.sorted { $0.text < $1.text })
    }

    /// Checks the key by which tasks are counted apart: it is needed before the task begins.
    private mutating func checkKey(_ uses: [ExpressionUse], _ inputs: [InputDefinition]) {
        guard !isStored else { return }
        let scope = NameScope(PlanScope(inputs: inputs.map(\.name), agents: [], steps: []), steps: [])
        for use in uses {
            for reference in use.expression.references {
                let isInput = reference.path.first == "inputs"
                let mistake =
                    isInput
                    ? scope.mistake(in: reference.path, owner: nil)
                    : ("the \"key\" of \"concurrency\" knows only \"inputs\"", "write ${{ inputs.NAME }}")
                guard let (message, hint) = mistake else { continue }
                report(
                    message, atIndex: text.index(ofLine: reference.line, column: reference.column, in: use), hint: hint)
            }
        }
    }

    private mutating func planName(_ fields: Fields) -> String {
        guard let node = fields["name"] else {
            report("the plan has no \"name\"", at: fields.range, hint: "begin it with name: my-plan")
            return ""
        }
        guard let name = string(node, "\"name\"") else { return "" }
        if !PlanNames.isValid(name) {
            report("\(quoted(name)) cannot be the name of a plan", at: node.range, hint: PlanNames.rule)
        }
        return name
    }

    private mutating func steps(_ fields: Fields) -> [StepDraft] {
        guard let node = fields["steps"] else {
            report("the plan has no \"steps\"", at: fields.range, hint: "add steps: and below it a name for each step")
            return []
        }
        guard !node.isNull, node.entries?.isEmpty != true else {
            report("a plan needs at least one step", at: fields.keyRange("steps"))
            return []
        }
        let entries = namedEntries(node, "\"steps\"", each: "step")
        var count = 0
        root?.forEachStep { _ in count += 1 }
        guard count <= Limits.planStepsMaximum else {
            report("a plan can have \(Limits.planStepsMaximum) steps, not \(count)", at: node.range)
            return []
        }
        return entries.map { step($0) }
    }

    private mutating func outputs(_ node: YAMLNode) -> [OutputDefinition] {
        guard !node.isNull else { return [] }
        return namedEntries(node, "\"outputs\"", each: "output").map {
            OutputDefinition(name: $0.name, value: template($0.value))
        }
    }
}
