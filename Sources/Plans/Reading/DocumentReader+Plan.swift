internal import Core

extension DocumentReader {
    private static let keys = ["name", "description", "agents", "inputs", "steps", "outputs", "limits"]

    /// Reads the whole document as a plan.
    /// - Throws: `SignalboxError` with code `invalid_plan` and all mistakes.
    mutating func plan() throws -> Plan {
        guard let root, let fields = fields(of: root, "a plan", keys: Self.keys) else {
            try throwMistakes()
            preconditionFailure("a document without a plan in it has been reported")
        }
        let name = planName(fields)
        let summary = summary(fields["description"])
        let agents = fields["agents"].map { self.agents($0) } ?? []
        let inputs = fields["inputs"].map { self.inputs($0) } ?? []
        let drafts = steps(fields)
        let outputs = fields["outputs"].map { self.outputs($0) } ?? []
        let outputUses = takeUses()
        let limits = fields["limits"].map { self.limits($0) } ?? PlanLimits()
        checkFileCount(root)

        let names = ReferenceNames(
            inputs: inputs.map(\.name), steps: drafts.map(\.definition.name), agents: agents.map(\.definition.name))
        for agent in agents { checkReferences(agent.uses, names, owner: nil) }
        checkReferences(outputUses, names, owner: nil)
        let steps = connectedSteps(drafts, agents: agents, names)
        try throwMistakes()
        return Plan(
            name: name, summary: summary, agents: agents.map(\.definition), inputs: inputs, steps: steps,
            outputs: outputs, limits: limits, source: source, hash: source.hash)
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
        guard entries.count <= Limits.planStepsMaximum else {
            report("a plan can have \(Limits.planStepsMaximum) steps, not \(entries.count)", at: node.range)
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

    private mutating func limits(_ node: YAMLNode) -> PlanLimits {
        guard let fields = fields(of: node, "\"limits\"", keys: ["duration", "parallel_steps"]) else {
            return PlanLimits()
        }
        var limits = PlanLimits()
        limits.durationMilliseconds = fields["duration"].flatMap { duration($0, "\"duration\"") }
        if let node = fields["parallel_steps"] {
            if let count = node.scalar?.value.intValue, (1...Int64(Limits.planStepsMaximum)).contains(count) {
                limits.parallelSteps = Int(count)
            } else if node.scalar?.value.intValue != nil {
                report("\"parallel_steps\" must be between 1 and \(Limits.planStepsMaximum)", at: node.range)
            } else {
                reportType(node, "\"parallel_steps\"", mustBe: "a whole number")
            }
        }
        return limits
    }

    private mutating func checkFileCount(_ root: YAMLNode) {
        let files = PlanReader.referencedFiles(below: root)
        if files.count > Limits.planFilesMaximum {
            report("a plan can bring \(Limits.planFilesMaximum) files along, not \(files.count)", at: root.range)
        }
    }
}
