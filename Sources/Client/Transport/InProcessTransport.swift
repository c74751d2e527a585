public import HTTPServer

/// Calls a router in this process: the same requests and answers as over a socket, without one.
public struct InProcessTransport: Transport {
    private let responder: any Responder

    public init(_ responder: any Responder) {
        self.responder = responder
    }

    public var place: String { "the engine in this process" }

    public func open(_ request: APIRequest) async throws -> APIResponse {
        var headers = Headers()
        for (name, value) in request.headers { headers.add(name, value) }
        let response = await responder.respond(
            to: try Request(
                Method(rawValue: request.method), request.target, headers: headers, body: request.body ?? []))
        let body = response.body.open()
        return APIResponse(status: response.status.rawValue, body: ResponseBody { try await body.next() })
    }
}
