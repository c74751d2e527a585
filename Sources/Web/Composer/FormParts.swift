internal import Core

/// Pieces of the forms that start tasks.
enum FormParts: Sendable {
    private static let id = "form"

    /// What is wrong with the form as a whole.
    static func message(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return "<p class=\"problem form-problem\" role=\"alert\">\(text)</p>"
    }

    static func fields(_ fields: [FormFieldView], _ state: FormStateView) -> HTML {
        HTML(fields.map { FormField.render($0, state: state, id: id) })
    }

    /// Name, tags and model; limits folded, unless something was said of them.
    static func options(_ options: [FormFieldView], limits: [FormFieldView], _ state: FormStateView) -> HTML {
        guard !options.isEmpty || !limits.isEmpty else { return .empty }
        let isOpen = limits.contains { field in
            state.errors[field.name] != nil || !(state.typed?[field.name] ?? field.initial).isEmpty
        }
        let folded: HTML = """
            <details class="limits"\(attribute: "open", if: isOpen)><summary>Limits</summary>\
            <div class="limit-fields">\(fields(limits, state))</div></details>
            """
        return """
            <section class="panel fields" aria-label="Options">\(fields(options, state))\(folded, if: !limits.isEmpty)</section>
            """
    }

    /// A duration that is over; what took no millisecond did not take none.
    static func duration(_ milliseconds: Int64) -> String {
        milliseconds > 0 ? Format.duration(milliseconds: milliseconds) : "<1ms"
    }

    /// What makes one task of a form that is sent twice.
    static func once(_ once: String) -> HTML { "<input type=\"hidden\" name=\"\(FieldName.once)\" value=\"\(once)\">" }

    /// What Enter in a field presses: without it that would be the first button of the form, which takes a file away.
    static let standard: HTML = """
        <button class="hidden" name="\(FieldName.action)" value="\(FormAction.start.rawValue)" tabindex="-1" \
        aria-hidden="true"></button>
        """

    /// Where the script says that the form did not get through.
    static let notSent: HTML = "<p class=\"problem\" role=\"alert\" data-not-sent hidden></p>"

    /// The button that starts, always in sight.
    /// - Parameter keys: what presses it, in words.
    static func start(_ word: String, back: String, more: HTML = .empty, keys: String = "Ctrl Enter") -> HTML {
        """
        <div class="start-bar">\(notSent)\(more)<a class="button quiet" href="\(Address.own(back))">Cancel</a>\
        <span class="dim keys" aria-hidden="true">\(keys.split(separator: " ").map { "<kbd>\(String($0))</kbd> " as HTML })</span>\
        <button class="main" name="\(FieldName.action)" value="\(FormAction.start.rawValue)" \
        aria-keyshortcuts="Control+Enter" data-start>\(word)</button></div>
        """
    }
}
