/// Steps that belong together: the body of a loop, a path of a branch.
public struct StepBlock: Sendable {
    /// In the order they were written.
    public var steps: [StepDefinition]
    /// What the block hands over; nil for the output of its last step.
    public var output: TemplateValue?

    public init(steps: [StepDefinition], output: TemplateValue?) {
        self.steps = steps
        self.output = output
    }
}
