public import Core

/// What the editor of a plan or an agent shows.
public struct DocumentEditorView: Sendable {
    public var kind: DocumentKind
    /// Nil for one that has never been saved.
    public var name: String?
    public var text: String
    public var files: [File]
    public var note = ""
    /// The version that saving goes on from: the latest, when it was opened.
    public var base: ContentHash?
    /// The version that the text began as, from which files come that are not edited here; nil for the same.
    public var began: ContentHash?
    public var check: DocumentCheckView?
    /// Where the cursor goes first, from 1.
    public var line: Int?
    /// What is said of the way to that place.
    public var jumpNote: String?
    /// Whether the text is not what is saved.
    public var isTyped = false
    public var approvals: Int
    public var now: Timestamp

    /// A file that the document brings along.
    public struct File: Sendable, Hashable {
        public var path: String
        /// Nil for one that is too large to be edited here: it stays as it is.
        public var contents: String?
        public var bytes: Int

        /// Larger ones are not edited on the page, in bytes.
        static let editedMaximum = 256 << 10
    }

    /// Where its forms go: `/plans/NAME/edit`, `/plans/new`.
    var path: String { name.map { kind.path($0, "edit") } ?? "/\(kind.collection)/new" }

    /// Where it is checked while somebody types.
    var checkPath: String { kind.path(name ?? "new", "check") }
}

/// What the reader of documents says of a text.
public struct DocumentCheckView: Sendable {
    /// What is wrong, in the order of the text.
    public var findings: [Diagnostic]
    /// Of a text without mistakes what it holds: `4 steps, 2 inputs`.
    public var summary: String?
    /// The graph of a plan without mistakes.
    public var drawing: HTML?
    /// Why it was not saved beside mistakes.
    public var refusal: Refusal?
    /// The version as which it was saved just now, and the name of the document.
    public var saved: (version: ContentHash, name: String)?

    public init(
        findings: [Diagnostic] = [], summary: String? = nil, drawing: HTML? = nil, refusal: Refusal? = nil
    ) {
        self.findings = findings
        self.summary = summary
        self.drawing = drawing
        self.refusal = refusal
    }

    /// Why something was not saved.
    public struct Refusal: Sendable {
        public var message: String
        public var hint: String?
        /// Where the difference to what stands in the way is.
        public var differencePath: String?
        /// The version that stands in the way: saving goes on from it when that is asked for.
        public var newer: ContentHash?
    }
}
