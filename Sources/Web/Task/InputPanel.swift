internal import Core

/// Exactly what the task was given.
enum InputPanel: Sendable {
    static func render(_ view: TaskPageView) -> HTML {
        """
        <section class="panel input" aria-labelledby="input-heading">
        <h2 id="input-heading">Input</h2>
        \(content(view.input))
        <p class="dim given">Given \(Parts.age(view.row.createdAt, now: view.now))</p>
        </section>
        """
    }

    private static func content(_ input: InputView) -> HTML {
        let isEmpty = input.prompt == nil && input.values.isEmpty && input.files.isEmpty
        return """
            \("<p class=\"dim\">This plan was run without inputs.</p>", if: isEmpty)\
            \(PayloadBlock.render(input.prompt.map(PayloadView.text), id: "input-prompt", name: "Prompt"))\
            \(values(input.values), if: !input.values.isEmpty)\
            \(FileList.render(input.files, heading: Format.count(input.files.count, "file")), if: !input.files.isEmpty)
            """
    }

    private static func values(_ values: JSONObject) -> HTML {
        let rows = values.enumerated().map { place, member -> HTML in
            let id = "input-value-\(place)"
            return "<dt>\(NamedText.render(member.name))</dt><dd>\(value(member.value, id: id))</dd>"
        }
        return "<dl class=\"pairs\">\(rows)</dl>"
    }

    private static func value(_ value: JSON, id: String) -> HTML {
        switch value {
        case .null, .bool, .int, .double: "<span class=\"scalar\" id=\"\(id)\">\(value.text)</span>"
        case .string(let text) where text.utf8.count <= 120 && !text.utf8.contains(0x0A) && !text.isEmpty:
            "<span id=\"\(id)\">\(NamedText.render(text))</span>"
        default: PayloadBlock.content(of: .json(value), id: id)
        }
    }
}
