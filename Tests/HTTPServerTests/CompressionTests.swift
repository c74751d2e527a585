import Core
import Testing

@testable import HTTPServer

/// Answers that are sent as gzip, and those that are not; that others can read them is for `e2e/test_api_http.py`.
@Suite(.timeLimit(.minutes(1)))
struct CompressionTests {
    private static let text = String(repeating: "The same line again. ", count: 20_000)

    private func router() -> Router {
        var router = Router()
        router.middlewares = [Compression().middleware]
        router.get("/text") { _ in .text(Self.text) }
        router.get("/short") { _ in .text("short") }
        router.get("/bytes") { _ in
            Response(headers: ["Content-Type": "image/png"], body: .bytes(Array(Self.text.utf8)))
        }
        router.get("/packed") { _ in
            Response(
                headers: ["Content-Type": "text/plain", "Content-Encoding": "br"], body: .bytes(Array(Self.text.utf8)))
        }
        router.get("/stream") { _ in
            Response(
                headers: ["Content-Type": "application/json"],
                body: .stream { writer in for _ in 0..<20 { try await writer.write(Self.text) } })
        }
        router.get("/broken") { _ in
            Response(
                headers: ["Content-Type": "application/json"],
                body: .stream { writer in
                    try await writer.write(Self.text)
                    throw SignalboxError(.storage, "The disk is gone.")
                })
        }
        router.get("/events") { _ in .events { try await $0.write("data: 1\n\n") } }
        router.get("/version") { request in
            guard request.headers["If-None-Match"] != "\"a\"" else {
                return Response(.notModified, headers: ["ETag": "\"a\""])
            }
            return Response(
                headers: ["Content-Type": "application/json", "ETag": "\"a\""], body: .bytes(Array(Self.text.utf8)))
        }
        return router
    }

    private func request(_ target: String, accepting codings: String?, _ more: Headers = [:]) throws -> Request {
        var request = try Request(.get, target, headers: more)
        if let codings { request.headers.add("Accept-Encoding", codings) }
        return request
    }

    /// What the last four bytes of a gzip say of the length of what is in it (RFC 1952 §2.3.1).
    private func length(_ gzip: [UInt8]) -> Int {
        gzip.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
    }

    @Test(arguments: Transport.allCases, ["gzip", "br;q=1, gzip;q=0.5", "*", "GZIP", "identity, x-gzip"])
    func `Large text is packed for those who take it`(transport: Transport, codings: String) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(request("/text", accepting: codings))
            #expect(answer.header("Content-Encoding") == "gzip")
            #expect(answer.header("Vary") == "Accept-Encoding")
            #expect(answer.body.starts(with: [0x1F, 0x8B, 8]))
            #expect(answer.body.count < Self.text.utf8.count / 20)
            #expect(length(answer.body) == Self.text.utf8.count)
        }
    }

    @Test(arguments: [nil, "", "identity", "br", "gzip;q=0", "gzip; q=0.0", "*;q=0", "gzipped"] as [String?])
    func `It is sent as it is to others, and caches are told`(codings: String?) async throws {
        let answer = try await router().respond(to: request("/text", accepting: codings))
        #expect(answer.headers["Content-Encoding"] == nil)
        #expect(answer.headers["Vary"] == "Accept-Encoding")
        #expect(try await answer.body.collect() == Array(Self.text.utf8))
    }

    @Test func `What is sent many times is packed once`() async throws {
        let packed = PackedBody()
        var router = Router()
        router.middlewares = [Compression().middleware]
        router.get("/kept/{letter}") { request in
            let letter = request.pathParameter("letter")
            var response = Response.text(String(repeating: letter, count: Compression.bytesMinimum))
            response.packed = packed
            return response
        }
        let first = try await router.respond(to: request("/kept/a", accepting: "gzip")).body.collect()
        #expect(first.starts(with: [0x1F, 0x8B, 8]))
        // Of another body it would be another gzip, if it were made again.
        #expect(try await router.respond(to: request("/kept/b", accepting: "gzip")).body.collect() == first)
        let plain = try await router.respond(to: request("/kept/b", accepting: nil)).body.collect()
        #expect(plain.first == UInt8(ascii: "b"))
    }

    @Test(arguments: ["/short", "/bytes", "/events"])
    func `What gains nothing or must not wait is not packed`(target: String) async throws {
        let answer = try await router().respond(to: request(target, accepting: "gzip"))
        #expect(answer.headers["Content-Encoding"] == nil)
        #expect(answer.headers["Vary"] == nil)
    }

    @Test func `What is packed already stays as it is`() async throws {
        let answer = try await router().respond(to: request("/packed", accepting: "gzip"))
        #expect(answer.headers["Content-Encoding"] == "br")
        #expect(try await answer.body.collect() == Array(Self.text.utf8))
    }

    @Test(arguments: Transport.allCases)
    func `A stream is packed on its way`(transport: Transport) async throws {
        try await transport.with(router()) { send in
            let answer = try await send(request("/stream", accepting: "gzip"))
            #expect(answer.header("Content-Encoding") == "gzip")
            #expect(length(answer.body) == 20 * Self.text.utf8.count)
        }
    }

    @Test func `A stream that fails is cut`() async throws {
        let answer = try await router().respond(to: request("/broken", accepting: "gzip"))
        await #expect(throws: StreamClosed.self) { try await answer.body.collect() }
    }

    @Test func `The packed bytes have a tag of their own, by which the same version is found`() async throws {
        let plain = try await router().respond(to: request("/version", accepting: nil))
        #expect(plain.headers["ETag"] == "\"a\"")
        let packed = try await router().respond(to: request("/version", accepting: "gzip"))
        #expect(packed.headers["ETag"] == "\"a-gzip\"")
        for tag in ["\"a\"", "\"a-gzip\""] {
            let known = try await router().respond(
                to: request("/version", accepting: "gzip", ["If-None-Match": tag]))
            #expect(known.status == .notModified)
        }
    }
}
