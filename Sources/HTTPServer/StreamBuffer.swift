internal import Synchronization

/// The bounded pipe between the task that produces a body and what sends it. Writers wait while it is full; the one
/// reader sleeps while it is empty and is woken by the first byte, so that many small writes cost one wake-up.
final class StreamBuffer: Sendable {
    /// Who is to be woken when there is something to read.
    enum Reader: Sendable {
        case connection(Connection)
        case task(CheckedContinuation<Content, Never>)
    }

    /// What a reader finds.
    enum Content: Sendable {
        case bytes(Int)
        case nothing
        case end
        case cut
    }

    private enum Ending: Sendable {
        case finished
        /// The producer failed: what it wrote is still read, then the stream breaks off.
        case failed
        case cut
    }

    private struct Feeding: Sendable {
        let feed: any StreamFeed
        /// Called when the feed must look something up, and when nobody reads any more.
        let end: @Sendable (StreamClosed?) -> Void
        let wake: @Sendable () -> Void
    }

    private struct State: Sendable {
        var bytes: [UInt8] = []
        /// How many of `bytes` have been read already.
        var consumed = 0
        var ending: Ending?
        var reader: Reader?
        var writers: [CheckedContinuation<Void, Never>] = []
        var lastWrite: UInt64 = 0
        /// The write of which a part is in, so that nothing of another may come between its parts.
        var unfinishedWrite: UInt64?
        var feeding: Feeding?
        /// How often it was time for a heartbeat since something was said.
        var quietBeats = 0

        var count: Int { bytes.count - consumed }

        /// Puts in what the feed has at hand; if it has nothing, the reader will be woken.
        /// - Returns: the feed, if it must look something up.
        mutating func refill() -> Feeding? {
            guard let feeding else { return nil }
            while true {
                switch feeding.feed.take() {
                case .bytes(let more):
                    (bytes, consumed) = (more, 0)
                    return nil
                case .nothing: if feeding.feed.onNews(feeding.wake) { return nil }
                case .elsewhere:
                    self.feeding = nil
                    return feeding
                }
            }
        }
    }

    private let capacity: Int
    private let state = Mutex(State())

    init(capacity: Int) {
        self.capacity = capacity
    }

    /// Puts bytes in, waiting for room as often as needed; throws when nobody reads any more. The bytes of one call stay
    /// together, however many tasks write.
    func write(_ bytes: [UInt8]) async throws {
        let write = state.withLock { state in
            state.lastWrite += 1
            return state.lastWrite
        }
        var rest = bytes[...]
        while true {
            if Task.isCancelled {
                // What follows half a message would be read as its other half.
                if rest.count < bytes.count { fail() }
                throw CancellationError()
            }
            guard let written = append(rest, of: write) else { throw StreamClosed() }
            rest = rest.dropFirst(written)
            if rest.isEmpty { return }
            await waitForRoom(for: write)
        }
    }

    /// Lets a feed fill the stream as long as it has what comes next at hand. What was written before comes first.
    /// - Parameter end: called once, when the feed must look something up, or with an error when nobody reads any more.
    func lend(to feed: any StreamFeed, end: @escaping @Sendable (StreamClosed?) -> Void) {
        let feeding = Feeding(feed: feed, end: end) { [weak self] in self?.wakeReader() }
        let (reader, isClosed) = state.withLock { state -> (Reader?, Bool) in
            guard state.ending == nil else { return (nil, true) }
            precondition(state.feeding == nil, "A stream is fed by one.")
            state.feeding = feeding
            defer { state.reader = nil }
            return (state.reader, false)
        }
        if isClosed { end(StreamClosed()) }
        Self.wake(reader)
    }

    /// Shows that the stream lives, if nothing was said since the last call but one.
    func beat(_ bytes: [UInt8]) {
        let reader = state.withLock { state -> Reader? in
            guard state.ending == nil, state.count == 0, state.unfinishedWrite == nil, let reader = state.reader
            else { return nil }
            state.quietBeats += 1
            guard state.quietBeats > 1 else { return nil }
            (state.bytes, state.consumed, state.reader, state.quietBeats) = (bytes, 0, nil, 0)
            return reader
        }
        Self.wake(reader)
    }

    /// Nothing more will come; what is there is still read.
    func finish() { end(.finished) }

    /// Nothing more will come, though it should: what is there is still read, then the stream breaks off.
    func fail() { end(.failed) }

    /// The stream breaks off: what is there is dropped, and writers are told.
    func cut() { end(.cut) }

    /// Takes out up to `target.count` bytes; if there are none, leaves `sleeper` to be woken, which `sleep` makes ready
    /// while the lock is held, so that no wake-up can come too early.
    func read(into target: UnsafeMutableRawBufferPointer, sleeper: Reader, sleep: () -> Void) -> Content {
        take(atMost: target.count, sleeper: sleeper, sleep: sleep) { bytes in
            unsafe bytes.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
        }
    }

    /// Takes out everything, waiting for it; nil at the end. Throws `StreamClosed` if the stream breaks off.
    func next() async throws -> [UInt8]? {
        while true {
            var result: [UInt8] = []
            let content = await withTaskCancellationHandler {
                await withCheckedContinuation { (continuation: CheckedContinuation<Content, Never>) in
                    let sleeper = Reader.task(continuation)
                    let content = take(atMost: capacity, sleeper: sleeper) {
                    } copy: {
                        result = Array($0)
                    }
                    if case .nothing = content { return }
                    continuation.resume(returning: content)
                }
            } onCancel: {
                cut()
            }
            switch content {
            case .bytes: return result
            case .nothing: continue
            case .end: return nil
            case .cut:
                try Task.checkCancellation()
                throw StreamClosed()
            }
        }
    }

    private func take(
        atMost maximum: Int, sleeper: Reader, sleep: () -> Void, copy: (ArraySlice<UInt8>) -> Void
    ) -> Content {
        typealias Woken = (feeding: Feeding?, writers: [CheckedContinuation<Void, Never>])
        let (content, woken) = state.withLock { state -> (Content, Woken) in
            if state.ending == .cut { return (.cut, (nil, [])) }
            let feeding = state.count == 0 && state.ending == nil ? state.refill() : nil
            guard state.count > 0 else {
                if state.ending == .finished { return (.end, (nil, [])) }
                if state.ending == .failed { return (.cut, (nil, [])) }
                precondition(state.reader == nil, "A stream has one reader.")
                state.reader = sleeper
                sleep()
                return (.nothing, (feeding, []))
            }
            let length = min(state.count, maximum)
            state.quietBeats = 0
            copy(state.bytes[state.consumed..<state.consumed + length])
            state.consumed += length
            // The memory is given back: most streams are quiet most of the time, and there may be very many.
            if state.count == 0 { (state.bytes, state.consumed) = ([], 0) }
            guard state.count <= capacity / 2 else { return (.bytes(length), (nil, [])) }
            defer { state.writers = [] }
            return (.bytes(length), (nil, state.writers))
        }
        woken.feeding?.end(nil)
        for writer in woken.writers { writer.resume() }
        return content
    }

    /// How many bytes were taken, or nil if the stream has ended.
    private func append(_ bytes: ArraySlice<UInt8>, of write: UInt64) -> Int? {
        typealias Woken = (written: Int?, reader: Reader?, writers: [CheckedContinuation<Void, Never>])
        let (written, reader, writers) = state.withLock { state -> Woken in
            guard state.ending == nil else { return (nil, nil, []) }
            guard state.unfinishedWrite ?? write == write else { return (0, nil, []) }
            let part = bytes.prefix(max(0, capacity - state.count))
            guard !part.isEmpty else { return (0, nil, []) }
            if state.consumed > capacity {
                state.bytes.removeFirst(state.consumed)
                state.consumed = 0
            }
            state.bytes.append(contentsOf: part)
            let isWhole = part.count == bytes.count
            let wasUnfinished = state.unfinishedWrite != nil
            state.unfinishedWrite = isWhole ? nil : write
            defer { state.reader = nil }
            guard isWhole, wasUnfinished else { return (part.count, state.reader, []) }
            defer { state.writers = [] }
            return (part.count, state.reader, state.writers)
        }
        Self.wake(reader)
        for writer in writers { writer.resume() }
        return written
    }

    private func waitForRoom(for write: UInt64) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let mustWait = state.withLock { state in
                    let isFull = state.count >= capacity || state.unfinishedWrite ?? write != write
                    guard state.ending == nil, isFull, !Task.isCancelled else { return false }
                    state.writers.append(continuation)
                    return true
                }
                if !mustWait { continuation.resume() }
            }
        } onCancel: {
            let writers = state.withLock { state in
                defer { state.writers = [] }
                return state.writers
            }
            for writer in writers { writer.resume() }
        }
    }

    private func end(_ ending: Ending) {
        typealias Woken = (reader: Reader?, writers: [CheckedContinuation<Void, Never>], feeding: Feeding?)
        let woken = state.withLock { state -> Woken in
            // A stream that has finished can still be cut, for its rest may not have been read.
            guard state.ending == nil || ending == .cut else { return (nil, [], nil) }
            state.ending = ending
            if ending == .cut {
                state.bytes = []
                state.consumed = 0
            }
            defer { (state.reader, state.writers, state.feeding) = (nil, [], nil) }
            return (state.reader, state.writers, state.feeding)
        }
        Self.wake(woken.reader)
        for writer in woken.writers { writer.resume() }
        woken.feeding?.end(StreamClosed())
    }

    private func wakeReader() {
        let reader = state.withLock { state in
            defer { state.reader = nil }
            return state.reader
        }
        Self.wake(reader)
    }

    private static func wake(_ reader: Reader?) {
        switch reader {
        case .connection(let connection): connection.resume()
        case .task(let continuation): continuation.resume(returning: .nothing)
        case nil: break
        }
    }
}
