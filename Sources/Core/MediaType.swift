/// The media types of files by the end of their name.
public enum MediaType: Sendable {
    private static let byExtension = [
        "txt": "text/plain", "log": "text/plain", "md": "text/markdown", "csv": "text/csv",
        "tsv": "text/tab-separated-values",
        "json": "application/json", "yaml": "application/yaml", "yml": "application/yaml", "xml": "application/xml",
        "html": "text/html", "htm": "text/html", "eml": "message/rfc822", "pdf": "application/pdf",
        "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
        "svg": "image/svg+xml", "zip": "application/zip", "gz": "application/gzip",
        "doc": "application/msword", "xls": "application/vnd.ms-excel",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]

    /// The type that was given for a file of that name, in lower case and without parameters, where it says something;
    /// else what the name stands for.
    public static func of(_ given: String?, named name: String) -> String {
        let type = (given ?? "").prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
        let parts = type.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isWhole = parts.count == 2 && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(isTokenByte) }
        guard isWhole, type.utf8.count <= 127, type != "application/octet-stream" else { return ofFile(named: name) }
        return type
    }

    /// What RFC 6838 §4.2 lets names of types consist of.
    private static func isTokenByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "!#$&-^_.+".utf8.contains(byte)
        }
    }

    /// The type of a file of that name; `application/octet-stream` when its name does not tell.
    public static func ofFile(named name: String) -> String {
        guard let dot = name.lastIndex(of: ".") else { return "application/octet-stream" }
        return byExtension[name[name.index(after: dot)...].lowercased()] ?? "application/octet-stream"
    }
}
