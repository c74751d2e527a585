public import Core

/// A value as it went in or came out: JSON or text. The page shows the beginning of a large one and links to the rest.
public struct PayloadView: Sendable {
    public var content: Content
    /// Where all of it can be loaded; needed for values beyond `textBytesMaximum`.
    public var path: String?
    /// Whether a person decides by it: then nothing of it is folded, and `path` is a page that shows all of it.
    public var isForDecision = false

    /// What kind of value it is, and so how it is shown.
    public enum Content: Sendable {
        case json(JSON)
        case text(String)
        case markdown(String)
        /// Rows and columns, with the value that they are made from where that says more.
        case table(TableView, JSON?)
        /// Only the beginning is at hand.
        case excerpt(String, totalBytes: Int)
    }

    /// Shown of one text, in bytes.
    static let textBytesMaximum = 16 << 10
    /// Shown of one JSON value, in values and containers.
    static let treeNodesMaximum = 600
    /// Shown of one text by which a person decides, in lines.
    static let decisionLinesMaximum = 400

    public init(_ content: Content, path: String? = nil) {
        self.content = content
        self.path = path
    }

    /// The same for a person to decide by.
    /// - Parameter path: the page that shows all of it.
    func forDecision(path: String) -> PayloadView {
        var view = PayloadView(content, path: path)
        view.isForDecision = true
        return view
    }

    public static func json(_ value: JSON) -> PayloadView { PayloadView(.json(value)) }
    public static func text(_ value: String) -> PayloadView { PayloadView(.text(value)) }
    public static func markdown(_ value: String) -> PayloadView { PayloadView(.markdown(value)) }
}

/// A file that was given to a task or that it made.
public struct FileView: Sendable, Hashable {
    public var name: String
    public var bytes: Int
    /// Where it can be loaded; nil when it cannot.
    public var path: String?
    public var mediaType: String?
    /// Under which its bytes are kept.
    public var hash: ContentHash?
    public var preview: FilePreview?

    public init(
        name: String, bytes: Int, path: String? = nil, mediaType: String? = nil, hash: ContentHash? = nil,
        preview: FilePreview? = nil
    ) {
        self.name = name
        self.bytes = bytes
        self.path = path
        self.mediaType = mediaType
        self.hash = hash
        self.preview = preview
    }
}

/// What can be seen of a file without opening it.
public enum FilePreview: Sendable, Hashable {
    /// The file itself is a picture that browsers show.
    case picture
    /// The beginning of its text.
    case text(String)
    /// Its first rows.
    case table(TableView)
    /// Nothing but what it is: `PDF`.
    case kind(String)
}

/// A value that the task hands out.
public struct OutputView: Sendable {
    public var name: String
    public var payload: PayloadView
    /// `text/markdown`, `application/json` …
    public var mediaType: String
    /// What Download loads and Copy copies: `/tasks/142/outputs/report`.
    public var path: String

    public init(name: String, payload: PayloadView, mediaType: String, path: String) {
        self.name = name
        self.payload = payload
        self.mediaType = mediaType
        self.path = path
    }
}
