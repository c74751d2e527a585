internal import Core

/// The pages at `/playground` and `/playground/{app}`.
public enum PlaygroundPage: Sendable {
    public static func document(_ view: PlaygroundView) -> HTML {
        let title = view.app?.name ?? "Playground"
        return Layout.document(
            Layout.Page(
                title: title, streamPath: nil, section: .playground, approvals: view.approvals,
                fragment: Layout.fragment(
                    title: title, state: nil, now: view.now, approvals: view.approvals,
                    content: view.app.map { app($0, view) } ?? list(view)),
                styles: [Assets.formStyles], scripts: [Assets.formScript]))
    }

    private static func list(_ view: PlaygroundView) -> HTML {
        guard let picker = view.picker else { return .empty }
        return """
            <div class="headline"><h1>Playground</h1></div>
            <p class="lead dim">Apps are plans that somebody has published to be run by everybody.</p>
            \(Picker.render(picker, label: "Search apps by name and description", empty: empty, now: view.now))
            """
    }

    private static let empty: HTML = """
        <section class="panel empty"><h2>No apps yet</h2>
        <p>An app is a version of a plan with a description and parameters. Publish a saved plan as an app on its page, or \
        with a command:</p>
        <div class="command"><code id="publish-command">signalbox apps publish PLAN</code>\
        \(Parts.copyButton(element: "publish-command", what: "the command"))</div>
        <div class="dialog-actions"><a class="button" href="/plans">Go to the plans</a></div></section>
        """

    private static func app(_ app: PlaygroundView.App, _ view: PlaygroundView) -> HTML {
        """
        <nav class="back" aria-label="Path"><a href="/playground"><span aria-hidden="true">←</span> Playground</a></nav>
        <div class="headline"><h1 class="name">\(NamedText.render(app.name))</h1></div>
        \(app.summary.map { "<p class=\"lead\">\(NamedText.render($0))</p>" as HTML })
        <p class="dim">Plan <a href="/plans/\(app.plan)">\(NamedText.render(app.plan))</a>, published \
        \(Parts.age(app.publishedAt, now: view.now))\(app.author.map { " by \(NamedText.render($0))" as HTML })</p>
        <form id="task-form" class="task-form app-form" method="post" action="/playground/\(app.name)" \
        enctype="multipart/form-data" data-post data-starts="enter" novalidate>
        \(FormParts.once(view.once))\(FormParts.standard)\(FormParts.message(view.state.message))
        <div class="columns"><div class="primary"><section class="panel fields" aria-label="Parameters">\
        \(view.fields.map { field($0, view.state) })\
        \("<p class=\"dim\">This app asks for nothing.</p>", if: view.fields.isEmpty)</section></div>
        <div class="secondary">\(FormParts.options(view.options, limits: view.limits, view.state))</div></div>
        \(FormParts.start("Run", back: "/playground", keys: "Enter"))
        </form>
        """
    }

    private static func field(_ field: PlaygroundView.Field, _ state: FormStateView) -> HTML {
        switch field {
        case .value(let field): FormParts.fields([field], state)
        case .file(let target, let label, let summary, let isRequired, let files):
            FileField.render(
                files, target: target, label: label, note: summary, isRequired: isRequired, isSingle: true,
                error: state.errors[target], urls: state)
        }
    }
}
