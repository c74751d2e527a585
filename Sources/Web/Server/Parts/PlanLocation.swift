internal import Core
internal import Plans

/// What a path of a task leads to in its plan.
struct PlanLocation {
    /// The names down to the step, without iterations, as `PlanStep.path` has them.
    var place: String
    /// The step, or the loop or branch whose part it is.
    var step: StepDefinition
    /// The steps of the part, when it leads to an iteration or a path of a branch.
    var block: StepBlock?
    /// The iteration that it leads to.
    var iteration: Int?
}

extension Plan {
    /// Nil for what the plan does not have.
    func location(of path: StepPath) -> PlanLocation? {
        var steps = self.steps
        var place = ""
        var rest = path.components[...]
        while let name = rest.popFirst() {
            guard let step = steps.first(where: { $0.name == name }) else { return nil }
            place += (place.isEmpty ? "" : "/") + step.name
            guard let part = rest.popFirst() else { return PlanLocation(place: place, step: step) }
            var location = PlanLocation(place: place, step: step)
            switch step.kind {
            case .forEach(let loop):
                guard let index = Int(part), index >= 0 else { return nil }
                location.block = loop.body
                location.iteration = index
            case .branch:
                guard let (name, block) = step.kind.blocks.first(where: { $0.name == part }) else { return nil }
                place += "/\(name)"
                location.place = place
                location.block = block
            default: return nil
            }
            guard !rest.isEmpty else { return location }
            steps = location.block?.steps ?? []
        }
        return nil
    }
}
