internal import Core
internal import Engine
public import Store

extension EventRow {
    /// An event as JSON text. A payload that is too large for the journal's row is named by `data_ref` instead of `data`:
    /// its bytes are JSON and lie under the address given there.
    public var jsonBytes: [UInt8] {
        var writer = JSONWriter(reservingCapacity: payload.count + 160)
        writer.beginObject()
        writer.name("position")
        writer.integer(position.rawValue)
        writer.name("task")
        writer.integer(task.rawValue)
        writer.name("sequence")
        writer.integer(sequence)
        writer.name("at")
        writer.string(at.rfc3339)
        writer.name("type")
        writer.string(kind)
        if let step {
            writer.name("step")
            writer.string(step.rawValue)
        }
        if let run {
            writer.name("run")
            writer.integer(run.rawValue)
        }
        if let reference = blobReference {
            writer.name("data_ref")
            writer.value(reference)
        } else {
            writer.name("data")
            writer.raw(EventKind(rawValue: kind)?.told(payload) ?? payload)
        }
        writer.endObject()
        return writer.finish()
    }

    private var blobReference: JSON? {
        // The journal writes references in exactly this form, and no payload of an event has a member of that name.
        let start = #"{"$blob":""#
        guard payload.starts(with: start.utf8) else { return nil }
        let text = String(decoding: payload.dropFirst(start.utf8.count).prefix(64), as: UTF8.self)
        guard let hash = ContentHash(rawValue: text) else { return nil }
        return ["sha256": .string(hash.rawValue), "url": .string("/api/files/\(hash.rawValue)")]
    }
}
