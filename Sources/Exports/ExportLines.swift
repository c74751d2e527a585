internal import Core

/// The lines of an export, and what stands in those of records.
struct ExportLines: Sendable {
    /// Without their line breaks; the last has none, and is empty in a whole export.
    private let lines: [ArraySlice<UInt8>]

    init(_ bytes: ArraySlice<UInt8>) {
        lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    }

    var count: Int { lines.count }

    /// The line at that place; empty behind the last.
    subscript(place: Int) -> ArraySlice<UInt8> { lines.indices.contains(place) ? lines[place] : [] }

    /// Whether nothing stands behind it, not even a line break.
    func isLast(_ place: Int) -> Bool { place >= lines.count - 1 }

    /// Whether the line after the records begins there.
    func isEnd(_ place: Int) -> Bool { self[place].starts(with: ExportFormat.endStart) }

    /// A record with the hash that stands beside it.
    struct Line {
        var hash: String
        var record: ArraySlice<UInt8>
        /// Whether it says that another follows.
        var hasComma: Bool

        /// Whether the hash is that of the record behind that one.
        func holds(after previous: String) -> Bool { ExportFormat.hash(of: record, after: previous) == hash }

        /// Whether that number is written where each record has its own.
        func hasSequence(_ sequence: Int) -> Bool {
            record.starts(with: #"{"sequence":\#(sequence),"kind":"#.utf8)
        }

        /// What the record says of itself; nil when it cannot be read.
        var summary: ExportRecord? { json.flatMap(ExportRecord.init) }

        /// The record; nil when it is not JSON.
        var json: JSON? { try? JSON(parsing: Array(record)) }
    }

    /// The record at that place; nil when the line is not written as one is.
    func line(_ place: Int) -> Line? {
        var rest = self[place]
        guard rest.starts(with: ExportFormat.lineStart) else { return nil }
        rest = rest.dropFirst(ExportFormat.lineStart.count)
        let hash = String(decoding: rest.prefix(64), as: UTF8.self)
        rest = rest.dropFirst(64)
        guard ContentHash(rawValue: hash) != nil, rest.starts(with: ExportFormat.recordStart) else { return nil }
        rest = rest.dropFirst(ExportFormat.recordStart.count)
        let hasComma = rest.last == UInt8(ascii: ",")
        if hasComma { rest = rest.dropLast() }
        guard rest.popLast() == UInt8(ascii: "}"), !rest.isEmpty else { return nil }
        return Line(hash: hash, record: rest, hasComma: hasComma)
    }

    /// Whether a record with that number stands at that place or behind it.
    func hasRecord(_ sequence: Int, from place: Int) -> Bool {
        (place..<max(place, lines.count)).contains { line($0)?.hasSequence(sequence) == true }
    }
}
