internal import API
internal import Core
internal import HTTPServer
internal import Runtime
internal import Web

/// All that answers requests: API and pages over one engine, with what guards them.
enum Interface: Sendable {
    /// - Parameter port: where it is served, for the check of `Host` and `Origin`; nil when it is called in the process.
    static func router(for runtime: Runtime, port: UInt16?) -> Router {
        var router = Router()
        let log = runtime.configuration.log
        router.reportError = { error, request in
            // Whoever calls in the process gets the error itself; what is none of ours arrives as a defect and no more.
            guard port != nil || !(error is SignalboxError) else { return }
            log.error(
                "A request failed",
                [
                    "method": .string(request.method.rawValue), "path": .string(request.path),
                    "error": .string("\(error)"),
                ])
        }
        if let port {
            let safety = LocalSafety(port: port)
            router.middlewares = [safety.middleware, Compression().middleware]
            router.headerChecks = [safety.check]
            if log.says(.debug) { router.middlewares.insert(RequestLog(log).middleware, at: 0) }
        }
        let pages = WebPages(runtime)
        API(runtime, exportPage: pages.exportPage).install(in: &router)
        pages.install(in: &router)
        return router
    }
}
