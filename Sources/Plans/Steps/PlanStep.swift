/// A step of a plan, wherever it stands.
public struct PlanStep: Sendable {
    public var step: StepDefinition
    /// The names from the plan down to the step, with a slash between: of the steps around it, and of the paths of
    /// branches, such as `route/large/send`.
    public var path: String
    /// How many steps stand around it.
    public var depth: Int
}

extension Plan {
    /// All steps in the order they were written, each before those inside it.
    public var allSteps: [PlanStep] {
        var found: [PlanStep] = []
        Self.collect(steps, below: "", depth: 0, into: &found)
        return found
    }

    private static func collect(
        _ steps: [StepDefinition], below prefix: String, depth: Int, into found: inout [PlanStep]
    ) {
        for step in steps {
            let path = prefix + step.name
            found.append(PlanStep(step: step, path: path, depth: depth))
            for (name, block) in step.kind.blocks {
                let inside = path + "/" + (name.isEmpty ? "" : name + "/")
                collect(block.steps, below: inside, depth: depth + 1, into: &found)
            }
        }
    }
}
