internal import Core

/// What an agent keeps from one task to the next: to be looked at, and deleted after a question.
enum AgentMemory: Sendable {
    static func render(_ view: AgentView) -> HTML {
        let entries = view.memory.map { entry($0, of: view.name, now: view.now) }
        let none: HTML = """
            <p class="panel-body dim">It keeps nothing. An agent with the tools <code>remember</code> and <code>recall</code> \
            keeps what it is to know in later tasks.</p>
            """
        return """
            <section class="panel" aria-labelledby="memory-heading"><div class="panel-head">\
            <h2 id="memory-heading">Memory <span class="dim number">\(view.memory.count)</span></h2></div>\
            \(entries)\(none, if: entries.isEmpty)</section><div id="asks"></div>
            """
    }

    private static func entry(_ entry: AgentView.Memory, of agent: String, now: Timestamp) -> HTML {
        let path = "\(DocumentKind.agent.path(agent))/memory/forget"
        return """
            <div class="memory-entry"><div><b class="name">\(NamedText.render(entry.name))</b> <span class="dim">\
            \(Parts.age(entry.savedAt, now: now)) in <a href="/tasks/\(entry.task.rawValue)">\(entry.task.description)</a>\
            </span></div>
            <a class="button quiet stop" href="\(path)?entry=\(Escape.part(entry.name))" hx-get="\(path)?entry=\(Escape.part(entry.name))" \
            hx-target="#asks" hx-swap="innerHTML" aria-label="Delete \(NamedText.plain(entry.name))">Delete</a>
            <pre>\(NamedText.render(entry.text))</pre></div>
            """
    }

    /// The question before an entry is deleted.
    static func dialog(_ entry: String, of agent: String) -> HTML {
        """
        <dialog id="forget-dialog" aria-labelledby="forget-heading"><h2 id="forget-heading">Delete this from its memory?</h2>\
        \(question(entry, of: agent, keep: "<button form=\"forget-keep\" autofocus>Keep it</button>"))\
        <form method="dialog" id="forget-keep"></form></dialog>
        """
    }

    /// The same as a page, for browsers without scripts.
    static func document(_ entry: String, of agent: String, approvals: Int, now: Timestamp) -> HTML {
        LibraryPage.document(
            title: "Delete from memory", section: .agents, approvals: approvals, now: now,
            content: """
                <section class="panel empty"><h1>Delete this from its memory?</h1>
                \(question(entry, of: agent, keep: "<a class=\"button\" href=\"\(DocumentKind.agent.path(agent))\">Keep it</a>"))\
                </section>
                """)
    }

    private static func question(_ entry: String, of agent: String, keep: HTML) -> HTML {
        let path = "\(DocumentKind.agent.path(agent))/memory/forget"
        return """
            <p class="which name">\(NamedText.render(entry))</p>\
            <p>Tasks from now on do not know it any more. What earlier tasks did with it stays in their record.</p>\
            \(Parts.problem)<form method="post" action="\(path)" hx-post="\(path)" hx-swap="none">\
            <input type="hidden" name="entry" value="\(entry)"><div class="dialog-actions">\(keep)\
            <button class="danger">Delete</button></div></form>
            """
    }
}
