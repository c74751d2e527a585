internal import Core

/// The page at `/tasks/{number}/restart`: the task as it was given, to be changed, beside what a restart would do.
public enum RestartPage: Sendable {
    public static func document(_ view: RestartView) -> HTML {
        let title = "Edit & restart \(view.task.number)"
        return Layout.document(
            Layout.Page(
                title: title, streamPath: nil, approvals: view.approvals,
                fragment: Layout.fragment(
                    title: title, state: nil, now: view.now, approvals: view.approvals,
                    content: """
                        <nav class="back" aria-label="Path"><a href="/tasks/\(view.task.number.rawValue)">\
                        <span aria-hidden="true">←</span> Task \(view.task.number.description)</a></nav>
                        <div class="headline"><h1>Edit &amp; restart</h1>\(Parts.task(view.task))</div>
                        <p class="lead dim">The original stays as it is. The new task takes over what your changes do not touch.</p>
                        \(notice(view.notice))
                        \(view.refusal.map(refused) ?? form(view))
                        """),
                styles: [Assets.formStyles], scripts: [Assets.formScript]))
    }

    private static func notice(_ text: String?) -> HTML {
        guard let text else { return .empty }
        return """
            <p class="notice amber" role="note">\(Icons.lamp(.approvalRequired))<span>\(NamedText.render(text))</span></p>
            """
    }

    private static func refused(_ reason: String) -> HTML {
        """
        <section class="panel empty"><h2>Not yet</h2><p>\(NamedText.render(reason))</p></section>
        """
    }

    private static func form(_ view: RestartView) -> HTML {
        let preview: HTML = """
            <button name="\(FieldName.action)" value="\(FormAction.preview.rawValue)" class="without-script">Preview</button>
            """
        return """
            <form id="task-form" class="task-form" method="post" action="\(view.path)" enctype="multipart/form-data" \
            data-post data-starts novalidate>
            \(FormParts.once(view.once))\(FormParts.standard)\(FormParts.message(view.state.message))
            <div class="columns"><div class="primary">
            <section class="panel fields" aria-labelledby="given"><h2 id="given">What it is given</h2>\
            <div class="subject"><div><p><b class="name">\(NamedText.render(view.plan))</b>\
            \(view.summary.map { "<span class=\"dim\"> — \(NamedText.render($0))</span>" as HTML })</p></div></div>\
            \(view.version.map { FormParts.fields([$0], view.state) })\
            \(FormParts.fields(view.fields, view.state))\(FileField.render(view.files, urls: view.state))</section>
            \(outputs(view), if: !view.outputs.isEmpty)
            </div>
            <div class="secondary">\(PreviewPanel.render(view.preview, path: "\(view.path)/preview"))\
            \(FormParts.options(view.options, limits: view.limits, view.state))</div></div>
            \(FormParts.start("Save & restart", back: "/tasks/\(view.task.number.rawValue)", more: preview))
            </form>
            """
    }

    private static func outputs(_ view: RestartView) -> HTML {
        let list = RecordedOutput.list(
            view.outputs, hidden: view.hiddenOutputs, after: view.outputsBefore, path: view.path, view.state)
        return """
            <section class="panel fields" aria-labelledby="recorded"><h2 id="recorded">Recorded outputs</h2>\
            <p class="dim">What a finished step handed over can be put right by hand. Then that step does not run again, and \
            whatever needs it does.</p>\
            <ul class="recorded">\(list)</ul></section>
            """
    }
}
