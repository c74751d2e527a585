internal import Core

/// What is said to a server that asks for something (revisions before 2026-07-28).
enum ServerRequest {
    /// The answer to a request; nil for one that a person must answer.
    static func answer(to method: String) -> Result<JSON, RPCError>? {
        switch method {
        case "ping": .success([:])
        case "elicitation/create": nil
        case "sampling/createMessage": .failure(refusal("Signalbox lends servers no model."))
        case "roots/list": .failure(refusal("Signalbox tells servers of no directories."))
        default: .failure(refusal("Signalbox does not know \"\(method.prefix(60))\"."))
        }
    }

    /// That nobody decided: the answer to a question of which it is not known whom to ask.
    static let unanswered: JSON = ["action": "cancel"]

    private static func refusal(_ message: String) -> RPCError {
        RPCError(code: RPCError.methodNotFound, message: message)
    }
}
