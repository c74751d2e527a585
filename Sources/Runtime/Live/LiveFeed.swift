public import Core
public import Store
internal import Synchronization

/// Events as they are committed, for any number of readers, each at its own position. What is no longer at hand is read
/// from the store, so that a reader that is slow, or comes back after an hour, misses nothing and gets nothing twice.
public final class LiveFeed: Sendable {
    /// How many of the newest events stay at hand.
    fileprivate static let countMaximum = 4_096
    /// How many bytes of payload they may have together.
    fileprivate static let bytesMaximum = 16 << 20
    /// How many bytes of payload one reader gets at once, except that it always gets an event: readers hold what they got
    /// while their clients are slow.
    fileprivate static let portionBytesMaximum = 128 << 10
    /// How many portions are kept for others who want the same, and how many bytes of payload they may have together.
    fileprivate static let portionsMaximum = 1_024
    fileprivate static let portionsBytesMaximum = 4 << 20
    /// How many events are read from the store at once.
    private static let storedCount = 256

    fileprivate struct State {
        var recent: [EventRow] = []
        /// The payloads in `recent`, in bytes.
        var recentBytes = 0
        /// All later events are in `recent`.
        var covered: Position
        var newest: Position
        /// So far readers see: up to what was the newest when they were told.
        var visible: Position
        /// What readers have got since then.
        var portions: [PortionKey: LivePortion] = [:]
        /// The payloads in `portions`, in bytes.
        var portionBytes = 0
    }

    fileprivate struct PortionKey: Hashable, Sendable {
        var position: Position
        var filter: LiveFilter
        var limit: Int
    }

    private let shared: Shared
    let store: any ReadStore
    /// Who waits for events.
    let watchers: LiveWatchers

    /// The state, also in the hands of the watchers.
    private final class Shared: Sendable {
        let state: Mutex<State>

        init(_ state: State) {
            self.state = Mutex(state)
        }
    }

    init(newest: Position, store: any ReadStore) {
        let shared = Shared(State(covered: newest, newest: newest, visible: newest))
        self.shared = shared
        self.store = store
        watchers = LiveWatchers { shared.state.withLock { $0.show() } }
    }

    /// The position of the newest event that was committed.
    public var newest: Position { shared.state.withLock { $0.newest } }

    /// The next events after a position, oldest first; waits until there is one.
    /// - Parameters:
    ///   - task: only those of that task; nil for all.
    ///   - limit: how many at most; fewer when they are large.
    /// - Throws: `CancellationError`, or what the store throws.
    public func events(after position: Position, of task: TaskNumber?, limit: Int = 256) async throws -> [EventRow] {
        try await events(after: position, of: LiveFilter(task: task), limit: limit)
    }

    /// The next events after a position that a filter includes, oldest first; waits until there is one.
    /// - Throws: `CancellationError`, or what the store throws.
    public func events(after position: Position, of filter: LiveFilter, limit: Int = 256) async throws -> [EventRow] {
        let watch = watchers.watch(filter.watched)
        var position = position
        while true {
            let portion = try await portion(after: position, of: filter, limit: limit)
            if let events = portion.events { return Array(events) }
            position = portion.position
            if portion.isLast { try await watch.sleep() }
        }
    }

    /// What there is after a position, without waiting.
    func portion(after position: Position, of filter: LiveFilter, limit: Int) async throws -> LivePortion {
        if let found = portionAtHand(after: position, of: filter, limit: limit) { return found }
        let covered = shared.state.withLock { $0.covered }
        let stored = try await store.events(
            after: position, of: filter.watched, limit: max(1, min(limit, Self.storedCount)))
        guard let last = stored.last else {
            return LivePortion(position: max(position, covered), isLast: false, isStored: true)
        }
        let events = State.portion(of: stored.filter(filter.includes))
        // What was filtered out behind the last that is handed over is seen too, if nothing was cut off for its size.
        let isWhole = events.count == stored.count(where: filter.includes)
        return LivePortion(
            events: events.isEmpty ? nil : EventBatch(events),
            position: isWhole ? last.position : events.last?.position ?? last.position, isLast: false, isStored: true)
    }

    /// What there is after a position; nil when some of it must be read from the store.
    func portionAtHand(after position: Position, of filter: LiveFilter, limit: Int) -> LivePortion? {
        shared.state.withLock { state in
            let key = PortionKey(position: position, filter: filter, limit: limit)
            if let known = state.portions[key] { return known }
            guard let portion = state.portion(after: position, of: filter, limit: limit) else { return nil }
            if let events = portion.events { state.keep(portion, as: key, bytes: events.payloadBytes) }
            return portion
        }
    }

    /// Hands on what has just been committed. Called by the commit thread.
    func publish(_ events: [EventRow]) {
        guard !events.isEmpty else { return }
        shared.state.withLock { $0.append(events) }
        watchers.tell(of: Set(events.map(\.task)))
    }
}

extension LiveFeed.State {
    /// The events at hand after a position; nil when some of them may not be at hand any more.
    func portion(after position: Position, of filter: LiveFilter, limit: Int) -> LivePortion? {
        guard position >= covered else { return nil }
        var found: [EventRow] = []
        var place = firstPlace(after: position)
        let end = firstPlace(after: visible)
        while place < end, found.count < limit {
            if filter.includes(recent[place]) { found.append(recent[place]) }
            place += 1
        }
        let events = Self.portion(of: found)
        let isLast = place >= end && events.count == found.count
        let seen = isLast ? max(position, visible) : events.last?.position ?? position
        return LivePortion(
            events: events.isEmpty ? nil : EventBatch(events), position: seen, isLast: isLast, isStored: false)
    }

    /// Lets readers see what there is.
    mutating func show() {
        guard visible < newest else { return }
        visible = newest
        (portions, portionBytes) = ([:], 0)
    }

    mutating func keep(_ portion: LivePortion, as key: LiveFeed.PortionKey, bytes: Int) {
        guard portions.count < LiveFeed.portionsMaximum, portionBytes + bytes <= LiveFeed.portionsBytesMaximum
        else { return }
        portions[key] = portion
        portionBytes += bytes
    }

    /// As many of the events, from the first on, as one reader gets at once.
    static func portion(of events: [EventRow]) -> [EventRow] {
        var bytes = 0
        let rest = events.dropFirst().firstIndex { event in
            bytes += event.payload.count
            return bytes > LiveFeed.portionBytesMaximum
        }
        return rest.map { Array(events[..<$0]) } ?? events
    }

    /// Binary search: positions increase.
    private func firstPlace(after position: Position) -> Int {
        var low = 0
        var high = recent.count
        while low < high {
            let middle = (low + high) / 2
            if recent[middle].position > position { high = middle } else { low = middle + 1 }
        }
        return low
    }

    mutating func append(_ events: [EventRow]) {
        newest = max(newest, events.last?.position ?? newest)
        recent += events
        recentBytes += events.reduce(0) { $0 + $1.payload.count }
        guard recent.count > LiveFeed.countMaximum || recentBytes > LiveFeed.bytesMaximum else { return }
        // Down to half of the bounds at once, so that moving the rest is rare.
        var dropped = 0
        while recent.count - dropped > LiveFeed.countMaximum / 2 || recentBytes > LiveFeed.bytesMaximum / 2 {
            recentBytes -= recent[dropped].payload.count
            dropped += 1
        }
        covered = recent[dropped - 1].position
        // Readers go on behind it in the store.
        visible = max(visible, covered)
        (portions, portionBytes) = ([:], 0)
        recent.removeFirst(dropped)
    }
}
