internal import Core

/// One request to a server, and what happens until it is answered.
struct Exchange: Sendable {
    var method: String
    /// With `_meta`, but for the token of its progress.
    var params: JSONObject
    var patience: Patience
    /// Header fields that HTTP sends along with it.
    var headers: [(name: String, value: String)] = []
    /// Called for each note on its progress; nil asks for none.
    var onProgress: (@Sendable (MCPProgress) -> Void)?
    /// Asks people what the server asks for by `elicitation/create`, and gives the result; nil refuses.
    var onQuestion: (@Sendable (JSON) async -> JSON)?
    /// Its answer ends a stream of notifications that goes on for as long as it is wanted.
    var isSubscription = false

    init(_ method: String, _ params: JSONObject, patience: Patience) {
        self.method = method
        self.params = params
        self.patience = patience
    }

    /// The request with its id, which is also the token of its progress.
    func message(id: Int64) -> [UInt8] {
        var params = params
        if onProgress != nil {
            var meta = params["_meta"]?.objectValue ?? [:]
            meta["progressToken"] = .int(id)
            params["_meta"] = .object(meta)
        }
        return OutgoingMessage.request(id: id, method: method, params: params)
    }
}

/// What a server answered to a request.
struct RPCAnswer: Sendable {
    var result: JSONObject
    /// How long its text was.
    var bytes: Int
}
