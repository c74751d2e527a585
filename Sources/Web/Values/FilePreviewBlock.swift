internal import Core

/// What can be seen of a file below its name.
enum FilePreviewBlock: Sendable {
    static func render(_ file: FileView) -> HTML {
        let id = "preview-" + ElementID.word(file.path ?? file.name)
        switch file.preview {
        case nil, .kind?: return .empty
        case .picture?:
            guard let path = file.path else { return .empty }
            return """
                <div class="preview"><img src="\(Address.own(path))" alt="\(NamedText.plain(file.name))" loading="lazy"></div>
                """
        case .text(let text)?:
            let isAll = text.utf8.count >= file.bytes
            return """
                <details class="preview"><summary>\(isAll ? "Its text" : "The beginning of its text")</summary>\
                \(PayloadBlock.content(of: .text(text), id: id))</details>
                """
        case .table(let table)?:
            return """
                <details class="preview"><summary>Its first rows</summary>\(TableBlock.render(table, id: id))</details>
                """
        }
    }
}
