internal import Core

/// Keeps pages of other sites away from a server that trusts everybody on this machine.
///
/// * DNS rebinding: a foreign name that resolves to 127.0.0.1 makes the foreign page "same-origin", but its name stands
///   in `Host`. Only our own names with our own port are answered (421).
/// * Forged requests: a page may send forms and simple requests anywhere. What changes something is refused (403) when
///   `Origin` is another's or `Sec-Fetch-Site` says that it comes from elsewhere; other ports of this machine count as
///   elsewhere. WebSocket handshakes are treated the same, for browsers let any page open one.
/// * What needs no preflight cannot be a call: bodies under `/api` must be JSON or raw bytes (415). Only files may also be
///   sent as forms with files: nothing is started by that, and every browser tells `Origin` with such a form.
public struct LocalSafety: Sendable {
    /// Under this path bodies must be of one of `contentTypes`.
    public var strictPath = "api"
    /// Media types that a foreign page cannot send without asking first (CORS preflight).
    public var contentTypes: Set = ["application/json", "application/octet-stream", "application/yaml"]

    /// Here forms with files are taken as well, and raw bytes of any type that needs a preflight.
    public var uploadPath = ["api", "files"]

    private let hosts: Set<String>
    private let origins: Set<String>

    /// The safety of a server at that port.
    public init(port: UInt16) {
        let names = ["localhost", "127.0.0.1", "[::1]"]
        // Clients leave the port away when it is the scheme's own.
        let hosts = names.map { "\($0):\(port)" } + (port == 80 ? names : [])
        self.hosts = Set(hosts)
        origins = Set(hosts.map { "http://" + $0 })
    }

    /// For `Router.middlewares`.
    public var middleware: Middleware {
        { request, next in
            try check(request)
            return try await next(request)
        }
    }

    /// Throws `misdirected_request`, `forbidden` or `unsupported_media_type`.
    public func check(_ request: Request) throws {
        try checkHost(request)
        guard !request.method.isSafe || request.headers["Upgrade"] != nil else { return }
        try checkOrigin(request)
        try checkContentType(request)
    }

    private func checkHost(_ request: Request) throws {
        let given = request.headers.all("Host")
        guard given.count == 1, hosts.contains(given[0].lowercased()) else {
            let names = given.isEmpty ? "no host" : given.joined(separator: ", ")
            throw SignalboxError(
                .misdirected, "This server does not answer for \(names).",
                hint: "Use http://\(hosts.sorted().first { $0.hasPrefix("127") } ?? "127.0.0.1").")
        }
    }

    private func checkOrigin(_ request: Request) throws {
        let isForeign = request.headers.all("Origin").contains { !origins.contains($0.lowercased()) }
        let isFromElsewhere = request.headers.all("Sec-Fetch-Site").contains { $0 != "same-origin" && $0 != "none" }
        guard !isForeign, !isFromElsewhere else {
            throw SignalboxError(
                .forbidden, "The request comes from a page of another site.",
                hint: "Only the server's own pages, and programs that send no Origin, may change anything.")
        }
    }

    private func checkContentType(_ request: Request) throws {
        guard request.segments.first == strictPath, request.hasBody else { return }
        if request.segments == uploadPath { return try checkUpload(request) }
        guard let type = request.contentType, contentTypes.contains(type) else {
            throw SignalboxError(
                .unsupportedMediaType,
                "The body is \(request.contentType ?? "of no stated type"), which is not accepted.",
                hint: "Send JSON with the header Content-Type: application/json.")
        }
    }

    private func checkUpload(_ request: Request) throws {
        // PUT needs a preflight, whatever it sends.
        guard request.method == .post else { return }
        let simple = ["application/x-www-form-urlencoded", "text/plain"]
        guard let type = request.contentType, !simple.contains(type) else {
            throw SignalboxError(
                .unsupportedMediaType,
                "A file cannot be sent as \(request.contentType ?? "something of no stated type").",
                hint: "Send it with PUT, as multipart/form-data, or with Content-Type: application/octet-stream.")
        }
    }
}
