internal import Core

/// A message of a server (JSON-RPC 2.0).
enum RPCMessage: Sendable {
    case result(id: JSON, JSONObject)
    case error(id: JSON?, RPCError)
    case request(id: JSON, method: String, params: JSONObject)
    case notification(method: String, params: JSONObject)

    /// - Throws: `Malformed` when it is none of these.
    init(_ json: JSON) throws {
        guard let members = json.objectValue else {
            throw Malformed("it sent \(json.typeName) where a message should stand")
        }
        let id = members["id"].flatMap { $0.isNull ? nil : $0 }
        guard members["jsonrpc"] == "2.0" else { throw Malformed("it sent a message that is not JSON-RPC 2.0", id: id) }
        if let method = members["method"] {
            guard let method = method.stringValue else { throw Malformed("it sent a method that is no string", id: id) }
            let params = members["params"] ?? [:]
            guard let params = params.objectValue else {
                throw Malformed("it sent \"\(method.prefix(60))\" with parameters that are no object", id: id)
            }
            self =
                id.map { .request(id: $0, method: method, params: params) }
                ?? .notification(method: method, params: params)
        } else if let error = members["error"] {
            guard let error = RPCError(error) else {
                throw Malformed("it sent an error without code or message", id: id)
            }
            self = .error(id: id, error)
        } else if let result = members["result"] {
            guard let id else { throw Malformed("it sent a result without an id") }
            guard let result = result.objectValue else {
                throw Malformed("it sent a result that is no object, but \(result.typeName)", id: id)
            }
            self = .result(id: id, result)
        } else {
            throw Malformed("it sent a message that is neither request nor response", id: id)
        }
    }

    /// What cannot be understood, and which request it answers, as far as that can be told.
    struct Malformed: Error {
        var reason: String
        var id: JSON?

        init(_ reason: String, id: JSON? = nil) {
            self.reason = reason
            self.id = id
        }
    }

    /// Reads a message from its bytes.
    /// - Throws: `Malformed`.
    static func read(_ bytes: [UInt8]) throws -> RPCMessage {
        let json: JSON
        do {
            json = try JSON(parsing: bytes)
        } catch let error as SignalboxError {
            throw Malformed("it sent what is not valid JSON (\(error.message.asReason))", id: guessedID(in: bytes))
        }
        return try RPCMessage(json)
    }

    /// The id of a message that only its letters spoil.
    private static func guessedID(in bytes: [UInt8]) -> JSON? {
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        do {
            return try JSON(parsing: String(decoding: bytes, as: UTF8.self))["id"]
        } catch {
            return nil
        }
    }
}
