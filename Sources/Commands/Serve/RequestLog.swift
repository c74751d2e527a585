internal import Core
internal import HTTPServer

/// Says of each request how it was answered. What stands behind the path is left out: it may be nobody's business.
struct RequestLog: Sendable {
    private let log: Log

    init(_ log: Log) {
        self.log = log
    }

    /// For `Router.middlewares`, as the outermost. A stream is answered when it begins.
    var middleware: Middleware {
        { request, next in
            let clock = ContinuousClock()
            let began = clock.now
            let response = try await next(request)
            let microseconds = Int64((clock.now - began) / .microseconds(1))
            log.debug(
                "Request",
                [
                    "method": .string(request.method.rawValue), "path": .string(request.path),
                    "status": .int(Int64(response.status.rawValue)),
                    "duration_ms": .double(Double(microseconds) / 1_000),
                ])
            return response
        }
    }
}
