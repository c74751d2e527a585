internal import CEL
internal import Core
internal import HTTPServer

/// What expressions of a script can look at.
enum FakeScope: Sendable {
    /// - Parameter variables: Those that are looked at; making the others would only take time.
    static func scope(of request: FakeRequest, _ headers: Headers, variables: Set<String>) -> Scope {
        var scope = Scope()
        for name in variables { scope[name] = value(of: name, request, headers) }
        return scope
    }

    private static func value(of name: String, _ request: FakeRequest, _ headers: Headers) -> Value? {
        switch name {
        case "prompt": .string(request.prompt)
        case "system": .string(request.system)
        case "messages": Value(.array(request.messages.map(\.json)))
        case "last": .string(request.last)
        case "turn": .int(Int64(request.turn))
        case "tools": Value(.array(request.tools.map(JSON.string)))
        case "results": Value(.array(request.results.map(JSON.string)))
        case "model": .string(request.model)
        case "stream": .bool(request.isStreamed)
        case "headers": Value(.object(JSONObject(headers.map { ($0.name.lowercased(), .string($0.value)) })))
        case "request": Value(request.body)
        default: nil
        }
    }
}
