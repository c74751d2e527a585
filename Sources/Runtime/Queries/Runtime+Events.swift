internal import Core
public import Engine
public import Store

/// The events of a task stretch by stretch.
extension Runtime {
    /// A stretch of a task's events, oldest first: those nearest to its end.
    public func events(_ query: EventQuery) async throws -> [EventRow] { try await store.events(query) }

    /// What an event says; nil when it is larger than that, so that nobody waits for what is not shown whole anyway, and
    /// for a kind that this version does not know.
    /// - Parameter bytesMaximum: of its payload, wherever it lies.
    public func event(_ row: EventRow, bytesMaximum: Int = .max) async throws -> Event? {
        guard EventKind(rawValue: row.kind) != nil, try payloads.byteCount(of: row) <= bytesMaximum else { return nil }
        return try Event(try await entry(row))
    }

    /// The latest calls of one tool, with what came of them, oldest first.
    /// - Parameters:
    ///   - query: which stretch they are looked for in, and how many of them at most.
    ///   - tool: the name of the tool.
    public func calls(of tool: String, _ query: EventQuery) async throws -> [EventRow] {
        var search = query
        search.kinds = [EventKind.toolStarted.rawValue]
        search.limit = Self.callsAtOnce
        var begun: [EventRow] = []
        var scanned = 0
        while begun.count < query.limit, scanned < Limits.eventsPerPageScannedMaximum {
            let rows = try await store.events(search)
            for row in rows.reversed() where begun.count < query.limit {
                if try await payload(of: row)["tool"]?.stringValue == tool { begun.append(row) }
            }
            scanned += rows.count
            guard rows.count == Self.callsAtOnce, let first = rows.first else { break }
            search.before = first.sequence
        }
        guard let first = begun.last else { return [] }
        var results = query
        results.kinds = [EventKind.toolCompleted.rawValue]
        results.from = first.sequence
        results.limit = Self.callsAtOnce
        let ended = try await store.events(results)
        return try await Self.withResults(begun.reversed(), ended) { try await payload(of: $0)["id"]?.stringValue }
    }

    /// How many events are looked through at once for the calls of one tool.
    private static let callsAtOnce = 500

    /// Calls with the first result of the same step and call that follows each.
    private static func withResults(
        _ begun: [EventRow], _ ended: [EventRow], id: (EventRow) async throws -> String?
    ) async throws -> [EventRow] {
        var waiting: [String: Int] = [:]
        var kept = begun
        for row in (begun + ended).sorted(by: { $0.sequence < $1.sequence }) {
            let key = "\(row.step?.rawValue ?? "") \(try await id(row) ?? "")"
            if row.kind == EventKind.toolStarted.rawValue {
                waiting[key, default: 0] += 1
            } else if let count = waiting[key], count > 0 {
                waiting[key] = count - 1
                kept.append(row)
            }
        }
        return kept.sorted { $0.sequence < $1.sequence }
    }
}
