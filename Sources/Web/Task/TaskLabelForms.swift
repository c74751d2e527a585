internal import API
internal import Core

/// What people call a task, changed where it stands: its name, and its tags.
enum TaskLabelForms: Sendable {
    /// The pencil beside the name, which opens a field in its place.
    static func rename(_ state: RenameState) -> HTML {
        """
        <details class="edit" id="rename" data-closes><summary class="icon quiet button" title="Rename">\(Icons.pencil)\
        <span class="hidden">Rename</span></summary>\(renameForm(state))</details>
        """
    }

    /// The form alone: with a message when the name was not taken.
    static func renameForm(_ state: RenameState) -> HTML {
        let path = "/tasks/\(state.task.rawValue)/name"
        return """
            <form class="rename-form" id="rename-form" method="post" action="\(path)" hx-post="\(path)" hx-swap="none" \
            hx-status:422="swap:outerHTML" hx-disable="find button">\
            <label class="hidden" for="rename-name">Name</label><input type="text" id="rename-name" name="name" required \
            maxlength="\(Limits.taskNameLengthMaximum)" value="\(state.message == nil ? NamedText.plain(state.name) : state.name)" autocomplete="off"\
            \(Parts.mistaken(state.message, id: "rename-name"))><button class="main">Rename</button>\
            \(Parts.mistake(state.message, id: "rename-name"))</form>
            """
    }

    /// Each tag with the way to take it off, and a field for more.
    static func tags(_ tags: [String], of task: TaskNumber, isLive: Bool, message: String? = nil) -> HTML {
        guard isLive || !tags.isEmpty else { return .empty }
        let path = "/tasks/\(task.rawValue)/tags"
        let chips = tags.map { tag -> HTML in
            let name = NamedText.render(tag)
            guard isLive else { return "<li class=\"tag\">\(name)</li>" }
            return """
                <li class="tag"><a href="/tasks?tag=\(Attachment.percentEncoded(tag))">\(name)</a>\
                <form method="post" action="\(path)" hx-post="\(path)" hx-swap="none" hx-disable="find button">\
                <button class="icon quiet" name="remove" value="\(tag)" aria-label="Take off the tag \(NamedText.plain(tag))" \
                title="Take off">\(Icons.close)</button></form></li>
                """
        }
        return """
            <div class="tags"><ul aria-label="Tags">\(chips)</ul>\(add(path, message), if: isLive)</div>
            """
    }

    private static func add(_ path: String, _ message: String?) -> HTML {
        """
        <details class="edit" id="add-tag" data-closes><summary class="quiet button" title="Add a tag">+ Tag</summary>\
        \(tagForm(path, typed: "", message))</details>
        """
    }

    /// The form alone: with a message when a tag was not taken.
    static func tagForm(_ path: String, typed: String, _ message: String?) -> HTML {
        """
        <form class="tag-form" id="tag-form" method="post" action="\(path)" hx-post="\(path)" hx-swap="none" \
        hx-status:422="swap:outerHTML" hx-disable="find button">\
        <label class="hidden" for="tag-name">Tag</label><input type="text" id="tag-name" name="add" required \
        placeholder="several, with commas" value="\(typed)" autocomplete="off"\(Parts.mistaken(message, id: "tag-name"))>\
        <button class="main">Add</button>\(Parts.mistake(message, id: "tag-name"))</form>
        """
    }

    /// A form as a page, where a browser without scripts is told what is wrong with it.
    static func document(_ form: HTML, title: String, task: TaskNumber, approvals: Int) -> HTML {
        Layout.document(
            Layout.Page(
                title: title, streamPath: nil, approvals: approvals,
                fragment: """
                    <section class="panel empty"><h1>\(title)</h1>\(form)\
                    <p><a href="/tasks/\(task.rawValue)">Back to the task</a></p></section>
                    """))
    }
}
