public import Core

/// Writes an export piece by piece: each record is hashed together with the hash of the one before it, and the end says
/// how many there are and what the last hash is. The pieces one after the other are the document.
public struct ExportChain: Sendable {
    /// How many records there are so far, which is also the sequence number of the next.
    public private(set) var count = 0
    /// The hash of the last record.
    public private(set) var hash = ExportFormat.noHash

    public init() {}

    /// What stands before the first record.
    public static let beginning = ExportFormat.firstLine

    /// The next record.
    /// - Parameters:
    ///   - kind: `head`, `event`, `file` or `page`.
    ///   - members: what it says; sequence number and kind are put before them.
    public mutating func record(_ kind: ExportRecord.Kind, _ members: JSONObject) -> [UInt8] {
        var object: JSONObject = ["sequence": .int(Int64(count)), "kind": .string(kind.rawValue)]
        for member in members { object[member.name] = member.value }
        return line(JSON.object(object).bytes)
    }

    /// What stands after the last record.
    public func end() -> [UInt8] {
        [UInt8(ascii: "\n")] + ExportFormat.lastLine(count: count, hash: hash) + [UInt8(ascii: "\n")]
    }

    private mutating func line(_ record: [UInt8]) -> [UInt8] {
        hash = ExportFormat.hash(of: record, after: hash)
        var line: [UInt8] = []
        line.reserveCapacity(record.count + 96)
        if count > 0 { line.append(UInt8(ascii: ",")) }
        line.append(UInt8(ascii: "\n"))
        line += ExportFormat.lineStart
        line += hash.utf8
        line += ExportFormat.recordStart
        line += record
        line.append(UInt8(ascii: "}"))
        count += 1
        return line
    }
}
