internal import CEL
internal import Core

extension DocumentReader {
    /// The steps with their needs: those they name and those their expressions (and their agent's) refer to.
    mutating func connectedSteps(
        _ drafts: [StepDraft], agents: [AgentDraft], _ names: ReferenceNames
    ) -> [StepDefinition] {
        let order = Dictionary(
            drafts.enumerated().map { ($1.definition.name, $0) }, uniquingKeysWith: { first, _ in first })
        var needs: [[Int]] = []
        for draft in drafts {
            let name = draft.definition.name
            var needed = checkReferences(draft.uses, names, owner: name)
            needed.formUnion(explicitNeeds(of: draft, names))
            if let agent = draft.agent { needed.formUnion(agentNeeds(agent, of: name, agents, names)) }
            needs.append(needed.compactMap { order[$0] }.sorted())
        }
        for cycle in StepGraph.cycles(needs) {
            let path = (cycle + cycle.prefix(1)).map { drafts[$0].definition.name }.joined(separator: " → ")
            report(
                "steps wait for each other: \(path)", at: drafts[cycle[0]].nameRange,
                hint: "an arrow means \"needs\"; take one of them away")
        }
        return zip(drafts, needs).map { draft, needs in
            var step = draft.definition
            step.needs = needs.map { drafts[$0].definition.name }
            return step
        }
    }

    private mutating func explicitNeeds(of draft: StepDraft, _ names: ReferenceNames) -> Set<String> {
        var needed: Set<String> = []
        for need in draft.explicitNeeds {
            if need.name == draft.definition.name {
                report("the step \"\(need.name)\" needs itself", at: need.range)
            } else if !names.stepSet.contains(need.name) {
                report(
                    "there is no step \(quoted(need.name))", at: need.range,
                    hint: Suggestion.hint(for: need.name, among: names.steps, called: "the steps are"))
            } else if !needed.insert(need.name).inserted {
                report("\"\(need.name)\" is needed twice", at: need.range)
            }
        }
        return needed
    }

    /// The steps that the system prompt of the step's agent refers to; what else is wrong in it is reported once, for
    /// the agent.
    private mutating func agentNeeds(
        _ agent: (name: String, range: Range<Int>), of step: String, _ agents: [AgentDraft], _ names: ReferenceNames
    ) -> Set<String> {
        guard let draft = agents.first(where: { $0.definition.name == agent.name }) else {
            let hint = Suggestion.hint(for: agent.name, among: names.agents, called: "the agents are")
            report("there is no agent \(quoted(agent.name))", at: agent.range, hint: hint ?? "declare it below agents:")
            return []
        }
        var needed: Set<String> = []
        for reference in draft.uses.flatMap(\.expression.references) where reference.path.first == "steps" {
            guard let name = reference.path.dropFirst().first, names.stepSet.contains(name) else { continue }
            if name == step {
                report(
                    "the system prompt of \"\(agent.name)\" refers to the output of the step \"\(step)\" that uses it",
                    at: agent.range)
            } else {
                needed.insert(name)
            }
        }
        return needed
    }
}

/// What can be said about steps from their needs alone.
enum StepGraph {
    /// Cycles among nodes, each beginning with its first node in order; every node is in at most one of them.
    /// - Parameter needs: for each node the nodes it needs, in ascending order.
    static func cycles(_ needs: [[Int]]) -> [[Int]] {
        var remaining = Set(needs.indices)
        var cycles: [[Int]] = []
        while true {
            removeOrdered(&remaining, needs)
            guard let start = remaining.min() else { return cycles }
            // Each node that remains needs another one that remains, so a walk must come back to where it has been.
            var path: [Int] = []
            var positions: [Int: Int] = [:]
            var node = start
            while positions[node] == nil {
                positions[node] = path.count
                path.append(node)
                guard let next = needs[node].first(where: remaining.contains) else {
                    preconditionFailure("a step that needs no remaining step has not been removed")
                }
                node = next
            }
            let cycle = Array(path[(positions[node] ?? 0)...])
            let first = cycle.indices.min { cycle[$0] < cycle[$1] } ?? 0
            cycles.append(Array(cycle[first...] + cycle[..<first]))
            remaining.subtract(cycle)
        }
    }

    /// Removes all nodes that can be put in order: those that need none of the remaining ones, again and again (Kahn's
    /// algorithm).
    private static func removeOrdered(_ remaining: inout Set<Int>, _ needs: [[Int]]) {
        var open = needs.map { $0.count(where: remaining.contains) }
        var neededBy = [[Int]](repeating: [], count: needs.count)
        for node in remaining {
            for need in needs[node] where remaining.contains(need) { neededBy[need].append(node) }
        }
        var ready = remaining.filter { open[$0] == 0 }
        while let node = ready.popFirst() {
            remaining.remove(node)
            for other in neededBy[node] {
                open[other] -= 1
                if open[other] == 0 { ready.insert(other) }
            }
        }
    }
}
