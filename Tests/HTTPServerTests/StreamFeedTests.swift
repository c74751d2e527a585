import Synchronization
import Testing

@testable import HTTPServer

/// Streams that are filled by the thread that sends them.
@Suite(.timeLimit(.minutes(1)))
struct StreamFeedTests {
    /// Hands out what it is given, and remembers who wants to be woken.
    private final class Shelf: StreamFeed {
        private struct State {
            var portions: [StreamPortion]
            var wake: (@Sendable () -> Void)?
        }

        private let state: Mutex<State>
        private let slept: AsyncStream<Void>.Continuation

        init(_ portions: [StreamPortion], slept: AsyncStream<Void>.Continuation = AsyncStream<Void>.makeStream().1) {
            state = Mutex(State(portions: portions))
            self.slept = slept
        }

        func take() -> StreamPortion {
            state.withLock { $0.portions.isEmpty ? .nothing : $0.portions.removeFirst() }
        }

        func sleep(until wake: @escaping @Sendable () -> Void) -> Bool {
            let sleeps = state.withLock { state in
                guard state.portions.isEmpty else { return false }
                state.wake = wake
                return true
            }
            if sleeps { slept.yield() }
            return sleeps
        }

        func put(_ portions: [StreamPortion]) {
            let wake = state.withLock { state in
                state.portions += portions
                defer { state.wake = nil }
                return state.wake
            }
            wake?()
        }
    }

    private static func bytes(_ text: String) -> StreamPortion { .bytes(Array(text.utf8)) }

    @Test func `What the producer wrote comes first, then the feed, then the producer again`() async throws {
        let body = Response.Body.stream { writer in
            try await writer.write("first ")
            try await writer.feed(Shelf([Self.bytes("second "), Self.bytes("third "), .aside, Self.bytes("never")]))
            try await writer.write("last")
        }
        #expect(String(decoding: try await body.collect(), as: UTF8.self) == "first second third last")
    }

    @Test func `A feed with more than the buffer takes is sent whole`() async throws {
        let long = String(repeating: "x", count: 10_000)
        let body = Response.Body.stream { writer in
            try await writer.feed(Shelf([Self.bytes(long), .aside]))
            try await writer.write("end")
        }
        let text = try await body.withChunks(bufferBytes: 100) { chunks in
            var text = ""
            for try await chunk in chunks { text += String(decoding: chunk, as: UTF8.self) }
            return text
        }
        #expect(text == long + "end")
    }

    @Test func `Whoever sleeps is woken by what comes`() async throws {
        let (sleeps, slept) = AsyncStream<Void>.makeStream()
        let shelf = Shelf([], slept: slept)
        let body = Response.Body.stream { try await $0.feed(shelf) }
        let putting = Task {
            var sleeping = sleeps.makeAsyncIterator()
            for portions in [[Self.bytes("a")], [Self.bytes("b"), Self.bytes("c")], [.aside]] {
                // Only then does nobody look by himself.
                await sleeping.next()
                shelf.put(portions)
            }
        }
        let text = String(decoding: try await body.collect(), as: UTF8.self)
        await putting.value
        #expect(text == "abc")
    }

    @Test func `A producer whose feed sleeps learns that its client has gone`() async throws {
        let (endings, ended) = AsyncStream<String>.makeStream()
        var router = Router()
        router.get("/") { _ in
            .events { writer in
                do {
                    try await writer.feed(Shelf([Self.bytes("data: hello\n\n")]))
                } catch {
                    ended.yield("\(type(of: error))")
                    throw error
                }
            }
        }
        try await withServer(router) { server in
            try await blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try client.receive(until: "hello").contains("200 OK"))
            }
            let ending = await endings.first { _ in true }
            #expect(ending == "StreamClosed" || ending == "CancellationError")
        }
    }

    @Test func `A cancelled producer does not wait for its feed`() async throws {
        let buffer = StreamBuffer(capacity: 10)
        let producer = Task { try await StreamWriter(buffer: buffer).feed(Shelf([])) }
        producer.cancel()
        await #expect(throws: CancellationError.self) { try await producer.value }
        // What comes then is the next producer's.
        let next = Task { try await StreamWriter(buffer: buffer).feed(Shelf([Self.bytes("next"), .aside])) }
        #expect(try await buffer.next() == Array("next".utf8))
        buffer.finish()
        _ = await next.result
    }

    @Test func `A silent stream shows that it lives, and not in the middle of a message`() async throws {
        let buffer = StreamBuffer(capacity: 10)
        let beat = Array(": beat".utf8)
        // Nobody has asked for more yet.
        buffer.beat(beat)
        let message = Task { try await buffer.write(Array("a message of 26 characters".utf8)) }
        var text = ""
        while text.count < 26 {
            text += String(decoding: try await buffer.next() ?? [], as: UTF8.self)
            buffer.beat(beat)
        }
        #expect(text == "a message of 26 characters")
        try await message.value
        let (sleeps, slept) = AsyncStream<Void>.makeStream()
        let feeding = Task { try await buffer.feed(Shelf([], slept: slept)) }
        let reading = Task { try await buffer.next() }
        _ = await sleeps.first { _ in true }
        // Until the reader has laid itself down behind the feed.
        buffer.beat(beat)
        #expect(try await reading.value == beat)
        buffer.cut()
        await #expect(throws: StreamClosed.self) { try await feeding.value }
    }
}
