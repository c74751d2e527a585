public import Core
public import Plans

/// A plan made ready for machines; shared by all tasks that run it.
public final class ExecutablePlan: Sendable {
    public let plan: Plan
    /// All blocks of the plan; the first is the plan itself.
    let blocks: [ExecutableBlock]
    /// Whether one of its agents names no model.
    public let leavesModelOpen: Bool

    /// - Parameter plan: a plan that `PlanReader` has checked: names are unique in their block, and `needs` name steps of
    ///   the same block without cycles.
    public init(_ plan: Plan) {
        self.plan = plan
        leavesModelOpen = plan.agents.contains { $0.model == nil }
        var blocks: [ExecutableBlock?] = []
        Self.add(plan.steps, output: nil, to: &blocks)
        self.blocks = blocks.map { block in
            guard let block else { preconditionFailure("Every block has been filled in.") }
            return block
        }
    }

    /// Adds a block and all blocks in it.
    /// - Returns: its place among the blocks.
    @discardableResult
    private static func add(
        _ steps: [StepDefinition], output: TemplateValue?, to blocks: inout [ExecutableBlock?]
    ) -> Int {
        let place = blocks.count
        blocks.append(nil)
        var inner: [[String: Int]] = []
        for step in steps {
            var places: [String: Int] = [:]
            for (name, block) in step.kind.blocks {
                places[name] = add(block.steps, output: block.output, to: &blocks)
            }
            inner.append(places)
        }
        blocks[place] = ExecutableBlock(steps: steps, output: output, inner: inner)
        return place
    }

    /// What the plan says about the step at that path, whichever the iteration; nil for iterations and paths of
    /// branches, and for what the plan does not have.
    public func definition(at path: StepPath) -> StepDefinition? {
        var block = blocks[0]
        var components = path.components[...]
        while let name = components.popFirst() {
            guard let place = block.placeByName[String(name)] else { return nil }
            guard let inside = components.popFirst() else { return block.steps[place] }
            let key = if case .forEach = block.steps[place].kind { "" } else { String(inside) }
            guard let next = block.inner[place][key] else { return nil }
            block = blocks[next]
        }
        return nil
    }
}
