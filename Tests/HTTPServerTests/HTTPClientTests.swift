import Core
import Glibc
import HTTPClient
import HTTPServer
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct HTTPClientTests {
    private let client = HTTPClient(userAgent: "Signalbox/test")

    private func router() -> Router {
        var router = Router()
        router.get("/ok") { _ in .text("fine") }
        router.get("/agent") { request in .text(request.headers["User-Agent"] ?? "none") }
        router.on(.post, "/echo") { request in
            var response = Response(.created, body: .bytes(request.body))
            response.headers["X-Sent-Type"] = request.headers["Content-Type"] ?? "none"
            response.headers["X-Sent-Length"] = request.headers["Content-Length"] ?? "none"
            return response
        }
        for method in [Method.put, .patch, .delete] {
            router.on(method, "/echo") { request in
                .text("\(request.method.rawValue) \(String(decoding: request.body, as: UTF8.self))")
            }
        }
        router.get("/redirect/{left}") { request in
            let left = Int(request.pathParameter("left")) ?? 0
            return Response(.seeOther, headers: ["Location": left > 1 ? "/redirect/\(left - 1)" : "/ok"])
        }
        router.get("/to-file") { _ in Response(.seeOther, headers: ["Location": "file:///etc/passwd"]) }
        router.get("/silent") { _ in
            for await _ in AsyncStream<Never>.makeStream().stream {}
            return .text("never")
        }
        router.get("/stalls") { _ in
            .events { writer in
                try await writer.write("data: first\n\n")
                for await _ in AsyncStream<Never>.makeStream().stream {}
            }
        }
        router.get("/cut") { _ in
            .events { writer in
                try await writer.write("data: first\n\n")
                throw CancellationError()
            }
        }
        router.get("/stream/{count}") { request in
            let count = Int(request.pathParameter("count")) ?? 0
            return .events { writer in
                for number in 0..<count { try await writer.write("data: \(number)\n\n") }
            }
        }
        return router
    }

    private func withRouter(_ body: (_ address: String) async throws -> Void) async throws {
        try await withServer(router()) {
            $0.graceTimeout = .milliseconds(100)
        } _: { server in
            try await body(server.address)
        }
    }

    /// The error of a request that must fail.
    private func failure(_ request: ClientRequest) async -> SignalboxError? {
        do {
            _ = try await client.send(request).collect(bytesMaximum: 1 << 20)
            Issue.record("The request succeeded.")
        } catch let error as SignalboxError {
            return error
        } catch {
            Issue.record("\(error)")
        }
        return nil
    }

    private func cause(_ error: SignalboxError?) -> TransferFailure? { error?.cause as? TransferFailure }

    @Test func `A response has status, header and body`() async throws {
        try await withRouter { address in
            let response = try await client.send(ClientRequest("GET", address + "/ok"))
            #expect(response.status == 200)
            #expect(response.headers["content-type"] == "text/plain; charset=utf-8")
            let body = try await response.collect(bytesMaximum: 4)
            #expect(String(decoding: body, as: UTF8.self) == "fine")
            let agent = try await client.send(ClientRequest("GET", address + "/agent")).collect(bytesMaximum: 100)
            #expect(String(decoding: agent, as: UTF8.self) == "Signalbox/test")
        }
    }

    @Test(arguments: [0, 1, 100, 1_000_000])
    func `A body goes out as it is`(count: Int) async throws {
        try await withRouter { address in
            let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
            let response = try await client.send(ClientRequest("POST", address + "/echo", body: body))
            #expect(response.status == 201)
            #expect(response.headers["X-Sent-Type"] == "none")
            #expect(response.headers["X-Sent-Length"] == "\(count)")
            let echo = try await response.collect(bytesMaximum: count)
            #expect(echo == body)
        }
    }

    @Test(arguments: ["PUT", "PATCH", "DELETE"])
    func `Other methods work`(method: String) async throws {
        try await withRouter { address in
            let request = ClientRequest(method, address + "/echo", body: Array("x".utf8))
            let answer = try await client.send(request).collect(bytesMaximum: 100)
            #expect(String(decoding: answer, as: UTF8.self) == "\(method) x")
        }
    }

    @Test func `A body that is too long is an error`() async throws {
        try await withRouter { address in
            let response = try await client.send(ClientRequest("GET", address + "/stream/100000"))
            let error = await #expect(throws: SignalboxError.self) { try await response.collect(bytesMaximum: 100_000) }
            #expect(error?.code == .limit)
        }
    }

    @Test func `Two hundred streams at once arrive whole`() async throws {
        try await withRouter { address in
            let expected = (0..<500).map { "data: \($0)\n\n" }.joined()
            let right = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 0..<200 {
                    group.addTask { [client] in
                        let response = try await client.send(ClientRequest("GET", address + "/stream/500"))
                        let body = try await response.collect(bytesMaximum: 1 << 20)
                        return String(decoding: body, as: UTF8.self) == expected
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(right == 200)
        }
    }

    @Test func `A slow reader holds its sender back and loses nothing`() async throws {
        try await withRouter { address in
            let count = 200_000
            let response = try await client.send(ClientRequest("GET", address + "/stream/\(count)"))
            var text: [UInt8] = []
            for try await piece in response.body {
                #expect(piece.count <= 64 << 10)
                text += piece
                // Others are served between any two pieces.
                if text.count % 7 == 0 {
                    let other = try await client.send(ClientRequest("GET", address + "/ok"))
                    #expect(other.status == 200)
                }
            }
            #expect(text.split(separator: UInt8(ascii: "\n")).count == count)
        }
    }

    @Test func `A stream that is cut is an error after its beginning`() async throws {
        try await withRouter { address in
            let response = try await client.send(ClientRequest("GET", address + "/cut"))
            var text: [UInt8] = []
            let error = await #expect(throws: SignalboxError.self) {
                for try await piece in response.body { text += piece }
            }
            #expect(String(decoding: text, as: UTF8.self) == "data: first\n\n")
            #expect(cause(error) == .broken)
        }
    }

    @Test(arguments: ["/silent", "/stalls"])
    func `Cancelling the task ends the transfer`(path: String) async throws {
        try await withRouter { address in
            let (starts, started) = AsyncStream<Void>.makeStream()
            let task = Task { [client] in
                started.yield()
                let response = try await client.send(ClientRequest("GET", address + path))
                return try await response.collect(bytesMaximum: 1_000)
            }
            for await _ in starts { break }
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
        }
    }

    @Test func `Letting go of a response ends its stream at the server`() async throws {
        let (endings, ended) = AsyncStream<Void>.makeStream()
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                defer { ended.yield() }
                while true { try await writer.write("data: more\n\n") }
            }
        }
        try await withServer(router) { server in
            let status = try await client.send(ClientRequest("GET", server.address)).status
            #expect(status == 200)
            for await _ in endings { break }
        }
    }

    @Test func `Redirects are handed out unless asked for`() async throws {
        try await withRouter { address in
            var request = ClientRequest("GET", address + "/redirect/3")
            let redirect = try await client.send(request)
            #expect(redirect.status == 303)
            #expect(redirect.headers["Location"] == "/redirect/2")
            request.redirectsMaximum = 3
            let followed = try await client.send(request)
            #expect(followed.status == 200)
            request.redirectsMaximum = 2
            #expect(cause(await failure(request)) == .redirected)
            request = ClientRequest("GET", address + "/to-file")
            request.redirectsMaximum = 1
            #expect(cause(await failure(request)) == .redirected)
        }
    }

    @Test func `Each time-out says what was too slow`() async throws {
        try await withRouter { address in
            var silent = ClientRequest("GET", address + "/silent")
            silent.timeouts.firstByte = .milliseconds(100)
            let first = await failure(silent)
            #expect(cause(first) == .timedOut)
            #expect(first?.message.contains("did not answer within 100 ms") == true)

            var stalls = ClientRequest("GET", address + "/stalls")
            stalls.timeouts.idle = .milliseconds(100)
            let idle = await failure(stalls)
            #expect(cause(idle) == .timedOut)
            #expect(idle?.message.contains("sent nothing for 100 ms") == true)

            stalls.timeouts.idle = nil
            stalls.timeouts.total = .milliseconds(100)
            let total = await failure(stalls)
            #expect(cause(total) == .timedOut)
            #expect(total?.message.contains("took longer than 100 ms") == true)
        }
    }

    @Test func `A connection that does not come about is given up after its time`() async throws {
        let listener = try FullListener()
        var request = ClientRequest("GET", "http://127.0.0.1:\(listener.port)/?key=secret")
        request.timeouts.connect = .milliseconds(200)
        let error = await failure(request)
        #expect(error?.code == .upstream)
        #expect(error?.message == "No connection to 127.0.0.1:\(listener.port) within 200 ms.")
        #expect(cause(error) == .notConnected, "nothing was sent, so it may be sent again")
    }

    @Test func `A service that is not there is an error with its address`() async throws {
        // A port that was free a moment ago: the server has been stopped.
        let address = try await withServer(Router()) { $0.address }
        let error = await failure(ClientRequest("GET", address + "/?key=secret"))
        #expect(error?.code == .upstream)
        #expect(error?.message == "Could not connect to \(address.dropFirst(7)): Connection refused.")
        #expect(cause(error) == .notConnected)
    }

    @Test(arguments: [
        ClientRequest("GET", "file:///etc/passwd"), ClientRequest("GET", "ftp://localhost/"),
        ClientRequest("GET", "http://user:password@localhost/"), ClientRequest("GET", "http:///"),
        ClientRequest("GET", "localhost:80"), ClientRequest("GET", ""), ClientRequest("GET", "http://local host/"),
        ClientRequest("GET", "http://localhost/\r\nX-Forged: yes"), ClientRequest("GET /", "http://localhost/"),
        ClientRequest("", "http://localhost/"),
        ClientRequest("GET", "http://localhost/", headers: ["X-A": "a\r\nX-Forged: yes"]),
        ClientRequest("GET", "http://localhost/", headers: ["X-A": "a\nb"]),
        ClientRequest("GET", "http://localhost/", headers: ["X-A\r\nX-B": "a"]),
        ClientRequest("GET", "http://localhost/", headers: ["X-A": "a\u{0}b"]),
    ])
    func `What must not be sent is refused`(request: ClientRequest) async {
        let error = await failure(request)
        #expect(error?.code == .invalidInput)
        #expect(error?.message.contains("password@") == false)
    }

    @Test func `What is not HTTP is an error`() async throws {
        let listener = try GarbageServer(answer: "SSH-2.0-OpenSSH_9.2\r\n")
        let error = await failure(ClientRequest("GET", "http://127.0.0.1:\(listener.port)/"))
        #expect(error?.code == .upstream)
        #expect(cause(error) == .broken)
    }

    @Test(arguments: [
        "X-Long: " + String(repeating: "a", count: 200_000) + "\r\n",
        String(repeating: "X-Many: " + String(repeating: "a", count: 990) + "\r\n", count: 200),
        String(repeating: "X-Many: " + String(repeating: "a", count: 990) + "\r\n", count: 400),
    ])
    func `A header that is too long is an error that says so`(fields: String) async throws {
        let listener = try GarbageServer(answer: "HTTP/1.1 200 OK\r\n\(fields)Content-Length: 0\r\n\r\n")
        let error = await failure(ClientRequest("GET", "http://127.0.0.1:\(listener.port)/"))
        #expect(error?.code == .upstream)
        #expect(
            error?.message
                == "The header of what 127.0.0.1:\(listener.port) answers is larger than "
                + "\(Limits.responseHeaderBytesMaximum) bytes.")
        #expect(cause(error) == .tooLarge)
    }

    @Test func `A header that is long but not too long is taken`() async throws {
        let value = String(repeating: "a", count: 90_000)
        let listener = try GarbageServer(
            answer: "HTTP/1.1 200 OK\r\nX-Long: \(value)\r\nContent-Length: 0\r\n\r\n")
        let response = try await client.send(ClientRequest("GET", "http://127.0.0.1:\(listener.port)/"))
        #expect(response.headers["X-Long"] == value)
    }
}

/// Accepts one connection, says that, and closes.
private final class GarbageServer: Sendable {
    let port: UInt16

    init(answer: String) throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = unsafe withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            _ = unsafe bind(listener, pointer, length)
            _ = listen(listener, 1)
            return unsafe getsockname(listener, pointer, &length)
        }
        guard code == 0 else { throw RawClientError(what: "listen", number: errno) }
        port = UInt16(bigEndian: address.sin_port)
        try startThread(name: "garbage") {
            let connection = accept(listener, nil, nil)
            let bytes = Array(answer.utf8)
            _ = unsafe send(connection, bytes, bytes.count, Int32(MSG_NOSIGNAL))
            shutdown(connection, Int32(SHUT_WR))
            var request = [UInt8](repeating: 0, count: 4_096)
            _ = unsafe recv(connection, &request, request.count, 0)
            close(connection)
            close(listener)
        }
    }
}

/// Listens and takes nobody in: its backlog is full, so that Linux drops whatever else would connect.
private final class FullListener: Sendable {
    let port: UInt16
    private let descriptors: [Int32]

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let client = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        descriptors = [listener, client]
        // A backlog of none has room for one connection (man 2 listen; `sk_acceptq_is_full` compares with `>`).
        let code = unsafe withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            guard unsafe bind(listener, pointer, length) == 0, listen(listener, 0) == 0,
                unsafe getsockname(listener, pointer, &length) == 0
            else { return Int32(-1) }
            return unsafe connect(client, pointer, length)
        }
        port = UInt16(bigEndian: address.sin_port)
        guard code == 0 else { throw RawClientError(what: "listen", number: errno) }
    }

    deinit { for descriptor in descriptors { close(descriptor) } }
}
