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
            var lookedUp: [[UInt8]?]
            var wake: (@Sendable () -> Void)?
        }

        private let state: Mutex<State>
        private let slept: AsyncStream<Void>.Continuation

        /// - Parameter lookedUp: what is found when something must be looked up; nil where there is nothing for now, and
        ///   looking up fails when there is nothing left.
        init(
            _ portions: [StreamPortion], lookedUp: [[UInt8]?] = [nil],
            slept: AsyncStream<Void>.Continuation = AsyncStream<Void>.makeStream().1
        ) {
            state = Mutex(State(portions: portions, lookedUp: lookedUp))
            self.slept = slept
        }

        func lookUp() async throws -> [UInt8]? {
            try state.withLock { state in
                guard !state.lookedUp.isEmpty else { throw Failure() }
                return state.lookedUp.removeFirst()
            }
        }

        func take() -> StreamPortion {
            state.withLock { $0.portions.isEmpty ? .nothing : $0.portions.removeFirst() }
        }

        func onNews(_ wake: @escaping @Sendable () -> Void) -> Bool {
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

    private struct Failure: Error {}

    /// What a stream says until it is cut.
    private static func text(of body: Response.Body, bufferBytes: Int = 256 << 10) async throws -> String {
        let text = Mutex("")
        await #expect(throws: StreamClosed.self) {
            try await body.withChunks(bufferBytes: bufferBytes) { chunks in
                for try await chunk in chunks {
                    text.withLock { $0 += String(decoding: chunk, as: UTF8.self) }
                }
            }
        }
        return text.withLock { $0 }
    }

    private static func bytes(_ text: String) -> StreamPortion { .bytes(Array(text.utf8)) }

    @Test func `What is looked up and what is at hand come in order, until looking up fails`() async throws {
        let shelf = Shelf(
            [Self.bytes("third "), Self.bytes("fourth "), .elsewhere, Self.bytes("sixth"), .elsewhere],
            lookedUp: [Array("first ".utf8), Array("second ".utf8), nil, Array("fifth ".utf8), nil])
        #expect(try await Self.text(of: .feed(shelf)) == "first second third fourth fifth sixth")
    }

    @Test func `A feed with more than the buffer takes is sent whole`() async throws {
        let long = String(repeating: "x", count: 10_000)
        let shelf = Shelf([Self.bytes(long), Self.bytes("end"), .elsewhere])
        #expect(try await Self.text(of: .feed(shelf), bufferBytes: 100) == long + "end")
    }

    @Test func `Whoever sleeps is woken by what comes`() async throws {
        let (sleeps, slept) = AsyncStream<Void>.makeStream()
        let shelf = Shelf([], slept: slept)
        let putting = Task {
            var sleeping = sleeps.makeAsyncIterator()
            for portions in [[Self.bytes("a")], [Self.bytes("b"), Self.bytes("c")], [.elsewhere]] {
                // Only then does nobody look by himself.
                await sleeping.next()
                shelf.put(portions)
            }
        }
        #expect(try await Self.text(of: .feed(shelf)) == "abc")
        await putting.value
    }

    @Test func `On a connection it is the same, and looking up goes on there as well`() async throws {
        let (sleeps, slept) = AsyncStream<Void>.makeStream()
        let shelf = Shelf([Self.bytes("b")], lookedUp: [Array("a".utf8), nil, Array("d".utf8), nil], slept: slept)
        var router = Router()
        router.get("/") { _ in .events(heartbeat: Array("beat ".utf8), from: shelf) }
        try await withServer(router) { server in
            async let answer = blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("GET / HTTP/1.0\r\nHost: x\r\n\r\n")
                return try client.receiveAll()
            }
            var sleeping = sleeps.makeAsyncIterator()
            await sleeping.next()
            shelf.put([Self.bytes("c"), .elsewhere, Self.bytes("e")])
            await sleeping.next()
            shelf.put([.elsewhere])
            let all = try await answer
            #expect(all.hasSuffix("\r\n\r\nbeat abcde"))
        }
    }

    @Test func `A feed is let go when its client has gone, and when the server stops`() async throws {
        final class Guest: Sendable {
            let left: AsyncStream<Void>.Continuation
            init(_ left: AsyncStream<Void>.Continuation) { self.left = left }
            deinit { left.yield() }
        }
        /// Has nothing to say.
        struct Silence: StreamFeed {
            let guest: Guest
            func lookUp() async throws -> [UInt8]? { nil }
            func take() -> StreamPortion { .nothing }
            func onNews(_ wake: @escaping @Sendable () -> Void) -> Bool { true }
        }
        let (leaving, left) = AsyncStream<Void>.makeStream()
        var router = Router()
        router.get("/") { _ in .events(heartbeat: Array("beat".utf8), from: Silence(guest: Guest(left))) }
        try await withServer(router) { server in
            for _ in 0..<3 {
                try await blocking { [port = server.port] in
                    let client = try RawClient(port: port)
                    client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                    #expect(try client.receive(until: "beat").contains("200 OK"))
                }
                // The client has closed its connection here.
                #expect(await leaving.first { _ in true } != nil)
            }
            let (beats, heard) = AsyncStream<Void>.makeStream()
            async let staying = blocking { [port = server.port] in
                let client = try RawClient(port: port)
                client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let beginning = try client.receive(until: "beat")
                heard.yield()
                return try beginning + client.receiveAll()
            }
            #expect(await beats.first { _ in true } != nil)
            await server.stop()
            #expect(await leaving.first { _ in true } != nil)
            let all = try await staying
            #expect(all.hasSuffix("0\r\n\r\n"), "It ends in order.")
        }
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
        let (endings, ended) = AsyncStream<Bool>.makeStream()
        buffer.lend(to: Shelf([], slept: slept)) { ended.yield($0 != nil) }
        let reading = Task { try await buffer.next() }
        _ = await sleeps.first { _ in true }
        // Waits until the reader has laid itself down behind the feed.
        buffer.beat(beat)
        buffer.beat(beat)
        #expect(try await reading.value == beat, "The second time that it was quiet.")
        buffer.cut()
        #expect(await endings.first { _ in true } == true)
    }
}
