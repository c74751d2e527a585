internal import Core
internal import Engine
internal import Store

/// Keeps payloads small: one that is too large for a row goes to the blob store, and a reference stands in its place.
struct PayloadStore: Sendable {
    private static let reference = "$blob"

    let blobs: BlobStore

    init(_ blobs: BlobStore) {
        self.blobs = blobs
    }

    /// The bytes for the row, and the blob that they refer to, if they do.
    /// - Throws: `SignalboxError` with code `storage_error`.
    func keep(_ payload: JSON) throws -> (bytes: [UInt8], blob: ContentHash?) {
        let bytes = payload.bytes
        guard bytes.count > Limits.inlinePayloadBytesMaximum else { return (bytes, nil) }
        let hash = try blobs.write(bytes)
        return (([Self.reference: .string(hash.rawValue), "bytes": .int(Int64(bytes.count))] as JSON).bytes, hash)
    }

    /// The blob that the payload refers to, if it does.
    func blob(of row: EventRow) throws -> ContentHash? {
        guard isReference(row) else { return nil }
        return try stored(row.payload, of: row)[Self.reference]?.stringValue.flatMap(ContentHash.init)
    }

    /// Whether the payload lies in the blob store, so that reading it blocks.
    func isReference(_ row: EventRow) -> Bool {
        row.payload.starts(with: #"{"$blob":"#.utf8)
    }

    /// How many bytes the payload has, wherever it lies.
    func byteCount(of row: EventRow) throws -> Int {
        guard isReference(row) else { return row.payload.count }
        return Int(try stored(row.payload, of: row)["bytes"]?.intValue ?? 0)
    }

    /// The payload whole, wherever it lies.
    /// - Throws: `SignalboxError` when the reference leads nowhere.
    func payload(_ row: EventRow) throws -> JSON {
        let payload = try stored(row.payload, of: row)
        guard let hash = payload[Self.reference]?.stringValue.flatMap(ContentHash.init) else { return payload }
        return try stored(try blobs.read(hash), of: row)
    }

    private func stored(_ bytes: [UInt8], of row: EventRow) throws -> JSON {
        do {
            return try JSON(parsing: bytes)
        } catch {
            throw SignalboxError(
                .storage, "The event at position \(row.position) of task \(row.task) cannot be read.",
                hint: "Restore the data directory from a backup.", cause: error)
        }
    }

    /// The entry of the journal that the row keeps.
    func entry(_ row: EventRow) throws -> JournalEntry {
        guard let kind = EventKind(rawValue: row.kind) else { throw JournalFormatError.member(row.kind) }
        return JournalEntry(at: row.at, kind: kind, step: row.step, run: row.run, payload: try payload(row))
    }
}
