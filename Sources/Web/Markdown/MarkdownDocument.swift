internal import CMarkdown

/// The parsed text: a tree of nodes that belongs to the library and is freed with this.
@safe
struct MarkdownDocument: ~Copyable {
    private let root: OpaquePointer

    /// Made once, by whoever comes first: the library's registry must not be filled by two threads.
    private static let extensions: Void = cmark_gfm_core_extensions_ensure_registered()

    /// Not for two threads at the same time.
    init(parsing text: String, findsAddresses: Bool) {
        Self.extensions
        guard let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT) else {
            preconditionFailure("The library ends the process when there is no memory.")
        }
        defer { unsafe cmark_parser_free(parser) }
        for name in ["table", "strikethrough", "tasklist"] + (findsAddresses ? ["autolink"] : []) {
            unsafe cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(name))
        }
        var text = text
        text.withUTF8 { bytes in
            unsafe bytes.withMemoryRebound(to: CChar.self) { bytes in
                unsafe cmark_parser_feed(parser, bytes.baseAddress, bytes.count)
            }
        }
        guard let root = unsafe cmark_parser_finish(parser) else {
            preconditionFailure("A text of any form is a document.")
        }
        unsafe self.root = root
    }

    deinit { unsafe cmark_node_free(root) }

    /// What the renderer makes of it, without recursion however deep it is; nil when it nests too deep.
    borrowing func render(with renderer: inout MarkdownRenderer) -> HTML? {
        let walk = unsafe cmark_iter_new(root)
        defer { unsafe cmark_iter_free(walk) }
        var depth = 0
        while true {
            let event = unsafe cmark_iter_next(walk)
            guard event != CMARK_EVENT_DONE else { return renderer.markup }
            let node = unsafe MarkdownNode(cmark_iter_get_node(walk))
            guard event == CMARK_EVENT_ENTER else {
                depth -= 1
                renderer.leave(node)
                continue
            }
            if !node.isLeaf {
                depth += 1
                guard depth <= Markdown.depthMaximum else { return nil }
            }
            renderer.enter(node)
        }
    }
}
