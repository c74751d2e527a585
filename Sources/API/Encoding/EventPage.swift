internal import Core
internal import Runtime
internal import Store

/// A page of the journal.
struct EventPage: Sendable {
    private var events: [EventRow] = []
    /// After which position the next page begins.
    private var next: Position
    private var hasMore = false
    /// What is missing before it.
    private var gap: LiveResync?

    /// Reads a page from the store. Of certain kinds, and of large events, it may have fewer than were asked for although
    /// there are more.
    init(_ query: EventsQuery, _ runtime: Runtime) async throws {
        // Everything up to here is in the store by now.
        let newest = runtime.feed.newest
        gap = try await runtime.gap(after: query.after, of: query.filter.task)
        next = gap?.position ?? query.after
        var (scanned, bytes) = (0, 0)
        reading: while events.count < query.limit, scanned < Limits.eventsPerPageScannedMaximum {
            let count = query.filter.kinds == nil ? Self.count(of: query.limit - events.count) : Self.scannedAtOnce
            let rows = try await runtime.store.events(after: next, of: query.filter.task, limit: count)
            hasMore = rows.count == count
            scanned += rows.count
            for row in rows {
                guard events.count < query.limit, bytes < Limits.answerBytesMaximum else {
                    hasMore = true
                    break reading
                }
                next = row.position
                guard query.filter.kinds?.contains(row.kind) ?? true else { continue }
                events.append(row)
                bytes += row.payload.count
            }
            guard hasMore else { break }
        }
        // Nothing is left at the position of a deletion: who has been told of it must not be told again with each page.
        if gap?.reason == .deleted, !hasMore { next = max(next, newest) }
    }

    /// How many events are read at once, for each may have 64 KiB.
    private static let scannedAtOnce = 250

    /// How many to read for a page that lacks so many: one more tells whether there is another page.
    private static func count(of missing: Int) -> Int { missing <= scannedAtOnce ? missing + 1 : scannedAtOnce }

    var jsonBytes: [UInt8] {
        var writer = JSONWriter()
        writer.beginObject()
        writer.name("events")
        writer.beginArray()
        for event in events { writer.raw(event.jsonBytes) }
        writer.endArray()
        writer.name("next")
        writer.integer(next.rawValue)
        writer.name("has_more")
        writer.value(.bool(hasMore))
        if let gap {
            writer.name("resync")
            writer.value(gap.json)
        }
        writer.endObject()
        return writer.finish()
    }
}
