/// What the server asks for answers.
public protocol Responder: Sendable {
    /// How many bytes of body a request to this address may have. Asked before the body is read.
    func bodyBytesMaximum(_ request: Request) -> Int

    /// Whether the handler of that request reads its body as it comes (`Request.stream`). Asked before the body is read.
    func streamsBody(of request: Request) -> Bool

    /// What is wrong already with a request whose body would be streamed; it is answered without reading the body.
    func refusal(of request: Request) -> Response?

    /// The answer to what is no request that can be read: its address is none, or its header is too long.
    /// - Parameter target: the address as the request line has it.
    func answer(unreadable target: [UInt8], headers: Headers, because error: any Error) -> Response

    /// The answer. It runs on Swift's pool and may take its time, but must not block a thread; what only reads begins on
    /// the connection's thread, and is on the pool once it has waited for something.
    func respond(to request: Request) async -> Response
}

extension Responder {
    public func streamsBody(of request: Request) -> Bool { false }
    public func refusal(of request: Request) -> Response? { nil }
    public func answer(unreadable target: [UInt8], headers: Headers, because error: any Error) -> Response {
        .problem(error, for: nil)
    }
}

/// What a route does with a request.
public typealias Handler = @Sendable (Request) async throws -> Response

/// What stands around handlers: it may answer itself, change the request, or change the response of the next.
public typealias Middleware = @Sendable (_ request: Request, _ next: Handler) async throws -> Response
