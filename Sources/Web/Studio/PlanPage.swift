internal import Core

/// The page of one plan at `/plans/NAME`.
enum PlanPage: Sendable {
    static func document(_ view: PlanView) -> HTML {
        LibraryPage.document(
            title: view.name, section: .plans, approvals: view.approvals, now: view.now, isInPlace: true,
            styles: [Assets.chartStyles], scripts: [Assets.chartScript],
            content: """
                \(LibraryPage.back(to: .plan))
                \(head(view))
                \(older(view), if: !view.isShownLatest)
                \(view.problem.map { "<p class=\"problem\" role=\"alert\">\(NamedText.render($0))</p>" as HTML })
                <div class="columns library-columns"><div>\(drawing(view))\(inputs(view))</div>
                <div>\(facts(view))\(PlanVersions.render(view))\(apps(view))</div></div>
                """)
    }

    private static func head(_ view: PlanView) -> HTML {
        let path = DocumentKind.plan.path(view.name)
        return """
            <header class="task-head"><div class="headline"><h1 class="name">\(view.name)</h1>\
            <span class="standings">\(view.states.map(\.label))</span>\
            <div class="task-actions">\(actions(view, path))</div></div>
            \(view.summary.map { "<p class=\"plan\">\(NamedText.render($0))</p>" as HTML })</header>
            """
    }

    private static func actions(_ view: PlanView, _ path: String) -> HTML {
        let version = view.shown.hash.rawValue
        let export: HTML = "<a class=\"button\" href=\"\(path)/file?version=\(version)\" download>Export</a>"
        guard !view.isArchived else {
            return "\(export)\(LibraryPage.action("\(path)/restore", "Restore", style: "main"))"
        }
        let isPublished = view.published == view.shown.hash
        return """
            \(LibraryPage.action("\(path)/archive", "Archive"))\(export)\
            <a class="button" href="\(path)/app?version=\(version)">Publish as an app</a>\
            \(LibraryPage.action("\(path)/publish", "Publish", fields: [("version", version)]), if: !isPublished)\
            \(LibraryPage.action("\(path)/unpublish", "Unpublish"), if: isPublished)\
            <a class="button" href="\(path)/edit\(view.isShownLatest ? "" : "?version=\(version)")">Edit</a>\
            <a class="button main" href="/tasks/new?mode=plan&plan=\(Escape.part(view.name))">Run</a>
            """
    }

    private static func older(_ view: PlanView) -> HTML {
        """
        <p class="notice">You see version \(LibraryPage.version(view.shown.hash)), which is not the latest. \
        <a href="\(DocumentKind.plan.path(view.name))">Show the latest</a> · \
        <a href="\(DocumentKind.plan.path(view.name))/diff?from=\(view.shown.hash.rawValue)&to=\(view.latest.rawValue)">\
        What changed since</a></p>
        """
    }

    private static func drawing(_ view: PlanView) -> HTML {
        let path = DocumentKind.plan.path(view.name)
        let version = view.isShownLatest ? "" : "&version=\(view.shown.hash.rawValue)"
        let outline = PlanOutline.render(view.outline) {
            "\(path)/edit?step=\(Escape.part($0.path.rawValue))\(version)"
        }
        guard let flowchart = view.flowchart else {
            return """
                <section class="panel" aria-labelledby="steps-heading"><h2 id="steps-heading">Steps</h2>\
                <div class="panel-body">\(outline)</div></section>
                """
        }
        return PlanDrawing.render(flowchart, outline: outline)
    }

    private static func standard(_ text: String) -> HTML {
        text.isEmpty ? "an empty text" : "<code>\(NamedText.render(text))</code>"
    }

    private static func inputs(_ view: PlanView) -> HTML {
        guard !view.inputs.isEmpty else { return .empty }
        let rows = view.inputs.map { input -> HTML in
            """
            <dt><span class="name">\(input.name)</span></dt><dd>\(input.type)\
            \(" <span class=\"label\">required</span>", if: input.isRequired)\
            \(input.defaultText.map { " <span class=\"dim\">default</span> \(standard($0))" as HTML })\
            \(input.summary.map { "<p class=\"dim\">\(NamedText.render($0))</p>" as HTML })</dd>
            """
        }
        return """
            <section class="panel" aria-labelledby="inputs-heading"><h2 id="inputs-heading">Inputs</h2>\
            <dl class="pairs panel-body">\(rows)</dl></section>
            """
    }

    private static func facts(_ view: PlanView) -> HTML {
        let agents = view.agents.map { agent -> HTML in
            let model: HTML = agent.model.map { " <span class=\"dim model\">\(NamedText.render($0))</span>" } ?? .empty
            let name: HTML =
                agent.library.map { "<a href=\"\(DocumentKind.agent.path($0))\">\(agent.name)</a>" }
                ?? "<span class=\"name\">\(agent.name)</span>"
            return "<li>\(name)\(model)</li>"
        }
        let files = view.files.map { file -> HTML in
            "<li><code>\(file.path)</code> <span class=\"dim\">\(Format.size(bytes: file.bytes))</span></li>"
        }
        let tasks: HTML =
            view.taskCount == 0
            ? "none yet"
            : "<a href=\"/tasks?plan=\(Escape.part(view.name))\">\(Format.count(view.taskCount, "task"))</a>"
        return """
            <section class="panel" aria-labelledby="about-heading"><h2 id="about-heading">About</h2>\
            <dl class="pairs panel-body"><dt>Tasks</dt><dd>\(tasks)</dd>
            <dt>Runs</dt><dd>\(runs(view))</dd>
            \("<dt>Agents</dt><dd><ul>\(agents)</ul></dd>", if: !agents.isEmpty)\
            \("<dt>Outputs</dt><dd>\(view.outputs.joined(separator: ", "))</dd>", if: !view.outputs.isEmpty)\
            \("<dt>Files</dt><dd><ul>\(files)</ul></dd>", if: !files.isEmpty)</dl></section>
            """
    }

    private static func runs(_ view: PlanView) -> HTML {
        if view.isArchived { return "nobody runs it while it is archived" }
        guard let published = view.published else {
            return "\(LibraryPage.version(view.latest)), the latest: nothing is published"
        }
        return "\(LibraryPage.version(published)), the published version"
    }

    private static func apps(_ view: PlanView) -> HTML {
        guard !view.apps.isEmpty else { return .empty }
        let path = DocumentKind.plan.path(view.name)
        let rows = view.apps.map { app -> HTML in
            let open: HTML =
                app.isArchived
                ? "<span class=\"name\">\(app.name)</span> \(LibraryState.archived.label)"
                : "<a class=\"name\" href=\"/playground/\(Escape.part(app.name))\">\(app.name)</a>"
            return """
                <li>\(open) <span class="dim">\(Format.count(app.parameterCount, "parameter"))</span>\
                \(app.summary.map { "<p class=\"dim\">\(NamedText.render($0))</p>" as HTML })
                <div class="row-actions"><a class="button quiet" href="\(path)/app?app=\(Escape.part(app.name))">Change</a>\
                \(LibraryPage.action("\(path)/app/\(app.isArchived ? "restore" : "archive")", app.isArchived ? "Restore" : "Archive",
                    style: "quiet", fields: [("app", app.name)], label: "\(app.isArchived ? "Restore" : "Archive") the app \(app.name)"))\
                </div></li>
                """
        }
        return """
            <section class="panel" aria-labelledby="apps-heading"><h2 id="apps-heading">Apps of it</h2>\
            <ul class="panel-body app-list">\(rows)</ul></section>
            """
    }
}
