internal import Core

/// The page of one agent at `/agents/NAME`.
enum AgentPage: Sendable {
    static func document(_ view: AgentView) -> HTML {
        LibraryPage.document(
            title: view.name, section: .agents, approvals: view.approvals, now: view.now, isInPlace: true,
            content: """
                \(LibraryPage.back(to: .agent))
                \(head(view))
                \(older(view), if: !view.isShownLatest)
                \(view.problem.map { "<p class=\"problem\" role=\"alert\">\(NamedText.render($0))</p>" as HTML })
                <div class="columns library-columns"><div>\(text(view))\(AgentMemory.render(view))</div>
                <div>\(facts(view))\(versions(view))</div></div>
                """)
    }

    /// The model of an agent.
    static func model(_ model: String?) -> HTML {
        guard let model else { return "<span class=\"dim\">the default model</span>" }
        return Parts.model(ModelView(name: model))
    }

    /// Links to plans.
    static func plans(_ names: [String], none: String) -> HTML {
        guard !names.isEmpty else { return Parts.absent(none) }
        let shown = names.prefix(12).map { "<li><a href=\"\(DocumentKind.plan.path($0))\">\($0)</a></li>" as HTML }
        return """
            <ul class="plan-names">\(shown)\("<li class=\"dim\">and \(names.count - 12) more</li>", if: names.count > 12)</ul>
            """
    }

    private static func head(_ view: AgentView) -> HTML {
        let path = DocumentKind.agent.path(view.name)
        let version = view.shown.hash.rawValue
        let actions: HTML =
            view.isArchived
            ? LibraryPage.action("\(path)/restore", "Restore", style: "main")
            : """
            \(LibraryPage.action("\(path)/archive", "Archive"))\
            <a class="button" href="\(path)/file?version=\(version)" download>Export</a>\
            <a class="button" href="/tasks/new?mode=instructions&agent=\(Escape.part(view.name))">Give it a task</a>\
            <a class="button main" href="\(path)/edit\(view.isShownLatest ? "" : "?version=\(version)")">Edit</a>
            """
        return """
            <header class="task-head"><div class="headline"><h1 class="name">\(view.name)</h1>\
            \(LibraryState.archived.label, if: view.isArchived)<div class="task-actions">\(actions)</div></div>
            \(view.summary.map { "<p class=\"plan\">\(NamedText.render($0))</p>" as HTML })</header>
            """
    }

    private static func older(_ view: AgentView) -> HTML {
        let path = DocumentKind.agent.path(view.name)
        return """
            <p class="notice">You see version \(LibraryPage.version(view.shown.hash)), which is not the latest. \
            <a href="\(path)">Show the latest</a> · \
            <a href="\(path)/diff?from=\(view.shown.hash.rawValue)&to=\(view.latest.rawValue)">What changed since</a></p>
            """
    }

    private static func text(_ view: AgentView) -> HTML {
        """
        <section class="panel" aria-labelledby="text-heading"><div class="panel-head"><h2 id="text-heading">Document</h2>\
        \(Parts.copyButton(element: "agent-text", what: "the document"))</div>\
        <div class="panel-body"><pre id="agent-text" tabindex="0">\(NamedText.render(view.text))</pre></div></section>
        """
    }

    private static func facts(_ view: AgentView) -> HTML {
        let tools = view.tools.map { "<li><code>\(NamedText.render($0))</code></li>" as HTML }
        let files = view.files.map { file -> HTML in
            "<li><code>\(file.path)</code> <span class=\"dim\">\(Format.size(bytes: file.bytes))</span></li>"
        }
        return """
            <section class="panel" aria-labelledby="about-heading"><h2 id="about-heading">About</h2>\
            <dl class="pairs panel-body"><dt>Model</dt><dd>\(model(view.model))</dd>
            \(view.thinking.map { "<dt>Thinking</dt><dd>\($0)</dd>" as HTML })\
            <dt>Tools</dt><dd>\(tools.isEmpty ? "none" : "<ul>\(tools)</ul>" as HTML)</dd>
            \("<dt>Files</dt><dd><ul>\(files)</ul></dd>", if: !files.isEmpty)\
            <dt>Plans</dt><dd>\(plans(view.plans, none: "No saved plan takes it from the library"))</dd></dl></section>
            """
    }

    private static func versions(_ view: AgentView) -> HTML {
        let path = DocumentKind.agent.path(view.name)
        let isSingle = view.versionTotal < 2
        let standard = (view.versions.dropFirst().first ?? view.versions.first)?.hash
        let rows = view.versions.map { version -> HTML in
            """
            <li\(attribute: "aria-current", version.hash == view.shown.hash ? "true" : nil)>\
            <span class="compare"><input type="radio" name="from" value="\(version.hash.rawValue)" \
            aria-label="Compare from \(version.hash.short)"\(attribute: "checked", if: version.hash == standard)>\
            <input type="radio" name="to" value="\(version.hash.rawValue)" \
            aria-label="Compare to \(version.hash.short)"\(attribute: "checked", if: version.hash == view.versions.first?.hash)></span>\
            <div><a href="\(path)?version=\(version.hash.rawValue)">\(LibraryPage.version(version.hash))</a>\
            \("<span class=\"label\">latest</span>", if: version.hash == view.latest)
            \(LibraryPage.saved(by: version.author, at: version.savedAt, note: version.note, now: view.now))\
                \(LibraryPage.earlier(version, now: view.now))</div></li>
            """
        }
        let pager = Pager(
            page: view.page, pageCount: view.pageCount, pageSize: AgentView.pageSize, total: view.versionTotal,
            isInPlace: true, label: "Pages of versions")
        return """
            <section class="panel" aria-labelledby="versions-heading">\
            <form method="get" action="\(path)/diff" class="versions\(isSingle ? " single" : "")">\
            <div class="panel-head"><h2 id="versions-heading">Versions \
            <span class="dim number">\(Format.grouped(Int64(view.versionTotal)))</span></h2>\
            \("<button class=\"quiet\">Compare the marked two</button>", if: !isSingle)</div>
            <ol>\(rows)</ol></form>\(pager.render { "\(path)?page=\($0)" }, if: view.pageCount > 1)</section>
            """
    }
}
