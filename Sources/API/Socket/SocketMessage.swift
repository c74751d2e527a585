internal import Core
internal import HTTPServer
internal import Runtime
internal import Store

/// A message to a client over a WebSocket, as JSON text.
enum SocketMessage: Sendable {
    static func subscribed(_ name: String, after position: Position) -> [UInt8] {
        object("subscribed", .string(name), ["after": .int(position.rawValue)])
    }

    static func unsubscribed(_ name: String) -> [UInt8] { object("unsubscribed", .string(name), [:]) }

    /// - Parameter name: the subscription that it is about; null when that is not known.
    static func error(_ error: SignalboxError, _ name: JSON) -> [UInt8] {
        var problem = JSONObject()
        problem["code"] = .string(error.code.rawValue)
        problem["detail"] = .string(error.message)
        problem["hint"] = error.hint.map(JSON.string)
        problem["remedy"] = error.remedy.map(JSON.string)
        // As in the answers over HTTP.
        problem["errors"] = Response.errors(of: error)
        return object("error", name, problem)
    }

    /// The messages of what a subscription gets.
    static func messages(_ news: LiveNews, _ name: String) -> [[UInt8]] {
        switch news {
        case .events(let events): events.map { event($0, name) }
        case .deltas(let deltas): deltas.map { object(EventsQuery.deltaKind, .string(name), ["delta": $0.json]) }
        case .resync(let resync): [object("resync", .string(name), resync.json.objectValue ?? [:])]
        case .ended(let end): [object("ended", .string(name), end.json.objectValue ?? [:])]
        }
    }

    private static func event(_ event: EventRow, _ name: String) -> [UInt8] {
        let bytes = event.jsonBytes
        var writer = JSONWriter(reservingCapacity: bytes.count + 64)
        writer.beginObject()
        writer.name("type")
        writer.string("event")
        writer.name("id")
        writer.string(name)
        writer.name("event")
        writer.raw(bytes)
        writer.endObject()
        return writer.finish()
    }

    private static func object(_ type: String, _ name: JSON, _ members: JSONObject) -> [UInt8] {
        var object: JSONObject = ["type": .string(type), "id": name]
        for member in members { object[member.name] = member.value }
        return JSON.object(object).bytes
    }
}
