import Core
import Synchronization
import Testing

@testable import Web

/// One look for all who listen.
@Suite(.timeLimit(.minutes(1)))
struct SharedCountTests {
    /// A number that somebody changes, and how often it was looked up.
    final class World: Sendable {
        private struct State {
            var number = 3
            var position = Position.zero
            var looks = 0
            var error: (any Error)?
            var waiting: [CheckedContinuation<Void, Never>] = []
        }

        struct Failure: Error {}

        private let state = Mutex(State())

        var looks: Int { state.withLock { $0.looks } }

        func change(to number: Int) { happen { $0.number = number } }

        func fail() { happen { $0.error = Failure() } }

        private func happen(_ change: (inout State) -> Void) {
            let waiting = state.withLock { state in
                change(&state)
                state.position = Position(rawValue: state.position.rawValue + 1)
                defer { state.waiting = [] }
                return state.waiting
            }
            for continuation in waiting { continuation.resume() }
        }

        var count: SharedCount {
            SharedCount(
                newest: { self.state.withLock { $0.position } },
                look: {
                    try self.state.withLock { state in
                        state.looks += 1
                        if let error = state.error { throw error }
                        return state.number
                    }
                },
                news: { seen in
                    await withCheckedContinuation { continuation in
                        let isNews = self.state.withLock { state in
                            guard state.position == seen else { return true }
                            state.waiting.append(continuation)
                            return false
                        }
                        if isNews { continuation.resume() }
                    }
                    return self.state.withLock { $0.position }
                })
        }
    }

    @Test func `a hundred listeners need one look`() async throws {
        let world = World()
        let count = world.count
        var listeners = (0..<100).map { _ in count.numbers().makeAsyncIterator() }
        for place in listeners.indices { #expect(try await listeners[place].next() == 3) }
        world.change(to: 4)
        for place in listeners.indices { #expect(try await listeners[place].next() == 4) }
        #expect(world.looks == 2)
    }

    @Test func `the same number again is told to nobody, and of several the last`() async throws {
        let world = World()
        var listener = world.count.numbers().makeAsyncIterator()
        #expect(try await listener.next() == 3)
        world.change(to: 3)
        while world.looks < 2 { await Task.yield() }
        world.change(to: 5)
        #expect(try await listener.next() == 5)
    }

    @Test func `who comes later is told at once, also after all had gone`() async throws {
        let world = World()
        let count = world.count
        do {
            var first = count.numbers().makeAsyncIterator()
            #expect(try await first.next() == 3)
            var second = count.numbers().makeAsyncIterator()
            #expect(try await second.next() == 3)
            #expect(world.looks == 1)
        }
        world.change(to: 7)
        var third = count.numbers().makeAsyncIterator()
        #expect(try await third.next() == 7)
    }

    @Test func `what cannot be looked up ends the streams, and the next one tries again`() async throws {
        let world = World()
        let count = world.count
        var listener = count.numbers().makeAsyncIterator()
        #expect(try await listener.next() == 3)
        world.fail()
        await #expect(throws: World.Failure.self) { try await listener.next() }
        var next = count.numbers().makeAsyncIterator()
        await #expect(throws: World.Failure.self) { try await next.next() }
    }
}
