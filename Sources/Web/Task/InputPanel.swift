internal import Core

/// Exactly what the task was given.
enum InputPanel: Sendable {
    static func render(_ input: InputView, givenAt: Timestamp, now: Timestamp) -> HTML {
        """
        <section class="panel input" aria-labelledby="input-heading">
        <h2 id="input-heading">Input</h2>
        \(content(input))
        <p class="dim given">Given \(Parts.exact(givenAt)) (\(Parts.age(givenAt, now: now)))</p>
        </section>
        """
    }

    private static func content(_ input: InputView) -> HTML {
        let isEmpty = input.prompt == nil && input.values.isEmpty && input.files.isEmpty
        return """
            \("<p class=\"dim\">This plan was run without inputs.</p>", if: isEmpty)\
            \(PayloadBlock.render(input.prompt.map(PayloadView.text), id: "input-prompt", name: "Prompt"))\
            \(values(input), if: !input.values.isEmpty)\
            \(FileList.render(input.files, heading: Format.count(input.files.count, "file")), if: !input.files.isEmpty)
            """
    }

    private static func values(_ input: InputView) -> HTML {
        let rows = input.values.enumerated().map { place, member -> HTML in
            let id = "input-value-\(place)"
            let path = input.path(of: member.name)
            return "<dt>\(NamedText.render(member.name))</dt><dd>\(value(member, path: path, id: id))</dd>"
        }
        return "<dl class=\"pairs\">\(rows)</dl>"
    }

    /// Longer texts are folded, so that the steps stay in sight.
    private static let openBytesMaximum = 2_000

    private static func value(_ member: (name: String, value: JSON), path: String?, id: String) -> HTML {
        switch member.value {
        case .null, .bool, .int, .double: return "<span class=\"scalar\" id=\"\(id)\">\(member.value.text)</span>"
        case .string(let text) where text.utf8.count <= 120 && !text.utf8.contains(0x0A) && !text.isEmpty:
            return "<span id=\"\(id)\">\(NamedText.render(text))</span>"
        default: break
        }
        let payload = PayloadView(value: member.value, path: path)
        let size = member.value.stringValue?.utf8.count ?? member.value.text.utf8.count
        let content = PayloadBlock.content(of: payload, id: id)
        guard size > openBytesMaximum else { return content }
        let what = NamedText.plain(member.name)
        let tools: HTML =
            path.map { path -> HTML in
                """
                <span class="tools">\(Parts.copyButton(path: path, what: what))\(Parts.downloadLink(path: path, what: what))</span>
                """
            } ?? .empty
        return """
            <details class="folded-value"><summary>\(NamedText.render(beginning(of: member.value)))… \
            <span class="dim number">\(Format.size(bytes: size))</span></summary>\
            <div class="payload-head">\(tools)</div>\(content)</details>
            """
    }

    /// The first words of a value, in a line.
    private static func beginning(of value: JSON) -> String {
        let text = (value.stringValue ?? value.text).beginning(bytes: 90)
        return String(text.prefix { $0 != "\n" && $0 != "\r\n" })
    }
}
