internal import Core

/// The page at `/tasks/new`: plain forms, which a script makes quicker.
public enum ComposerPage: Sendable {
    public static func document(_ view: ComposerView) -> HTML {
        Layout.document(
            Layout.Page(
                title: "New task", streamPath: nil, approvals: view.approvals,
                fragment: Layout.fragment(
                    title: "New task", state: nil, now: view.now, approvals: view.approvals,
                    content: """
                        <div class="headline"><h1>New task</h1></div>
                        \(modes(view))
                        \(content(view))
                        """),
                styles: [Assets.formStyles], scripts: [Assets.formScript]))
    }

    /// With a script, what was typed goes along to the other mode.
    private static func modes(_ view: ComposerView) -> HTML {
        let links = ComposerMode.allCases.map { mode -> HTML in
            let current = mode == view.mode ? "page" : nil
            let plan = mode == .json && view.mode == .plan ? view.subject.map { "&plan=\($0.plan)" } ?? "" : ""
            return """
                <a href="\(mode.path)\(plan)"\(attribute: "aria-current", current)\
                 data-redraw>\(mode.word)</a>
                """
        }
        return "<nav class=\"task-parts\" aria-label=\"What the task is to do\">\(links)</nav>"
    }

    private static func content(_ view: ComposerView) -> HTML {
        if let picker = view.picker {
            return "\(waiting(view))\(view.mode == .plan ? plans(picker, view) : tasks(picker, view))"
        }
        return form(view)
    }

    private static func plans(_ picker: PickerView, _ view: ComposerView) -> HTML {
        let empty: HTML = """
            <section class="panel empty"><h2>No plans yet</h2><p>A plan says which steps a task goes through. \
            It appears here as soon as it is saved.</p><div class="dialog-actions">\
            <a class="button" href="/plans/new">Write a plan</a></div></section>
            """
        return Picker.render(picker, label: "Search plans by name and description", empty: empty, now: view.now)
    }

    private static func tasks(_ picker: PickerView, _ view: ComposerView) -> HTML {
        let empty: HTML = """
            <section class="panel empty"><h2>No tasks yet</h2><p>Once a task has run, it can be started again here with \
            the same or other inputs.</p></section>
            """
        return Picker.render(picker, label: "Search tasks by name, number and prompt", empty: empty, now: view.now)
    }

    /// What was typed before, while a plan or a task is chosen.
    private static func waiting(_ view: ComposerView) -> HTML {
        guard let left = view.left else { return .empty }
        return """
            <form id="task-form" hidden method="post" action="\(Address.own(view.path))" enctype="multipart/form-data" \
            data-post data-starts data-dirty="yes">\(carried(view, mode: left.mode, plan: left.plan))\
            \(view.files.map { hidden(FieldName.file(FieldName.files), $0.json.text) })</form>
            """
    }

    private static func carried(_ view: ComposerView, mode: ComposerMode, plan: String?) -> HTML {
        let fields = view.carried.sorted { $0.key < $1.key }.map { hidden($0.key, $0.value) }
        return """
            \(FormParts.once(view.once))\(hidden(FieldName.shownMode, mode.rawValue))\
            \(plan.map { hidden(FieldName.shownPlan, $0) })\(view.boxes.map { hidden($0, "shown") })\(HTML(fields))
            """
    }

    private static func hidden(_ name: String, _ value: String) -> HTML {
        "<input type=\"hidden\" name=\"\(name)\" value=\"\(value)\">"
    }

    private static func form(_ view: ComposerView) -> HTML {
        """
        <form id="task-form" class="task-form" method="post" action="\(Address.own(view.path))" enctype="multipart/form-data" \
        data-post data-starts novalidate>
        \(carried(view, mode: view.mode, plan: view.subject?.plan))
        \(FormParts.standard)\(FormParts.message(view.state.message))
        <div class="columns"><div class="primary"><section class="panel fields" aria-label="What the task is to do">
        \(subject(view))\
        \(view.notice.map { "<p class=\"notice\">\(NamedText.render($0))</p>" as HTML })\
        \(FormParts.fields(view.fields, view.state))\
        \("<p class=\"dim\">This plan takes no inputs.</p>", if: view.fields.isEmpty && view.mode != .json)\
        \(check, if: view.mode == .json)\
        \(FileField.render(view.files, note: fileNote(view.mode), urls: view.state))
        </section></div>
        <div class="secondary">\(FormParts.options(view.options, limits: view.limits, view.state))</div></div>
        \(FormParts.start("Start task", back: "/tasks"))
        </form>
        """
    }

    private static func fileNote(_ mode: ComposerMode) -> String? {
        mode == .json ? "They are added to “files” of the request." : nil
    }

    /// Filled in while somebody types; it says which files make an editor of the field above.
    private static let check: HTML = """
        <div id="json-check" class="check-result" aria-live="polite" hx-post="/tasks/new/check" \
        data-editor="\(Assets.jsonScript.path)" data-editor-styles="\(Assets.jsonStyles.path)" \
        hx-trigger="load, input delay:350ms from:#task-form" hx-swap="innerMorph"></div>
        """

    private static func subject(_ view: ComposerView) -> HTML {
        guard let subject = view.subject, view.mode != .json else { return .empty }
        let other = view.mode == .plan ? "Another plan" : "Another task"
        let task: HTML = subject.task.map { "<p>\(Parts.task($0))</p>" } ?? .empty
        return """
            <div class="subject"><div><h2 class="name">\(NamedText.render(subject.plan))</h2>\(task)\
            \(subject.summary.map { "<p class=\"dim\">\(NamedText.render($0))</p>" as HTML })</div>\
            <a class="button quiet" href="\(view.mode.path)" data-redraw>\(other)</a></div>\
            \(subject.version.map { FormParts.fields([$0], view.state) })
            """
    }
}
