/// What the server asks for answers.
public protocol Responder: Sendable {
    /// How many bytes of body a request to this address may have. Asked before the body is read.
    func bodyBytesMaximum(_ request: Request) -> Int

    /// The answer; it runs on Swift's pool and may take its time, but must not block a thread.
    func respond(to request: Request) async -> Response
}

/// What a route does with a request.
public typealias Handler = @Sendable (Request) async throws -> Response

/// What stands around handlers: it may answer itself, change the request, or change the response of the next.
public typealias Middleware = @Sendable (_ request: Request, _ next: Handler) async throws -> Response
