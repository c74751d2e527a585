internal import API
internal import Core

/// What can be done from a step on: links and a plain form at the end of its contents.
enum StepActions: Sendable {
    static func render(_ actions: StepActionsView) -> HTML {
        let step = Attachment.percentEncoded(actions.step.rawValue)
        let path = "/tasks/\(actions.task.rawValue)"
        return """
            <div class="step-actions">\(again(actions, path: path, step: step), if: actions.canRepeat)\
            \(actions.plan.map { studio($0, step: step) })</div>
            """
    }

    private static func again(_ actions: StepActionsView, path: String, step: String) -> HTML {
        """
        \(rerun(actions, path: path, step: step))\
        <a class="button quiet" href="\(path)/restart?from=\(step)">Edit &amp; restart from here</a>
        """
    }

    private static func rerun(_ actions: StepActionsView, path: String, step: String) -> HTML {
        guard !actions.isPlanChanged else {
            return "<a class=\"button quiet\" href=\"\(path)/rerun?from=\(step)\">Rerun from here…</a>"
        }
        return """
            <form method="post" action="\(path)/rerun" hx-post="\(path)/rerun" hx-swap="none" hx-disable="find button">\
            <button class="quiet" name="from" value="\(actions.step.rawValue)">Rerun from here</button></form>
            """
    }

    private static func studio(_ plan: String, step: String) -> HTML {
        """
        <a class="button quiet" href="/plans/\(Attachment.percentEncoded(plan))/edit?step=\(step)">Edit in Studio</a>
        """
    }
}
