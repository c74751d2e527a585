/// Another plan, run as a task of its own.
public struct ChildTaskDefinition: Sendable {
    public var plan: PlanReference
    public var inputs: [(name: String, value: TemplateValue)]

    public enum PlanReference: Sendable, Hashable {
        /// The saved plan of that name, as it is when the step starts.
        case saved(String)
        /// A file beside the plan.
        case file(String)
    }

    public init(plan: PlanReference, inputs: [(name: String, value: TemplateValue)]) {
        self.plan = plan
        self.inputs = inputs
    }
}
