internal import Core
internal import HTTPServer
internal import Runtime

/// A message of a client over a WebSocket.
enum SocketRequest: Sendable {
    case subscribe(name: String, task: String?, after: Position, filter: LiveFilter)
    case unsubscribe(name: String)

    /// - Throws: `SignalboxError`: `invalid_json`, or `invalid_input` with the place of every mistake.
    init(_ text: String) throws {
        let json = try JSON(parsing: text)
        var reader = try ObjectReader(json)
        let type = reader.string("type")
        let name = reader.string("id")
        if let name, !(1...Limits.socketNameBytesMaximum).contains(name.utf8.count) {
            reader.add("\"id\" must have 1 to \(Limits.socketNameBytesMaximum) bytes", at: "id")
        }
        switch type {
        case "unsubscribe":
            try reader.finish()
            guard let name else { throw Self.withoutName }
            self = .unsubscribe(name: name)
        case "subscribe":
            let task = Self.task(&reader)
            let after = Self.position(&reader)
            let kinds = reader.strings("kinds")
            if kinds?.isEmpty == true {
                reader.add("\"kinds\" must have at least one kind", at: "kinds", hint: "leave it out for all")
            }
            try reader.finish()
            guard let name else { throw Self.withoutName }
            self = .subscribe(name: name, task: task, after: after, filter: try EventsQuery.filter(kinds: kinds))
        default:
            throw SignalboxError(
                .invalidInput, "\"type\" must be \"subscribe\" or \"unsubscribe\".", at: .pointer("/type"))
        }
    }

    /// The name of the subscription that a message is about, as far as it can be read: for the answer that refuses it.
    static func name(in text: String) -> JSON {
        do {
            guard let name = try JSON(parsing: text)["id"]?.stringValue,
                name.utf8.count <= Limits.socketNameBytesMaximum
            else { return .null }
            return .string(name)
        } catch {
            // What is no JSON has no name.
            return .null
        }
    }

    private static let withoutName = SignalboxError(
        .invalidInput, "A subscription has a name in \"id\".", at: .pointer("/id"))

    /// The number or the id of a task.
    private static func task(_ reader: inout ObjectReader) -> String? {
        switch reader.value("task") {
        case nil: return nil
        case .int(let number)? where number > 0: return String(number)
        case .string(let reference)?: return reference
        default:
            reader.add("\"task\" must be the number or the id of a task, or null", at: "task")
            return nil
        }
    }

    private static func position(_ reader: inout ObjectReader) -> Position {
        guard let value = reader.value("after") else { return .zero }
        guard case .int(let number) = value, number >= 0 else {
            reader.add("\"after\" must be a position: a whole number that is not negative", at: "after")
            return .zero
        }
        return Position(rawValue: number)
    }
}
