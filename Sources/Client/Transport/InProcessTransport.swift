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
        var called = try Request(
            Method(rawValue: request.method), request.target, headers: headers, body: request.body ?? [])
        called.stream = request.bodyFile.map { BodyStream($0) }
        let response = await responder.respond(to: called)
        let body = response.body.open()
        return APIResponse(status: response.status.rawValue, body: ResponseBody { try await body.next() })
    }
}
