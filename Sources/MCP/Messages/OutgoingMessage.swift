internal import Core

/// Messages as they are sent.
enum OutgoingMessage {
    /// A request.
    static func request(id: Int64, method: String, params: JSONObject) -> [UInt8] {
        JSON.object(["jsonrpc": "2.0", "id": .int(id), "method": .string(method), "params": .object(params)]).bytes
    }

    /// A notification.
    static func notification(method: String, params: JSONObject) -> [UInt8] {
        var object: JSONObject = ["jsonrpc": "2.0", "method": .string(method)]
        if !params.isEmpty { object["params"] = .object(params) }
        return JSON.object(object).bytes
    }

    /// A response to a request of the server.
    static func response(id: JSON, _ result: Result<JSON, RPCError>) -> [UInt8] {
        switch result {
        case .success(let value): JSON.object(["jsonrpc": "2.0", "id": id, "result": value]).bytes
        case .failure(let error):
            JSON.object([
                "jsonrpc": "2.0", "id": id, "error": ["code": .int(error.code), "message": .string(error.message)],
            ]).bytes
        }
    }
}
