internal import Core
internal import Synchronization

/// A number that many streams tell, looked up once for all of them: what ten thousand open pages ask would otherwise keep both
/// cores busy with the same question.
final class SharedCount: Sendable {
    private struct State {
        /// What was told last; nil while nobody listens.
        var told: Int?
        var listeners: [Int: AsyncThrowingStream<Int, any Error>.Continuation] = [:]
        var lastListener = 0
        /// Looks for as long as somebody listens.
        var watch: Task<Void, Never>?
        /// Which watch that is: an earlier one that still goes on has no say.
        var watchNumber = 0
    }

    private let newest: @Sendable () -> Position
    private let look: @Sendable () async throws -> Int
    private let news: @Sendable (Position) async throws -> Position
    private let state = Mutex(State())

    /// - Parameters:
    ///   - newest: up to where everything has happened that `look` sees.
    ///   - look: finds the number.
    ///   - news: waits until something has happened behind that position for which the number may be another one, and
    ///     returns up to where that is.
    init(
        newest: @escaping @Sendable () -> Position, look: @escaping @Sendable () async throws -> Int,
        news: @escaping @Sendable (_ after: Position) async throws -> Position
    ) {
        self.newest = newest
        self.look = look
        self.news = news
    }

    /// The number, now and whenever it is another one; of several that have come meanwhile, the last. It ends with an error
    /// where the number cannot be found.
    func numbers() -> AsyncThrowingStream<Int, any Error> {
        let (stream, listener) = AsyncThrowingStream<Int, any Error>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.lastListener += 1
            return state.lastListener
        }
        listener.onTermination = { [weak self] _ in self?.remove(number) }
        state.withLock { state in
            state.listeners[number] = listener
            if let told = state.told { listener.yield(told) }
            guard state.watch == nil else { return }
            state.watchNumber += 1
            // It belongs to all listeners, so to the task of none of them; the last one that goes ends it.
            state.watch = Task { [watchNumber = state.watchNumber] in await watch(as: watchNumber) }
        }
        return stream
    }

    private func watch(as number: Int) async {
        do {
            // Before the number is looked up, so that what happens meanwhile is heard.
            var seen = newest()
            while !Task.isCancelled {
                tell(try await look(), as: number)
                seen = try await news(seen)
            }
        } catch {
            fail(error, as: number)
        }
    }

    private func tell(_ count: Int, as number: Int) {
        let listeners = state.withLock { state -> [AsyncThrowingStream<Int, any Error>.Continuation] in
            guard state.watchNumber == number, state.watch != nil, state.told != count else { return [] }
            state.told = count
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.yield(count) }
    }

    private func fail(_ error: any Error, as number: Int) {
        let listeners = state.withLock { state -> [AsyncThrowingStream<Int, any Error>.Continuation] in
            guard state.watchNumber == number, state.watch != nil else { return [] }
            defer { (state.listeners, state.watch, state.told) = ([:], nil, nil) }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish(throwing: error) }
    }

    private func remove(_ number: Int) {
        let watch = state.withLock { state -> Task<Void, Never>? in
            state.listeners[number] = nil
            guard state.listeners.isEmpty else { return nil }
            defer { (state.watch, state.told) = (nil, nil) }
            return state.watch
        }
        watch?.cancel()
    }
}
