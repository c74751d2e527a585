import Core
import Synchronization
import Testing

@testable import HTTPServer

/// Bodies that a handler reads as they come.
@Suite(.timeLimit(.minutes(1)))
struct StreamedBodyTests {
    private static let maximum = 8 << 20

    /// What a handler saw of one body.
    private enum Outcome: Sendable, Equatable {
        case whole(Int)
        case broken(String)
    }

    private func router(told: AsyncStream<Outcome>.Continuation? = nil) -> Router {
        var router = Router()
        router.onStream(.post, "/", bodyBytesMaximum: Self.maximum) { request in
            guard request.headers["X-Wrong"] == nil else { throw SignalboxError(.invalidInput, "It is wrong.") }
        } handler: { request in
            guard let stream = request.stream else { return .text("no stream") }
            guard request.headers["X-Early"] == nil else { throw SignalboxError(.conflict, "I will not read it.") }
            return try await onOwnThread("test") {
                var count = 0
                do {
                    while let piece = try stream.next() { count += piece.count }
                } catch let error as SignalboxError {
                    told?.yield(.broken(error.code.rawValue))
                    throw error
                }
                told?.yield(.whole(count))
                return .text("\(count)")
            }
        }
        router.get("/ok") { _ in .text("fine") }
        return router
    }

    private static func head(_ length: Int, _ more: String = "") -> String {
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\n\(more)\r\n"
    }

    private static let get = "GET /ok HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    @Test(arguments: [0, 1, 100_000, 5 << 20])
    func `A handler reads all of it, and the connection goes on`(count: Int) async throws {
        try await withServer(router()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.head(count))
                client.send([UInt8](repeating: 7, count: count))
                client.send(Self.get)
                return try client.receiveAll()
            }
            #expect(answer.contains("\r\n\r\n\(count)HTTP/1.1 200"))
            #expect(answer.hasSuffix("fine"))
        }
    }

    @Test func `Chunks are read as well`() async throws {
        try await withServer(router()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n")
                for _ in 0..<3_000 { client.send("200\r\n\(String(repeating: "x", count: 512))\r\n") }
                client.send("0\r\n\r\n")
                return try client.receiveAll()
            }
            #expect(answer.hasSuffix("\(3_000 * 512)"))
        }
    }

    @Test func `A full pipe puts its connection to sleep until it is read`() throws {
        let slept = Mutex(0)
        let woken = Mutex(0)
        let pipe = BodyPipe(capacity: 10) { woken.withLock { $0 += 1 } }
        let append = { (count: Int) in
            let piece = [UInt8](repeating: 7, count: count)
            unsafe piece.withUnsafeBytes { unsafe pipe.append($0) { slept.withLock { $0 += 1 } } }
        }
        append(9)
        #expect(slept.withLock(\.self) == 0)
        append(9)
        // The library may have another chunk at hand.
        append(9)
        #expect(slept.withLock(\.self) == 1)
        #expect(woken.withLock(\.self) == 0)
        #expect(try pipe.next()?.count == 27)
        #expect(woken.withLock(\.self) == 1)
        append(10)
        pipe.abandon()
        #expect(woken.withLock(\.self) == 2)
        append(10)
        #expect(slept.withLock(\.self) == 2)
        #expect(try pipe.next() == nil)
    }

    @Test func `A client that leaves in the middle breaks it off`() async throws {
        let (outcomes, told) = AsyncStream<Outcome>.makeStream()
        try await withServer(router(told: told)) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.head(1_000_000))
                client.send([UInt8](repeating: 7, count: 500_000))
            }
            for await outcome in outcomes {
                #expect(outcome == .broken("malformed_request"))
                break
            }
        }
    }

    @Test func `A client that sends nothing more is cut off`() async throws {
        let (outcomes, told) = AsyncStream<Outcome>.makeStream()
        try await withServer(router(told: told)) {
            $0.requestTimeout = .milliseconds(400)
        } _: { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.head(1_000_000))
                client.send([UInt8](repeating: 7, count: 1_000))
                return try client.receiveAll()
            }
            #expect(answer.hasPrefix("HTTP/1.1 408 "))
            for await outcome in outcomes {
                #expect(outcome == .broken("malformed_request"))
                break
            }
        }
    }

    @Test(arguments: ["", "Expect: 100-continue\r\n"])
    func `What the header shows to be wrong is answered before the body`(more: String) async throws {
        try await withServer(router()) { server in
            for (head, status) in [
                (Self.head(1_000_000, "X-Wrong: 1\r\n" + more), "422"), (Self.head(Self.maximum + 1, more), "413"),
            ] {
                let answer = try await blocking { [port = server.port] in
                    let client = try RawClient(port: port)
                    client.send(head)
                    return try client.receive(until: "}")
                }
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            }
        }
    }

    @Test func `A go-ahead is given when it is asked for`() async throws {
        try await withServer(router()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.head(5, "Expect: 100-continue\r\nConnection: close\r\n"))
                let first = try client.receive(until: "\r\n\r\n")
                client.send("hello")
                return first + (try client.receiveAll())
            }
            #expect(answer.hasPrefix("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 "))
            #expect(answer.hasSuffix("\r\n\r\n5"))
        }
    }

    @Test func `A handler that does not read is heard while the body still comes`() async throws {
        try await withServer(router()) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.head(Self.maximum, "X-Early: 1\r\n"))
                for _ in 0..<Self.maximum >> 16 {
                    guard client.send([UInt8](repeating: 7, count: 1 << 16)) else { break }
                }
                return try client.receiveAll()
            }
            #expect(answer.hasPrefix("HTTP/1.1 409 "))
        }
    }

    @Test func `Chunks over the limit are refused`() async throws {
        let (outcomes, told) = AsyncStream<Outcome>.makeStream()
        try await withServer(router(told: told)) { server in
            let answer = try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
                let chunk = "10000\r\n\(String(repeating: "x", count: 1 << 16))\r\n"
                for _ in 0...Self.maximum >> 16 { client.send(chunk) }
                return try client.receive(until: "}")
            }
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.contains("\(Self.maximum) bytes"))
            for await outcome in outcomes {
                #expect(outcome == .broken("limit_exceeded"))
                break
            }
        }
    }

    @Test func `A stop cuts off what is being received`() async throws {
        let (outcomes, told) = AsyncStream<Outcome>.makeStream()
        let client = try await withServer(router(told: told)) {
            $0.graceTimeout = .milliseconds(100)
        } _: { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send(Self.head(1_000_000, "Expect: 100-continue\r\n"))
                // Now the handler reads.
                _ = try client.receive(until: "\r\n\r\n")
                client.send([UInt8](repeating: 7, count: 500_000))
                return Held(client: client)
            }
        }
        for await outcome in outcomes {
            #expect(outcome == .broken("unavailable") || outcome == .broken("malformed_request"))
            break
        }
        _ = client
    }
}

/// A client on its way between threads. Unchecked: one of them uses it at a time.
private struct Held: @unchecked Sendable {
    var client: RawClient
}
