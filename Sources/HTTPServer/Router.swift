public import Core

/// Finds the handler for a request by method and path, and turns what it throws into a response.
///
/// Of several patterns that match, the most particular one wins, whatever the order of registration. A path that is
/// known under other methods gets 405 with `Allow`, which tells the methods of the most particular pattern: a reader of
/// OpenAPI looks a path up in the same way. HEAD is answered by the GET route.
public struct Router: Responder, Sendable {
    /// What stands around every handler, and around the answers 404 and 405; the first is the outermost.
    public var middlewares: [Middleware] = []
    /// What can be said of a request before its body is read; asked for those whose body is streamed.
    public var headerChecks: [@Sendable (Request) throws -> Void] = []
    /// Makes the response to an error that a handler threw.
    public var errorResponse: @Sendable (any Error, Request) -> Response = { .problem($0, for: $1) }
    /// Told about errors that are answered with a status from 500 on, so that they are logged once.
    public var reportError: @Sendable (any Error, Request) -> Void = { _, _ in }

    private let bodyBytesMaximumDefault: Int
    private var routes: [Route] = []

    private struct Route: Sendable {
        var method: Method
        var pattern: RoutePattern
        var bodyBytesMaximum: Int
        /// Whether its answers tell how large a body may be.
        var announcesMaximum: Bool
        /// What looks at the header of a request whose body is streamed; nil when bodies are collected.
        var streamCheck: (@Sendable (Request) throws -> Void)?
        var handler: Handler
    }

    /// A router without routes, whose requests may have bodies of that size unless a route says otherwise.
    public init(bodyBytesMaximum: Int = Limits.requestBodyBytesMaximum) {
        bodyBytesMaximumDefault = bodyBytesMaximum
    }

    /// Adds a route. The pattern has literal parts, `{name}` for one part, and at its end `{name...}` for the rest.
    /// - Parameter bodyBytesMaximum: of a route that takes a body: all its answers announce it, refusals too.
    public mutating func on(
        _ method: Method, _ pattern: String, bodyBytesMaximum: Int? = nil, handler: @escaping Handler
    ) {
        let route = Route(
            method: method, pattern: RoutePattern(pattern),
            bodyBytesMaximum: bodyBytesMaximum ?? bodyBytesMaximumDefault, announcesMaximum: bodyBytesMaximum != nil,
            handler: handler)
        add(route)
    }

    /// Adds a route whose handler reads the body as it comes (`Request.stream`), in bounded memory.
    /// - Parameter check: throws for what is wrong already in the header, so that the body need not be sent.
    public mutating func onStream(
        _ method: Method, _ pattern: String, bodyBytesMaximum: Int,
        check: @escaping @Sendable (Request) throws -> Void, handler: @escaping Handler
    ) {
        add(
            Route(
                method: method, pattern: RoutePattern(pattern), bodyBytesMaximum: bodyBytesMaximum,
                announcesMaximum: true, streamCheck: check, handler: handler))
    }

    private mutating func add(_ route: Route) {
        let place = routes.firstIndex { route.pattern.rank.lexicographicallyPrecedes($0.pattern.rank) }
        routes.insert(route, at: place ?? routes.endIndex)
    }

    /// The method and the pattern of every route, the more particular ones first.
    public var endpoints: [(method: Method, pattern: String)] { routes.map { ($0.method, $0.pattern.text) } }

    public mutating func get(_ pattern: String, handler: @escaping Handler) {
        on(.get, pattern, handler: handler)
    }

    public mutating func post(_ pattern: String, bodyBytesMaximum: Int? = nil, handler: @escaping Handler) {
        on(.post, pattern, bodyBytesMaximum: bodyBytesMaximum, handler: handler)
    }

    public mutating func put(_ pattern: String, bodyBytesMaximum: Int? = nil, handler: @escaping Handler) {
        on(.put, pattern, bodyBytesMaximum: bodyBytesMaximum, handler: handler)
    }

    public mutating func patch(_ pattern: String, bodyBytesMaximum: Int? = nil, handler: @escaping Handler) {
        on(.patch, pattern, bodyBytesMaximum: bodyBytesMaximum, handler: handler)
    }

    public mutating func delete(_ pattern: String, handler: @escaping Handler) {
        on(.delete, pattern, handler: handler)
    }

    public func bodyBytesMaximum(_ request: Request) -> Int {
        guard case .found(let route, _) = find(request) else { return bodyBytesMaximumDefault }
        return route.bodyBytesMaximum
    }

    public func streamsBody(of request: Request) -> Bool {
        guard case .found(let route, _) = find(request) else { return false }
        return route.streamCheck != nil
    }

    public func refusal(of request: Request) -> Response? {
        guard case .found(let route, let parameters) = find(request), let check = route.streamCheck else { return nil }
        var request = request
        request.pathParameters = parameters
        do {
            for check in headerChecks + [check] { try check(request) }
            return nil
        } catch {
            return errorResponse(error, request).announcing(bodyBytesMaximum: route.bodyBytesMaximum)
        }
    }

    public func answer(unreadable target: [UInt8], headers: Headers, because error: any Error) -> Response {
        // Mostly it is the query that cannot be read; who asked, a person or a program, is known all the same.
        let path = Array(target.prefix { $0 != UInt8(ascii: "?") })
        do {
            return errorResponse(error, try Request(.get, targetBytes: path, headers: headers))
        } catch {
            return .problem(error, for: nil)
        }
    }

    /// Answers a request as the live server does, without a socket.
    public func respond(to request: Request) async -> Response {
        let response = await answer(to: request)
        guard !request.method.isSafe, case .found(let route, _) = find(request), route.announcesMaximum else {
            return response
        }
        return response.announcing(bodyBytesMaximum: route.bodyBytesMaximum)
    }

    private func answer(to request: Request) async -> Response {
        do {
            if !request.body.isEmpty {
                let maximum = bodyBytesMaximum(request)
                guard request.body.count <= maximum else {
                    return .bodyTooLarge(bytesMaximum: maximum, for: request)
                }
            }
            return try await pass(request, through: middlewares[...])
        } catch {
            let response = errorResponse(error, request)
            if response.status.rawValue >= 500 { reportError(error, request) }
            return response
        }
    }

    private func pass(_ request: Request, through rest: ArraySlice<Middleware>) async throws -> Response {
        guard let middleware = rest.first else { return try await dispatch(request) }
        return try await middleware(request) { request in
            // Errors become responses here, so that a middleware that changes responses changes those as well.
            do {
                return try await pass(request, through: rest.dropFirst())
            } catch {
                let response = errorResponse(error, request)
                if response.status.rawValue >= 500 { reportError(error, request) }
                return response
            }
        }
    }

    private func dispatch(_ request: Request) async throws -> Response {
        switch find(request) {
        case .found(let route, let parameters):
            var request = request
            request.pathParameters = parameters
            if route.streamCheck != nil, request.stream == nil {
                request.stream = BodyStream(request.body)
                request.body = []
            }
            return try await route.handler(request)
        case .otherMethods(let methods):
            let allowed = methods.map(\.rawValue).joined(separator: ", ")
            let error = SignalboxError(
                .methodNotAllowed, "\(request.path) does not know the method \(request.method.rawValue).",
                hint: "It knows \(allowed).")
            var response = errorResponse(error, request)
            response.headers["Allow"] = allowed
            return response
        case .nothing:
            throw SignalboxError(.notFound, "There is nothing at \(request.path).")
        }
    }

    private enum Found {
        case found(Route, [String: String])
        case otherMethods([Method])
        case nothing
    }

    private func find(_ request: Request) -> Found {
        var methods: [Method] = []
        var rank: [Int]?
        // By place: to copy each route that does not match took a quarter of the time of a short answer.
        for place in routes.indices {
            guard let parameters = routes[place].pattern.match(request.segments) else { continue }
            let route = routes[place]
            if route.method == request.method || request.method == .head && route.method == .get {
                return .found(route, parameters)
            }
            rank = rank ?? route.pattern.rank
            guard route.pattern.rank == rank else { continue }
            let names = route.method == .get ? [.get, .head] : [route.method]
            methods += names.filter { !methods.contains($0) }
        }
        return methods.isEmpty ? .nothing : .otherMethods(methods)
    }
}

extension Response {
    /// The header that says how many bytes the body of such a request may have.
    public static let bodyBytesMaximumHeader = "Signalbox-Body-Bytes-Maximum"

    /// The same, saying how many bytes the body of such a request may have.
    fileprivate func announcing(bodyBytesMaximum maximum: Int) -> Response {
        var response = self
        response.headers[Self.bodyBytesMaximumHeader] = String(maximum)
        return response
    }

    /// The refusal of a body over its limit.
    static func bodyTooLarge(bytesMaximum: Int, for request: Request) -> Response {
        let error = SignalboxError(.limit, "The body of this request may have at most \(bytesMaximum) bytes.")
        return Response.problem(error, for: request).announcing(bodyBytesMaximum: bytesMaximum)
    }
}
