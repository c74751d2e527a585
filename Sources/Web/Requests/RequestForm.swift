internal import Core
internal import Engine

/// The form that decides about a request. Its part of the page does not change while it is open, so the live stream
/// leaves it alone: what somebody types, and what is wrong with it, stays.
enum RequestForm: Sendable {
    static func render(
        _ request: RequestView, state: FormStateView = FormStateView(), origin: StaticString = "task"
    ) -> HTML {
        let id = ElementID.request(request.id)
        var state = state
        let order = request.fields + [request.edit, request.feedback].compactMap(\.self)
        // Nobody should have to look for what is wrong.
        state.focus = order.first { state.errors[$0.name] != nil }?.name
        let path = "/approvals/\(request.id)"
        let fields: [HTML] = request.fields.map { FormField.render($0, state: state, id: id) }
        return """
            <form class="decision" id="\(id)-form" method="post" action="\(path)" hx-post="\(path)" hx-swap="none" \
            hx-status:422="swap:outerHTML" hx-disable="findAll :enabled" hx-morph-skip novalidate \
            data-check="\(path)/check">
            <input type="hidden" name="from" value="\("\(origin)")">
            \(message(state.message))
            \(fields)
            \(edit(request.edit, state: state, id: id))
            \(request.feedback.map { FormField.render($0, state: state, id: id) })
            <div class="verdicts">\(buttons(request))</div>
            \(consequences(request))
            </form>
            """
    }

    private static func message(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"problem\" role=\"alert\">\(text)</p>"
    }

    private static func edit(_ field: FormFieldView?, state: FormStateView, id: String) -> HTML {
        guard let field else { return .empty }
        let isChanged = state.typed?[field.name].map { $0 != field.initial } ?? false
        return """
            <details class="change"\(attribute: "open", if: isChanged || state.errors[field.name] != nil)>\
            <summary>Change the proposal</summary>\(FormField.render(field, state: state, id: id))</details>
            """
    }

    private static func buttons(_ request: RequestView) -> HTML {
        HTML(
            request.kind.verdicts.map { verdict in
                let isMain = verdict == .approve && request.kind != .inDoubt
                let isOff = verdict == .retry && request.kind == .review && request.sendBacksLeft == 0
                let why = "It was sent back \(Limits.reviewRejectionsMaximum) times, which is the most"
                return """
                    <button name="verdict" value="\(verdict.rawValue)" class="\(isMain ? "main" : verdict == .stop ? "stop" : "")"\
                    \(attribute: "disabled", if: isOff) title="\(isOff ? why : request.kind.consequence(verdict))">\
                    \(request.button(verdict))</button>
                    """
            })
    }

    /// What each button does, in a line each: nobody should have to try.
    private static func consequences(_ request: RequestView) -> HTML {
        let lines = request.kind.verdicts.map { verdict -> HTML in
            let isSendBack = verdict == .retry && request.kind == .review
            let left = isSendBack ? " \(request.sendBacksLeft) of \(Limits.reviewRejectionsMaximum) left." : ""
            return """
                <li><b>\(request.button(verdict)):</b> \(request.kind.consequence(verdict))\(left)</li>
                """
        }
        return "<ul class=\"consequences\">\(lines)</ul>"
    }
}
