internal import Core

/// What the task hands out: one value directly, several as tabs, and the files.
enum ResultsPanel: Sendable {
    static func render(_ view: StepsPartView) -> HTML {
        guard !view.isResultAwaited else { return awaited(view.files) }
        guard !view.outputs.isEmpty || !view.files.isEmpty else {
            return view.isResultMissing ? missing(view.isCompleted) : .empty
        }
        return """
            <section class="panel results" aria-labelledby="results-heading">
            <h2 id="results-heading"><span>Result</span>\
            <button type="button" class="quiet" data-show-result>Show all of it</button></h2>
            \(outputs(view.outputs))
            \(FileList.render(view.files, heading: "Files"), if: !view.files.isEmpty)
            </section>
            """
    }

    /// The place in which the result will stand, with the files that are there already.
    private static func awaited(_ files: [FileView]) -> HTML {
        """
        <section class="panel results awaited" aria-labelledby="results-heading">
        <h2 id="results-heading"><span>Result</span></h2>
        <p>It comes when the task completes.</p>
        \(FileList.render(files, heading: "Files so far"), if: !files.isEmpty)
        </section>
        """
    }

    /// Keeps the place of a result that somebody has waited for, so that the steps below it do not move; nobody else sees it.
    private static func missing(_ isCompleted: Bool) -> HTML {
        """
        <section class="panel results missing" aria-labelledby="results-heading">
        <h2 id="results-heading"><span>Result</span></h2>
        <p>There is none: \(isCompleted ? "the task has kept no file" : "the task has not completed").</p>
        </section>
        """
    }

    private static func outputs(_ outputs: [OutputView]) -> HTML {
        guard let first = outputs.first else { return .empty }
        guard outputs.count > 1 else { return body(first, named: true) }
        // Radio buttons: the browser brings the keyboard, and the choice outlives the morphing of live updates.
        let tabs = outputs.enumerated().map { place, output -> HTML in
            let id = ElementID.output(output.name)
            return """
                <input type="radio" name="output" id="\(id)-tab"\(attribute: "checked", if: place == 0)>\
                <label for="\(id)-tab">\(NamedText.render(output.name))</label>\
                <div class="tab">\(body(output, named: false))</div>
                """
        }
        return "<div class=\"tabs\" role=\"group\" aria-label=\"Outputs\">\(tabs)</div>"
    }

    private static func body(_ output: OutputView, named: Bool) -> HTML {
        let what = NamedText.plain(output.name)
        return """
            <div class="output"><div class="payload-head"><h3\(attribute: "class", named ? nil : "hidden")>\
            \(NamedText.render(output.name))</h3>\
            <span class="label">\(NamedText.render(output.mediaType))</span><span class="tools">\
            \(Parts.copyButton(path: output.path, what: what))\
            \(Parts.downloadLink(path: output.path, what: what))</span></div>\
            \(PayloadBlock.content(of: output.payload, id: ElementID.output(output.name)))</div>
            """
    }
}

/// Files with their sizes.
enum FileList: Sendable {
    static func render(_ files: [FileView], heading: String) -> HTML {
        """
        <div class="files"><h3>\(heading)</h3><ul>\(files.map(line))</ul></div>
        """
    }

    private static func line(_ file: FileView) -> HTML {
        let size: HTML = "<span class=\"dim number\">\(kind(file.preview))\(Format.size(bytes: file.bytes))</span>"
        let preview = FilePreviewBlock.render(file)
        guard let path = file.path else {
            return "<li>\(Icons.file)<span class=\"name\">\(NamedText.render(file.name))</span>\(size)\(preview)</li>"
        }
        return """
            <li>\(Icons.file)<a class="name" href="\(Address.own(path))" download>\
            \(NamedText.render(file.name))</a>\(size)\(preview)</li>
            """
    }

    private static func kind(_ preview: FilePreview?) -> HTML {
        guard case .kind(let word)? = preview else { return .empty }
        return "\(word) · "
    }
}
