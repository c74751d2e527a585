public import Core
internal import Engine
internal import Store

/// What a reader finds without looking into the store.
public enum LiveGlance: Sendable {
    case news(LiveNews)
    case nothing
    /// What comes next must be looked up.
    case elsewhere
}

/// One reader of what happens. It gets the events after its position in order and each once, however slow it is and
/// whenever it comes back; between them, when it has caught up, what is being said just now.
public struct LiveReader: Sendable {
    private let feed: LiveFeed
    private let deltas: DeltaFeed
    private let filter: LiveFilter
    private let countAtOnce: Int
    private let watch: LiveWatch
    /// Up to here it has got everything.
    public private(set) var position: Position
    private var heard = DeltaCursor()
    /// The newest deleted position that it was told of, or need not be told of; nil before it has been looked at.
    private var toldDeletions: Position?
    private var isChecked = false
    /// Whether the task may be over without this having been told.
    private var mayHaveEnded = true
    /// Its end, if there is one, is not told before this has been.
    private var endAfter = Position.zero
    /// Whether it was told last that the task is over: what follows may leave it so, such as another name.
    private var wasOver = false

    init(_ feed: LiveFeed, _ deltas: DeltaFeed, _ filter: LiveFilter, after position: Position, countAtOnce: Int) {
        self.feed = feed
        self.deltas = deltas
        self.filter = filter
        self.position = position
        self.countAtOnce = countAtOnce
        watch = feed.watchers.watch(filter.watched)
    }

    /// What comes next; waits until there is something.
    /// - Throws: `CancellationError`, or what the store throws.
    public mutating func next() async throws -> LiveNews {
        while true {
            if let news = try await lookUp() { return news }
            try await watch.sleep()
        }
    }

    /// What comes next; nil when there is nothing now.
    /// - Throws: what the store throws.
    public mutating func lookUp() async throws -> LiveNews? {
        if !isChecked {
            isChecked = true
            if position > feed.newest { return .resync(restart()) }
        }
        while true {
            // Looked at first: when there is no event afterwards, all that happened before it was said is known already.
            let said = filter.hearsDeltas ? deltas.said(after: heard, of: filter.task) : nil
            let portion = try await feed.portion(after: position, of: filter, limit: countAtOnce)
            if portion.isStored, let resync = try await unseenDeletion() { return .resync(resync) }
            if let events = take(portion) { return .events(events) }
            guard portion.isLast else { continue }
            if let end = try await untoldEnd() { return .ended(end) }
            return said.flatMap { take($0) }
        }
    }

    /// What comes next if it is at hand.
    public mutating func glance() -> LiveGlance {
        guard isChecked else { return .elsewhere }
        while true {
            let said = filter.hearsDeltas ? deltas.said(after: heard, of: filter.task) : nil
            guard let portion = feed.portionAtHand(after: position, of: filter, limit: countAtOnce)
            else { return .elsewhere }
            if let events = take(portion) { return .news(.events(events)) }
            guard portion.isLast else { continue }
            if looksForEnd { return .elsewhere }
            return said.flatMap { take($0) }.map(LiveGlance.news) ?? .nothing
        }
    }

    /// Has `wake` called once, when there may be something new since the last sleep.
    /// - Returns: false when there may be already; then it is not called.
    public func onNews(_ wake: @escaping @Sendable () -> Void) -> Bool { watch.onNews(wake) }

    private mutating func take(_ portion: LivePortion) -> EventBatch? {
        position = portion.position
        guard let events = portion.events else { return nil }
        if wasOver || events.contains(where: { EventKind(rawValue: $0.kind)?.endsTask == true }) {
            mayHaveEnded = true
        }
        return events
    }

    private mutating func take(_ said: (deltas: [LiveDelta], cursor: DeltaCursor)) -> LiveNews? {
        guard !said.deltas.isEmpty else { return nil }
        heard = said.cursor
        return .deltas(said.deltas)
    }

    private var looksForEnd: Bool {
        mayHaveEnded && filter.kinds == nil && filter.task != nil && position >= endAfter
    }

    /// The end of the task, once all before it has been told.
    private mutating func untoldEnd() async throws -> LiveEnd? {
        guard looksForEnd, let task = filter.task else { return nil }
        guard let row = try await feed.store.task(task) else { return nil }
        guard TaskStatus(rawValue: row.status)?.isFinal == true else {
            // Its end will be told, and looked at then.
            (mayHaveEnded, wasOver) = (false, false)
            return nil
        }
        // Something of it is still to be told when the row is newer.
        guard row.position <= position else {
            endAfter = row.position
            return nil
        }
        (mayHaveEnded, wasOver) = (false, true)
        return LiveEnd(status: row.status, position: row.position)
    }

    private mutating func restart() -> LiveResync {
        defer { position = .zero }
        return LiveResync(reason: .unknownPosition, after: position, position: .zero)
    }

    /// Whether something was deleted that this reader has not seen. Only for those that read all tasks: a single one is
    /// there whole or not at all.
    private mutating func unseenDeletion() async throws -> LiveResync? {
        guard filter.task == nil else { return nil }
        let deleted = try await feed.store.newestDeletedPosition()
        // Whoever begins at the beginning wants what there is.
        let told = toldDeletions ?? (position == .zero ? deleted : .zero)
        toldDeletions = max(told, deleted)
        guard deleted > position, deleted > told else { return nil }
        return LiveResync(reason: .deleted, after: position, position: position)
    }
}
