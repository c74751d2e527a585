internal import Core

/// The fixed parts of an export: one JSON document in which each record stands on a line of its own, so that what is
/// hashed are bytes of the file and nobody has to agree on how JSON is written. `docs/export.md` describes it.
public enum ExportFormat: Sendable {
    /// The name in the first line.
    public static let name = "signalbox-task-export"
    /// Grows when readers of the one before would misunderstand.
    public static let version = 1
    /// A file is embedded when it has no more bytes than this.
    public static let embeddedFileBytesMaximum: Int64 = 256 << 10
    /// All embedded files together have no more bytes than this.
    public static let embeddedBytesMaximum: Int64 = 16 << 20
    /// A file that is larger is not read.
    public static let bytesMaximum = 1 << 30

    /// What the first record is hashed with.
    static let noHash = String(repeating: "0", count: 64)

    /// The line before the records.
    static let firstLine = Array(#"{"format":"\#(name)","version":\#(version),"records":["#.utf8)
    /// Where a record's line begins; its hash follows.
    static let lineStart = Array(#"{"hash":""#.utf8)
    /// What stands between the hash and the record.
    static let recordStart = Array(#"","record":"#.utf8)
    /// Where the line after the records begins.
    static let endStart = Array(#"],"count":"#.utf8)

    /// The line after the records.
    static func lastLine(count: Int, hash: String) -> [UInt8] {
        endStart + Array(#"\#(count),"hash":"\#(hash)"}"#.utf8)
    }

    /// The hash of a record: SHA-256 over the 64 digits of the one before and the bytes of the record.
    static func hash(of record: some Sequence<UInt8>, after previous: String) -> String {
        var bytes = Array(previous.utf8)
        bytes.append(contentsOf: record)
        return ContentHash(of: bytes).rawValue
    }
}
