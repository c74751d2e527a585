internal import Core
internal import HTTPServer
internal import Plans

/// A document with its files as the editor sends them.
struct SubmittedDocument: Sendable {
    var text: String
    var files: [DocumentEditorView.File]
    var note: String
    /// The version that saving goes on from.
    var base: ContentHash?
    /// The version that the text began as.
    var began: ContentHash?
    /// Save in spite of this newer version, which was seen.
    var over: ContentHash?
    var intent: Intent

    /// Which button was pressed.
    enum Intent: String, Sendable {
        case check, save, publish
    }

    init(_ form: Query) {
        text = (form["text"] ?? "").plainBreaks
        note = (form["note"] ?? "").trimmed
        base = form["base"].flatMap { ContentHash(rawValue: $0) }
        began = form["began"].flatMap { ContentHash(rawValue: $0) } ?? base
        over = form["over"].flatMap { ContentHash(rawValue: $0) }
        intent = form["intent"].flatMap(Intent.init) ?? .save
        files = zip(form.all("path"), form.all("contents")).compactMap { path, contents in
            let path = path.trimmed
            guard !path.isEmpty else { return nil }
            let contents = contents.plainBreaks
            return DocumentEditorView.File(path: path, contents: contents, bytes: contents.utf8.count)
        }
        files += form.all("keep").map { DocumentEditorView.File(path: $0, contents: nil, bytes: 0) }
    }

    /// The document, with the files that were not sent because they are too large taken from the version it began as.
    func source(kind: DocumentKind, kept: [String: String]) -> PlanSource {
        var contents: [String: String] = [:]
        for file in files { contents[file.path] = file.contents ?? kept[file.path] }
        return PlanSource(path: kind.fileName, text: text, files: contents)
    }
}

extension DocumentEditorView.File {
    /// The files of a version as the editor shows them.
    static func all(of files: [String: String]) -> [DocumentEditorView.File] {
        files.sorted { $0.key < $1.key }.map { path, contents in
            let bytes = contents.utf8.count
            return DocumentEditorView.File(path: path, contents: bytes > editedMaximum ? nil : contents, bytes: bytes)
        }
    }
}
