internal import API
internal import Core
internal import Runtime
internal import Store

extension FileView {
    /// How many files of a list are looked into.
    private static let previewsMaximum = 12
    /// How much of one is read, in bytes.
    private static let bytesMaximum = 8 << 10

    /// Files with what can be seen of them: of texts their beginning is read.
    static func previewed(_ files: [FileView], _ runtime: Runtime) async throws -> [FileView] {
        var views: [FileView] = []
        for file in files {
            var view = file
            if views.count < previewsMaximum { view.preview = try await preview(of: file, runtime) }
            views.append(view)
        }
        return views
    }

    private static func preview(of file: FileView, _ runtime: Runtime) async throws -> FilePreview? {
        guard let mediaType = file.mediaType, let hash = file.hash else { return nil }
        let type = mediaType.prefix { $0 != ";" }.lowercased()
        switch type {
        case "image/png", "image/jpeg", "image/gif", "image/webp": return .picture
        case "application/pdf": return .kind("PDF")
        case "application/zip": return .kind("ZIP")
        default: break
        }
        let isText =
            type.hasPrefix("text/") || ["application/json", "application/yaml", "application/xml"].contains(type)
        let blobs = runtime.blobs
        guard isText, FileSystem.exists(blobs.path(of: hash)) else { return nil }
        let count = min(file.bytes, bytesMaximum)
        let bytes = try await onOwnThread("preview") { try blobs.open(hash).read(at: 0, count: count) }
        // A character at the end may be cut in the middle.
        let text = String(decoding: bytes, as: UTF8.self)
        let whole = file.bytes > count && text.hasSuffix("\u{FFFD}") ? String(text.dropLast()) : text
        guard !whole.contains("\u{FFFD}"), !whole.isEmpty else { return nil }
        let isDeclared = type == "text/csv"
        if type != "text/markdown",
            let table = TableView(delimited: whole, isCut: file.bytes > count, isDeclared: isDeclared)
        {
            return .table(table)
        }
        return .text(whole)
    }
}
