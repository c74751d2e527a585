public import Plans

/// A plan with what the machine looks up again and again worked out once; shared by all tasks that run it.
public final class ExecutablePlan: Sendable {
    public let plan: Plan
    /// The place of each step in the plan.
    public let placeByName: [String: Int]
    /// The steps that need each step, as places in the plan.
    let dependents: [[Int]]

    /// - Parameter plan: a plan that `PlanReader` has checked: names are unique, and `needs` name steps without cycles.
    public init(_ plan: Plan) {
        self.plan = plan
        var places: [String: Int] = [:]
        for (place, step) in plan.steps.enumerated() { places[step.name] = place }
        var dependents = [[Int]](repeating: [], count: plan.steps.count)
        for (place, step) in plan.steps.enumerated() {
            for need in step.needs {
                guard let needed = places[need] else {
                    preconditionFailure("The checked plan has a step that needs an unknown step.")
                }
                dependents[needed].append(place)
            }
        }
        placeByName = places
        self.dependents = dependents
    }
}
