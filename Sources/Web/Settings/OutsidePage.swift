internal import Core

/// Providers of models and MCP servers, each with a test that says how far it came.
enum OutsidePage: Sendable {
    static func providers(_ all: [OutsideView], approvals: Int, now: Timestamp) -> HTML {
        let (own, known) = (all.filter(\.isConfigured), all.filter { !$0.isConfigured })
        return SettingsFrame.document(
            .providers, approvals: approvals, now: now,
            """
            <p class="dim">A test asks one model for the word “ok”: a few tokens, which no task counts; its result stays until the next \
            start. Which provider is used is said by the plan, by <a href="/settings#setting-field-default_model"><code>default_model</code></a> or by the task.</p>
            \(section("configured", "In the settings", own, .providers, now), if: !own.isEmpty)
            \(section("known", "Known anyway", known, .providers, now), if: !known.isEmpty)
            \(SettingsFrame.example("provider-example", "A key never stands in the file: it names a secret, a variable or a file.", providerExample))
            """)
    }

    static func servers(_ all: [OutsideView], approvals: Int, now: Timestamp) -> HTML {
        let none: HTML = """
            <section class="panel empty"><h2>No MCP servers in the settings</h2>
            <p>A server of the Model Context Protocol gives tools to agents and to <code>tool</code> steps.</p></section>
            """
        return SettingsFrame.document(
            .mcp, approvals: approvals, now: now,
            """
            <p class="dim">A server is reached when a task first needs it. A test reaches it now, starting its program if need be, \
            and asks which tools it has; none is called.</p>
            \(all.isEmpty ? none : section("servers", "In the settings", all, .mcp, now))
            \(SettingsFrame.example("server-example", "A program that speaks on stdin and stdout, or an address.", serverExample))
            """)
    }

    /// One of them; also the answer to its test.
    static func item(_ view: OutsideView, _ part: SettingsPart, now: Timestamp) -> HTML {
        let id = "outside-\(ElementID.field(view.name))"
        let path = "\(part.path)/\(Escape.part(view.name))/test"
        let facts = view.facts.map { "<dt>\($0.0)</dt><dd>\(NamedText.render($0.1))</dd>" as HTML }
        return """
            <div class="outside" id="\(id)"><div class="headline"><h3 class="name">\(view.name)</h3>\(badge(view.state))
            <form method="post" action="\(path)" hx-post="\(path)" hx-target="#\(id)" hx-swap="outerMorph" hx-disable="find button">\
            \(model(view, id), if: part == .providers)<button aria-label="Test \(view.name)">Test</button></form></div>
            <dl class="pairs">\(facts)</dl>
            \(view.problem.map { "<p class=\"\(view.isConfigured ? "problem" : "dim")\">\(NamedText.render($0))</p>" as HTML })
            \(view.test.map { TestReport.render($0, now: now) })</div>

            """
    }

    private static func section(
        _ id: StaticString, _ heading: HTML, _ all: [OutsideView], _ part: SettingsPart, _ now: Timestamp
    ) -> HTML {
        """
        <section class="panel" aria-labelledby="\("\(id)")-heading"><h2 id="\("\(id)")-heading">\(heading)</h2>\
        \(all.map { item($0, part, now: now) })</section>
        """
    }

    private static func model(_ view: OutsideView, _ id: String) -> HTML {
        let (wrong, problem): (HTML, HTML) =
            view.modelProblem.map { text in
                (
                    " aria-invalid=\"true\" aria-describedby=\"\(id)-problem\"",
                    "<p class=\"problem\" id=\"\(id)-problem\" role=\"alert\">\(NamedText.render(text))</p>"
                )
            } ?? (.empty, .empty)
        let options = view.models.map { "<option value=\"\($0)\"></option>" as HTML }
        return """
            <input type="text" name="model" aria-label="Model of \(view.name) to ask" value="\(view.test?.asked ?? view.models.first)" \
            list="\(id)-models" placeholder="model to ask" autocomplete="off" spellcheck="false"\(wrong)>\
            <datalist id="\(id)-models">\(options)</datalist>\(problem)
            """
    }

    private static func badge(_ state: OutsideView.State) -> HTML {
        switch state {
        // Nobody has tried whether it answers.
        case .configured: Parts.badge(.queued, word: "Not tested")
        case .tested: Parts.badge(.completed, word: "Answers")
        case .connected: Parts.badge(.completed, word: "Connected")
        case .idle: Parts.badge(.queued, word: "Not needed yet")
        case .incomplete: Parts.badge(.waiting, word: "Not complete")
        case .failed: Parts.badge(.failed, word: "Failed")
        }
    }

    private static let providerExample = """
        providers:
          work: { kind: anthropic, key: { secret: WORK_KEY } }
          ollama: { base_url: "http://127.0.0.1:11434/v1" }
        default_model: ollama/qwen3
        """

    private static let serverExample = """
        mcp_servers:
          stock: { command: [/srv/stock/venv/bin/python3, /srv/stock/stock.py], timeout: 20s }
          orders: { url: "https://orders.example.org/mcp", headers: { Authorization: { secret: ORDERS } } }
        """
}

/// What a test of a connection has found, check by check.
enum TestReport: Sendable {
    static func render(_ test: TestView, now: Timestamp) -> HTML {
        let asked: HTML = test.asked.map { " <span class=\"dim\">asked \(NamedText.render($0))</span>" } ?? .empty
        return """
            <div class="test" role="status"><p>\(Parts.badge(test.isFine ? .completed : .failed, word: test.isFine ? "It works" : "It does not work")) \
            <span class="dim number">in \(Format.duration(milliseconds: test.milliseconds))</span>\(asked) \
            <span class="dim">\(Parts.age(test.at, now: now))</span></p>\
            <ol class="checks">\(test.checks.map(check))</ol></div>
            """
    }

    private static func check(_ check: TestView.Check) -> HTML {
        let state: DisplayState =
            switch check.isPassed {
            case true?: .completed
            case false?: .failed
            case nil: .queued
            }
        let word = check.isPassed.map { $0 ? "passed" : "failed" } ?? "not known"
        return """
            <li class="tone-\(state.tone.rawValue)">\(Icons.lamp(state))<span>\(check.name)<span class="hidden">: \(word)</span></span>\
            <span>\(check.detail.map { NamedText.render($0) } ?? "<span class=\"dim\">\(word)</span>")\
            \(check.hint.map { "<span class=\"dim\"> \(NamedText.render($0))</span>" as HTML })</span></li>
            """
    }
}
