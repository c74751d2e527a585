internal import CEL
internal import Core

extension DocumentReader {
    /// The steps of a block with their needs: those they name, and those that their expressions, their agents' and
    /// those of the steps inside them refer to.
    /// - Parameter scope: what the expressions of the block can refer to.
    /// - Returns: also what the block needs of the blocks around it.
    mutating func connected(
        _ drafts: [StepDraft], agents: [String: AgentDraft], _ scope: NameScope
    ) -> (steps: [StepDefinition], outer: Set<NameScope.Need>) {
        let order = Dictionary(
            drafts.enumerated().map { ($1.definition.name, $0) }, uniquingKeysWith: { first, _ in first })
        var steps: [StepDefinition] = []
        var needs: [[Int]] = []
        var outer: Set<NameScope.Need> = []
        for draft in drafts {
            var step = draft.definition
            var needed = checkReferences(draft.uses, scope, owner: step.name)
            needed.formUnion(explicitNeeds(of: draft, scope))
            for agent in draft.agents { needed.formUnion(agentNeeds(agent, of: step.name, agents, scope)) }
            let blocks = draft.blocks.map { block in
                let (block, outside) = connected(block, of: draft, agents, scope)
                needed.formUnion(outside)
                return block
            }
            step.kind = step.kind.replacing(blocks: blocks)
            step.fingerprint = fingerprint(of: draft, agents)
            step.outline = draft.blocks.isEmpty ? step.fingerprint : outline(of: draft, agents)
            steps.append(step)
            needs.append(needed.filter { $0.level == scope.depth }.compactMap { order[$0.name] }.sorted())
            outer.formUnion(needed.filter { $0.level < scope.depth })
        }
        for cycle in StepGraph.cycles(needs) {
            let path = (cycle + cycle.prefix(1)).map { drafts[$0].definition.name }.joined(separator: " → ")
            report(
                "steps wait for each other: \(path)", at: drafts[cycle[0]].nameRange,
                hint: "an arrow means \"needs\"; take one of them away")
        }
        for (place, needs) in needs.enumerated() { steps[place].needs = needs.map { drafts[$0].definition.name } }
        return (steps, outer)
    }

    /// A block of a step, and what it needs of the blocks around it.
    private mutating func connected(
        _ block: BlockDraft, of container: StepDraft, _ agents: [String: AgentDraft], _ scope: NameScope
    ) -> (block: StepBlock, outer: Set<NameScope.Need>) {
        for step in block.steps where scope.level(ofStep: step.definition.name) != nil {
            report(
                "a step outside of this block has the name \"\(step.definition.name)\", too", at: step.nameRange,
                hint: "choose another one, so that steps.\(step.definition.name) has one meaning")
        }
        let inner = scope.inside(container, block)
        let (steps, outer) = connected(block.steps, agents: agents, inner)
        let ofOutput = checkReferences(block.uses, inner, owner: nil).filter { $0.level <= scope.depth }
        return (StepBlock(steps: steps, output: block.output), outer.union(ofOutput))
    }

    private mutating func explicitNeeds(of draft: StepDraft, _ scope: NameScope) -> Set<NameScope.Need> {
        var needed: Set<NameScope.Need> = []
        for need in draft.explicitNeeds {
            let level = scope.level(ofStep: need.name)
            if need.name == draft.definition.name, level == scope.depth {
                report("the step \"\(need.name)\" needs itself", at: need.range)
            } else if let (message, hint) = scope.mistake(ofStep: need.name, owner: nil) {
                report(message, at: need.range, hint: hint)
            } else if let level, !needed.insert(NameScope.Need(level: level, name: need.name)).inserted {
                report("\"\(need.name)\" is needed twice", at: need.range)
            }
        }
        return needed
    }

    /// The steps that the system prompt of the step's agent refers to. What is wrong with it for every step is reported
    /// once, for the agent; what is wrong only for this one is reported here.
    private mutating func agentNeeds(
        _ agent: (name: String, range: Range<Int>), of step: String, _ agents: [String: AgentDraft], _ scope: NameScope
    ) -> Set<NameScope.Need> {
        guard let draft = agents[agent.name] else {
            let hint = Suggestion.hint(for: agent.name, among: scope.plan.agents, called: "the agents are")
            report("there is no agent \(quoted(agent.name))", at: agent.range, hint: hint ?? "declare it below agents:")
            return []
        }
        var needed: Set<NameScope.Need> = []
        for reference in draft.uses.flatMap(\.expression.references) where !scope.plan.isWrongEverywhere(reference.path)
        {
            if reference.path.starts(with: ["steps", step]), scope.level(ofStep: step) == scope.depth {
                report(
                    "the system prompt of \"\(agent.name)\" refers to the output of the step \"\(step)\" that uses it",
                    at: agent.range)
            } else if let (message, hint) = scope.mistake(in: reference.path, owner: step) {
                report("in the system prompt of \"\(agent.name)\": \(message)", at: agent.range, hint: hint)
            } else if let need = scope.need(of: reference.path) {
                needed.insert(need)
            }
        }
        return needed
    }

    /// Reports what no step could make right in the system prompt of an agent.
    mutating func checkPrompt(of agent: AgentDraft, _ scope: NameScope) {
        guard !isStored else { return }
        for use in agent.uses {
            for reference in use.expression.references where scope.plan.isWrongEverywhere(reference.path) {
                guard !isFull, let (message, hint) = scope.mistake(in: reference.path, owner: nil, use.purpose) else {
                    continue
                }
                let index = text.index(ofLine: reference.line, column: reference.column, in: use)
                report(message, atIndex: index, hint: hint)
            }
        }
    }
}

extension PlanScope {
    /// Whether a reference is a mistake wherever it stands: it is, unless it names what only some steps know.
    fileprivate func isWrongEverywhere(_ path: [String]) -> Bool {
        switch path.first {
        case "steps"?:
            guard path.count > 1, hasStep(path[1]) else { return true }
            return NameScope.mistake(inMembers: Array(path.dropFirst(2)), of: path[1]) != nil
        case let root?: return !NameScope.loopRoots.contains(root)
        case nil: return true
        }
    }
}
