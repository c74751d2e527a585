internal import Core

/// The editor of plans and agents: a text with its files, and beside it what the server says of it. Without scripts it is a
/// form with a button that checks.
enum DocumentEditor: Sendable {
    static func document(_ view: DocumentEditorView) -> HTML {
        let title = title(view.name, view.kind)
        return LibraryPage.document(
            title: title, section: view.kind.section, approvals: view.approvals, now: view.now, isInPlace: true,
            styles: [Assets.chartStyles, Assets.editorStyles], scripts: [Assets.chartScript, Assets.editorScript],
            content: """
                <div id="editor-way">\(LibraryPage.back(to: view.kind, name: view.name))</div>
                <div class="headline"><h1 id="editor-title">\(title)</h1>\
                <span id="editor-version" class="dim">\((view.began ?? view.base).map(origin))</span>\
                <span id="unsaved" class="label" hidden>not saved</span></div>
                \(view.jumpNote.map { "<p class=\"notice\">\(NamedText.render($0))</p>" as HTML })
                <div id="editor-starts">\(templates(view))</div>
                \(form(view))
                """)
    }

    /// What the script asks for while somebody types: both pieces have a place of their own, and the drawing stays as it
    /// was while there are mistakes.
    static func checked(_ check: DocumentCheckView, kind: DocumentKind) -> HTML {
        """
        \(DocumentCheck.render(check, kind: kind))\
        \(check.drawing.map { "<div id=\"drawing\" class=\"drawing\" hx-swap-oob=\"innerHTML\">\($0)</div>" as HTML })
        """
    }

    /// What is said of a text that was just saved: also the head of the page tells what it is now.
    static func saved(
        _ check: DocumentCheckView, as name: String, _ version: ContentHash, kind: DocumentKind, approvals: Int,
        now: Timestamp
    ) -> HTML {
        let title = title(name, kind)
        return """
            \(checked(check, kind: kind))\
            <div id="editor-way" hx-swap-oob="innerHTML">\(LibraryPage.back(to: kind, name: name))</div>\
            <h1 id="editor-title" hx-swap-oob="innerHTML">\(title)</h1>\
            <span id="editor-version" hx-swap-oob="innerHTML">\(origin(version))</span>\
            <div id="editor-starts" hx-swap-oob="innerHTML"></div>\
            <template hx type="partial" hx-target="#page-facts" hx-swap="outerMorph">\
            \(Layout.facts(title: title, state: nil, now: now, approvals: approvals))</template>
            """
    }

    private static func title(_ name: String?, _ kind: DocumentKind) -> String {
        name.map { "Edit \($0)" } ?? "New \(kind.rawValue)"
    }

    private static func origin(_ version: ContentHash) -> HTML { "from version \(LibraryPage.version(version))" }

    private static func form(_ view: DocumentEditorView) -> HTML {
        """
        <form id="document" class="editor" method="post" action="\(view.path)" hx-post="\(view.path)" hx-target="#verdict" \
        hx-swap="outerMorph" hx-status:422="swap:outerMorph" hx-status:412="swap:outerMorph" hx-disable="findAll button.main" \
        data-check="\(view.checkPath)"\(attribute: "data-line", view.line.map(String.init))\
        \(attribute: "data-typed-text", if: view.isTyped)>
        <input type="hidden" name="base" value="\(view.base?.rawValue)">\
        <input type="hidden" name="began" value="\((view.began ?? view.base)?.rawValue)">
        <div class="editor-bar"><label class="field"><span class="hidden">What is new in this version</span>\
        <input type="text" name="note" value="\(view.note)" maxlength="\(Limits.noteLengthMaximum)" autocomplete="off" \
        placeholder="What is new in this version (optional)"></label>
        <button class="main" name="intent" value="save" aria-keyshortcuts="Control+S" title="Ctrl+S">Save</button>\
        \("<button name=\"intent\" value=\"publish\">Save &amp; publish</button>", if: view.kind == .plan)\
        <button name="intent" value="check" class="unscripted">Validate</button></div>
        <div class="editor-columns"><div class="editor-text">
        <label for="document-text" class="hidden">The text of the \(view.kind.rawValue), in YAML</label>
        <textarea id="document-text" class="code" name="text" rows="32" spellcheck="false" wrap="off" \
        autocapitalize="off">
        \(view.text)</textarea>
        <p class="dim editor-help scripted" id="editor-help"><kbd>Ctrl</kbd> <kbd>S</kbd> saves, <kbd>Esc</kbd> leaves the text.</p>
        \(files(view))</div>
        <div class="editor-beside">\(DocumentCheck.render(view.check, kind: view.kind))
        <div id="drawing" class="drawing">\(view.check?.drawing)</div></div></div>
        </form>
        <div id="checker" hx-post="\(view.checkPath)" hx-trigger="sb:check" hx-include="#document" hx-target="#verdict" \
        hx-swap="outerMorph" hx-sync="this:replace" hidden></div>
        """
    }

    private static func files(_ view: DocumentEditorView) -> HTML {
        let blocks = view.files.enumerated().map { number, file in fileBlock(file, number) }
        return """
            <details class="panel editor-files"><summary>Files that it brings along \
            <span class="dim number">\(view.files.count)</span></summary>
            <div class="panel-body"><p class="dim">Programs of commands, scripts of models and other plans, by the path that the \
            text names. A file whose path is empty is left out.</p>
            \(blocks)\(fileBlock(nil, view.files.count))</div></details>
            """
    }

    private static func fileBlock(_ file: DocumentEditorView.File?, _ number: Int) -> HTML {
        if let file, file.contents == nil {
            return """
                <div class="file"><code>\(file.path)</code> <span class="dim">\(Format.size(bytes: file.bytes)), stays as it is</span>\
                <input type="hidden" name="keep" value="\(file.path)"></div>
                """
        }
        return """
            <div class="file"\(attribute: "data-file", file?.path)><label class="field" for="file-\(number)-path">\
            <span>\(file == nil ? "Another file" : "Path")</span>\
            <input type="text" id="file-\(number)-path" name="path" value="\(file?.path)" autocomplete="off" spellcheck="false" \
            placeholder="programs/read.py"></label>
            <label class="hidden" for="file-\(number)">Contents</label>\
            <textarea id="file-\(number)" class="code" name="contents" spellcheck="false" wrap="off" \
            rows="\(rows(file?.contents ?? ""))">
            \(file?.contents)</textarea></div>
            """
    }

    private static func rows(_ text: String) -> Int { min(18, max(3, text.utf8.count { $0 == 0x0A } + 1)) }

    private static func templates(_ view: DocumentEditorView) -> HTML {
        guard view.name == nil else { return .empty }
        let links = DocumentTemplate.all(view.kind).map { template -> HTML in
            "<a class=\"button\" href=\"/\(view.kind.collection)/new?template=\(template.name)\">\(template.title)</a>"
        }
        return """
            <div class="starts" id="import"><span class="dim">Begin with</span> \(links)
            <label class="button scripted">\(Icons.file)<span>Import files</span>\
            <input type="file" id="import-files" class="hidden" accept=".yaml,.yml,.json,.py,.sh,.js,.txt,.md" multiple></label></div>
            """
    }
}
