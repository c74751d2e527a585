internal import API
internal import Core

/// Where a step is shown: on the page of its task, opened, with everything it stands in.
struct StepAddress: Sendable, Hashable {
    var task: TaskNumber
    var step: StepPath

    /// `/tasks/142?step=each%2F3%2Fread#step-each-2f3-2fread`; where the step is on the page already, the script only
    /// goes there.
    var onTaskPage: String {
        "/tasks/\(task.rawValue)?step=\(Attachment.percentEncoded(step.rawValue))#\(ElementID.step(step))"
    }

    /// What stands below the step's line, as a fragment: `/tasks/142/steps/each%2F3%2Fread/NAME`.
    func fragment(_ name: String) -> String {
        "/tasks/\(task.rawValue)/steps/\(Attachment.percentEncoded(step.rawValue))/\(name)"
    }
}
