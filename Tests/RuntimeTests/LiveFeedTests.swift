import Core
import Runtime
import Store
import Testing

@Suite(.timeLimit(.minutes(1)))
struct LiveFeedTests {
    @Test func `A reader in the past gets everything once, in portions`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let steps = (0..<50).map { "  s\($0):\n    set: {a: 1}\n" }.joined()
        let task = try await engine.submit("name: long\nsteps:\n" + steps)
        try await engine.waitForEnd(of: task)
        let newest = try await engine.store.newestPosition()
        var position = Position.zero
        var seen: [Int64] = []
        while position < newest {
            let events = try await engine.feed.events(after: position, of: nil, limit: 7)
            #expect(events.count <= 7)
            seen += events.map(\.position.rawValue)
            position = events.last?.position ?? newest
        }
        #expect(seen == Array(1...newest.rawValue))
        await engine.stopAtOnce()
    }

    @Test func `Waiting ends when the waiting task is cancelled`() async throws {
        let engine = try await Directories.engine(try Directories.make())
        let waiting = Task { try await engine.feed.events(after: .zero, of: nil) }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { _ = try await waiting.value }
        await engine.stopAtOnce()
    }
}
