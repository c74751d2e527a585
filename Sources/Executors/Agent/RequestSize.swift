internal import Core
internal import Engine
internal import Providers

/// How much a request comes to, for the budget: bytes of which three count as a token.
enum RequestSize {
    static func bytes(of request: ModelRequest, window: Int?) -> Int {
        let text = (request.system?.utf8.count ?? 0) + (request.schema?.bytes.count ?? 0)
        let tools = request.tools.reduce(0) { $0 + $1.json.bytes.count }
        let messages = request.messages.reduce(0) { sum, message in
            sum + message.parts.reduce(0) { $0 + PartSize.bytes(of: $1.json, window: window) }
        }
        return text + tools + messages
    }
}
