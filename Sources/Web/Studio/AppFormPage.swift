internal import Core
internal import Plans

/// The page that publishes a plan as an app: what it is called, and what people fill in.
enum AppFormPage: Sendable {
    static func document(_ view: AppFormView) -> HTML {
        let title = view.app.map { "Change the app \($0)" } ?? "Publish \(view.plan) as an app"
        return LibraryPage.document(
            title: title, section: .plans, approvals: view.approvals, now: view.now,
            content: """
                \(LibraryPage.back(to: .plan, name: view.plan))
                <div class="headline"><h1>\(title)</h1><span class="dim">version \(LibraryPage.version(view.version))</span></div>
                <p class="dim">People run an app from the <a href="/playground">playground</a>: they see its description, fill its \
                fields, and never see the plan. It stays with this version until it is published again.</p>
                \(form(view))
                """)
    }

    private static let nameRule = Format.capitalized(PlanName.rule)

    private static func form(_ view: AppFormView) -> HTML {
        let path = DocumentKind.plan.path(view.plan, "app")
        var state = FormStateView(typed: nil, errors: view.errors)
        state.focus = view.fieldNames.first { view.errors[$0] != nil }
        let fields: [HTML] = [
            FormField.render(
                FormFieldView(
                    name: "name", label: "Name", summary: Self.nameRule, isRequired: true, control: .text,
                    initial: view.name), state: state, id: "app"),
            FormField.render(
                FormFieldView(
                    name: "description", label: "Description", summary: "What it does, for people who know no plans",
                    control: .longText, initial: view.summary), state: state, id: "app"),
        ]
        let parameters = view.parameters.enumerated().map { parameter($1, $0, state) }
        let none: HTML = "<p class=\"panel-body dim\">The plan takes no inputs: one button runs the app.</p>"
        return """
            <form class="form-page" method="post" action="\(path)" data-post novalidate>
            <input type="hidden" name="version" value="\(view.version.rawValue)">\
            <input type="hidden" name="app" value="\(view.app)"><input type="hidden" name="seen" value="\(view.seen?.rawValue)">
            \(view.errors[""].map { "<p class=\"problem\" role=\"alert\">\(NamedText.render($0))</p>" as HTML })
            \(fields)
            <section class="panel" aria-labelledby="fields-heading"><h2 id="fields-heading">What people fill in</h2>\
            \(parameters)\(none, if: view.parameters.isEmpty)</section>
            \(FormParts.notSent)
            <div class="verdicts"><button class="main">\(view.app == nil ? "Publish" : "Publish the change")</button>\
            <a class="button" href="\(DocumentKind.plan.path(view.plan))">Back</a></div></form>
            """
    }

    private static func parameter(
        _ parameter: AppFormView.Parameter, _ number: Int, _ state: FormStateView
    ) -> HTML {
        func field(
            _ name: String, _ label: String, _ control: FormFieldView.Control, _ initial: String,
            summary: String? = nil, isRequired: Bool = false
        ) -> HTML {
            FormField.render(
                FormFieldView(
                    name: "\(name)-\(number)", label: label, summary: summary, isRequired: isRequired, control: control,
                    initial: initial), state: state, id: "app")
        }
        let kinds = AppParameter.Kind.allCases.map {
            FormFieldView.Choice(text: $0.rawValue, label: $0.rawValue.replacing("_", with: " "))
        }
        let options = kinds.map { kind -> HTML in
            "<option value=\"\(kind.text)\"\(attribute: "selected", if: kind.text == parameter.kind)>\(kind.label)</option>"
        }
        let problem = state.errors["type-\(number)"]
        return """
            <div class="parameter" role="group" aria-labelledby="parameter-\(number)"><h3 id="parameter-\(number)">\
            <span class="name">\(parameter.name)</span>\
            <input type="hidden" name="parameter" value="\(parameter.name)">\
            <input type="hidden" name="input" value="\(parameter.input)"></h3>
            <div class="field\(problem == nil ? "" : " wrong")"><label for="type-\(number)">Kind of field</label>\
            <select id="type-\(number)" name="type-\(number)"\(Parts.mistaken(problem, id: "type-\(number)"))\
            \(attribute: "autofocus", if: problem != nil && state.focus == "type-\(number)")>\(options)</select>\
            \(Parts.mistake(problem, id: "type-\(number)"))</div>
            \(field("required", "Must be filled in", .checkbox, parameter.isRequired ? "true" : ""))
            <div class="wide">\(field("summary", "What to fill in", .text, parameter.summary))</div>
            <div class="field-default">\(field("default", "Filled in already", .longText, parameter.defaultText))</div>
            <div class="field-choices">\(field("choices", "Values to choose from", .longText, parameter.choices,
                summary: "One a line; only of a choice"))</div></div>
            """
    }
}
