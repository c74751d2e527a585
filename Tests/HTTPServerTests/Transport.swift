import HTTPClient
import HTTPServer

/// The two ways to a router; what is true on one must be true on the other.
enum Transport: String, CaseIterable {
    case inProcess
    case live

    /// Gives the body a function that sends requests to the router on this way.
    func with(
        _ router: Router, _ body: (_ send: (Request) async throws -> Answer) async throws -> Void
    ) async throws {
        switch self {
        case .inProcess:
            try await body { request in
                let response = await router.respond(to: request)
                return Answer(
                    status: response.status.rawValue, header: { response.headers[$0] },
                    body: request.method == .head ? [] : try await response.body.collect())
            }
        case .live:
            let client = HTTPClient(userAgent: "Tests/1")
            try await withServer(router) { server in
                try await body { request in
                    var sent = ClientRequest(request.method.rawValue, server.address + request.target)
                    for (name, value) in request.headers { sent.headers.add(name, value) }
                    if !request.body.isEmpty { sent.body = request.body }
                    let response = try await client.send(sent)
                    return Answer(
                        status: response.status, header: { response.headers[$0] },
                        body: try await response.collect(bytesMaximum: 64 << 20))
                }
            }
        }
    }
}

struct Answer {
    var status: Int
    var header: (String) -> String?
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
}
