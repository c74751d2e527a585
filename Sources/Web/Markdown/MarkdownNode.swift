internal import CMarkdown

/// A node of the tree. Valid while its document lives.
@safe
struct MarkdownNode {
    private let node: OpaquePointer?

    init(_ node: OpaquePointer?) {
        unsafe self.node = unsafe node
    }

    enum Kind {
        case document, paragraph, quote, list, item, code, html, heading, rule
        case text, softBreak, hardBreak, inlineCode, inlineHTML, emphasis, strong, link, image
        case table, row, cell, strikethrough
        /// Something that no extension in use makes.
        case other
    }

    var kind: Kind {
        switch unsafe cmark_node_get_type(node) {
        case CMARK_NODE_DOCUMENT: .document
        case CMARK_NODE_PARAGRAPH: .paragraph
        case CMARK_NODE_BLOCK_QUOTE: .quote
        case CMARK_NODE_LIST: .list
        case CMARK_NODE_ITEM: .item
        case CMARK_NODE_CODE_BLOCK: .code
        case CMARK_NODE_HTML_BLOCK: .html
        case CMARK_NODE_HEADING: .heading
        case CMARK_NODE_THEMATIC_BREAK: .rule
        case CMARK_NODE_TEXT: .text
        case CMARK_NODE_SOFTBREAK: .softBreak
        case CMARK_NODE_LINEBREAK: .hardBreak
        case CMARK_NODE_CODE: .inlineCode
        case CMARK_NODE_HTML_INLINE: .inlineHTML
        case CMARK_NODE_EMPH: .emphasis
        case CMARK_NODE_STRONG: .strong
        case CMARK_NODE_LINK: .link
        case CMARK_NODE_IMAGE: .image
        default: extensionKind
        }
    }

    /// Extensions number their nodes when they are registered; their names stay the same.
    private var extensionKind: Kind {
        switch name {
        case "table": .table
        case "table_row", "table_header": .row
        case "table_cell": .cell
        case "strikethrough": .strikethrough
        case "tasklist": .item
        default: .other
        }
    }

    /// Whether it is entered only, and never left.
    var isLeaf: Bool {
        switch kind {
        case .html, .rule, .code, .text, .softBreak, .hardBreak, .inlineCode, .inlineHTML: true
        default: false
        }
    }

    private var name: String { unsafe String(cString: cmark_node_get_type_string(node)) }

    /// The text of a leaf.
    var literal: String { unsafe text(cmark_node_get_literal(node)) }

    /// Where a link leads, or an image lies.
    var address: String { unsafe text(cmark_node_get_url(node)) }

    var headingLevel: Int { unsafe Int(cmark_node_get_heading_level(node)) }

    /// The first number of a list with numbers; nil for one with bullets.
    var listStart: Int? {
        unsafe cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? Int(cmark_node_get_list_start(node)) : nil
    }

    /// Whether it is a paragraph of a list without blank lines, which is written without the element.
    var isTight: Bool {
        let list = unsafe cmark_node_parent(cmark_node_parent(node))
        return unsafe list != nil && cmark_node_get_type(list) == CMARK_NODE_LIST
            && cmark_node_get_list_tight(list) != 0
    }

    /// Whether the entry of a list of tasks is done; nil for any other.
    var isDone: Bool? {
        name == "tasklist" ? unsafe cmark_gfm_extensions_get_tasklist_item_checked(node) : nil
    }

    /// Whether it is the first row of a table, or a cell of it.
    var isHeader: Bool {
        let parent = unsafe MarkdownNode(cmark_node_parent(node))
        return name == "table_header" || parent.name == "table_header"
    }

    /// `center` or `right`, if that column of the cell's table is aligned so.
    func alignment(ofColumn column: Int) -> String? {
        let table = unsafe cmark_node_parent(cmark_node_parent(node))
        let columns = unsafe Int(cmark_gfm_extensions_get_table_columns(table))
        guard column < columns,
            let alignments = unsafe cmark_gfm_extensions_get_table_alignments(table)
        else { return nil }
        switch unsafe alignments[column] {
        case UInt8(ascii: "r"): return "right"
        case UInt8(ascii: "c"): return "center"
        default: return nil
        }
    }

    private func text(_ characters: UnsafePointer<CChar>?) -> String {
        unsafe characters.map { unsafe String(cString: $0) } ?? ""
    }
}
