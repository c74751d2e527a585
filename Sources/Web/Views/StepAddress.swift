internal import API
internal import Core

/// Where a step is shown: on the page of its task, opened, with everything it stands in.
struct StepAddress: Sendable, Hashable {
    var task: TaskNumber
    var step: StepPath

    /// `/tasks/142?step=each%2F3%2Fread#step-each-2f3-2fread`; where the step is on the page already, the script only
    /// goes there.
    var onTaskPage: String { onTaskPage(with: "") }

    /// The same with more behind the question mark.
    func onTaskPage(with query: String) -> String {
        let more = query.isEmpty ? "" : "&\(query)"
        return "/tasks/\(task.rawValue)?step=\(Attachment.percentEncoded(step.rawValue))\(more)#\(ElementID.step(step))"
    }

    /// What stands below the step's line, as a fragment: `/tasks/142/steps/each%2F3%2Fread/NAME`.
    func fragment(_ name: String) -> String {
        "/tasks/\(task.rawValue)/steps/\(Attachment.percentEncoded(step.rawValue))/\(name)"
    }
}
