public import Plans

/// Steps that are started and ended together (the plan itself, the body of a loop, a path of a branch), with what the
/// machine looks up again and again worked out once.
public final class ExecutableBlock: Sendable {
    /// In the order they were written.
    public let steps: [StepDefinition]
    /// What the block hands over; nil for the output of its last step.
    let output: TemplateValue?
    /// The place of each step among the steps.
    let placeByName: [String: Int]
    /// The steps that need each step, as places.
    let dependents: [[Int]]
    /// For each step the blocks inside it, by the name of the path; of a loop its body, under the empty name.
    let inner: [[String: Int]]

    init(steps: [StepDefinition], output: TemplateValue?, inner: [[String: Int]]) {
        var places: [String: Int] = [:]
        for (place, step) in steps.enumerated() { places[step.name] = place }
        var dependents = [[Int]](repeating: [], count: steps.count)
        for (place, step) in steps.enumerated() {
            for need in step.needs {
                guard let needed = places[need] else {
                    preconditionFailure("The checked plan has a step that needs an unknown step.")
                }
                dependents[needed].append(place)
            }
        }
        self.steps = steps
        self.output = output
        self.inner = inner
        self.dependents = dependents
        placeByName = places
    }
}
