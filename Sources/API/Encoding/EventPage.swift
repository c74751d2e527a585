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

    /// Reads a page from the store. Of certain kinds it may have fewer than were asked for although there are more.
    init(_ query: EventsQuery, _ runtime: Runtime) async throws {
        gap = try await runtime.gap(after: query.after, of: query.filter.task)
        next = gap?.position ?? query.after
        var scanned = 0
        while events.count < query.limit, scanned < Limits.eventsPerPageScannedMaximum {
            let count = query.filter.kinds == nil ? query.limit - events.count + 1 : Self.scannedAtOnce
            let rows = try await runtime.store.events(after: next, of: query.filter.task, limit: count)
            hasMore = rows.count == count
            scanned += rows.count
            for row in rows {
                guard events.count < query.limit else {
                    hasMore = true
                    break
                }
                next = row.position
                if query.filter.kinds?.contains(row.kind) ?? true { events.append(row) }
            }
            guard hasMore, query.filter.kinds != nil else { break }
        }
    }

    private static let scannedAtOnce = 500

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
