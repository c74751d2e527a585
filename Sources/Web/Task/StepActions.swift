internal import API
internal import Core

/// What can be done from a step on: links and a plain form at the end of its contents.
enum StepActions: Sendable {
    /// - Parameter kind: of the step. What can be done from a loop or an iteration on stands below all that is in it, so it
    ///   says from where.
    static func render(_ actions: StepActionsView, kind: String) -> HTML {
        let name = String(actions.step.name)
        let place: HTML =
            switch kind {
            case "for_each": NamedText.render(name)
            case "iteration": "#\(name)"
            default: "here"
            }
        let step = Attachment.percentEncoded(actions.step.rawValue)
        let path = "/tasks/\(actions.task.rawValue)"
        return """
            <div class="step-actions">\(again(actions, path: path, step: step, place), if: actions.canRepeat)\
            \(actions.plan.map { studio($0, step: step) })</div>
            """
    }

    private static func again(_ actions: StepActionsView, path: String, step: String, _ place: HTML) -> HTML {
        """
        \(rerun(actions, path: path, step: step, place))\
        <a class="button quiet" href="\(path)/restart?from=\(step)">Edit &amp; restart from \(place)</a>
        """
    }

    private static func rerun(_ actions: StepActionsView, path: String, step: String, _ place: HTML) -> HTML {
        guard !actions.isPlanChanged else {
            return "<a class=\"button quiet\" href=\"\(path)/rerun?from=\(step)\">Rerun from \(place)…</a>"
        }
        return """
            <form method="post" action="\(path)/rerun" hx-post="\(path)/rerun" hx-swap="none" hx-disable="find button">\
            <button class="quiet" name="from" value="\(actions.step.rawValue)">Rerun from \(place)</button></form>
            """
    }

    private static func studio(_ plan: String, step: String) -> HTML {
        """
        <a class="button quiet" href="/plans/\(Attachment.percentEncoded(plan))/edit?step=\(step)">Edit in Studio</a>
        """
    }
}
