internal import Core
public import Executors
internal import Synchronization

/// What is being said just now, in memory only: the text so far of every turn under way, for any number of readers. There
/// are no queues: each reader knows how far it has heard, and one that is slow gets more at once.
public final class DeltaFeed: LiveListener {
    fileprivate struct State: Sendable {
        var texts: [LiveSource: LiveText] = [:]
        var lastID: UInt64 = 0
        /// Those to which something was added that readers have not been told of.
        var grown: Set<LiveSource> = []
        var isPumping = false
    }

    /// Readers are told at once when it was quiet, then so often.
    private static let interval = Duration.milliseconds(75)
    /// What is kept of one source, in bytes.
    static let sourceBytesMaximum = 256 << 10
    /// What is kept of all sources together.
    static let bytesMaximum = 16 << 20
    /// What one reader gets at once, in bytes of text and what goes along with it.
    static let portionBytesMaximum = 128 << 10

    private let state = Mutex(State())
    private let watchers: LiveWatchers

    init(_ watchers: LiveWatchers) {
        self.watchers = watchers
    }

    public func hear(_ stretch: LiveStretch, from source: LiveSource) {
        guard !stretch.text.isEmpty else { return }
        let starts = state.withLock { state in
            if state.texts[source] == nil { state.begin(source) }
            let share = Self.share(of: state.texts.count)
            state.texts[source]?.append(stretch, bytesMaximum: share)
            state.grown.insert(source)
            defer { state.isPumping = true }
            return !state.isPumping
        }
        // Ends by itself when nothing is said any more; whoever speaks must not wait for it.
        if starts { Task { await self.pump() } }
    }

    public func end(_ source: LiveSource) {
        state.withLock { state in
            state.texts[source] = nil
            state.grown.remove(source)
        }
    }

    /// How much is kept of all sources together, in bytes.
    var keptBytes: Int { state.withLock { $0.texts.values.reduce(0) { $0 + $1.count } } }

    /// What each of so many sources may keep, in bytes.
    fileprivate static func share(of count: Int) -> Int { min(sourceBytesMaximum, bytesMaximum / max(1, count)) }

    private func pump() async {
        while true {
            let tasks = state.withLock { state -> Set<TaskNumber>? in
                guard !state.grown.isEmpty else {
                    state.isPumping = false
                    return nil
                }
                defer { state.grown = [] }
                for source in state.grown { state.texts[source]?.show() }
                return Set(state.grown.map(\.task))
            }
            guard let tasks else { return }
            watchers.tell(of: tasks)
            await Pause.of(Self.interval)
        }
    }

    /// What a reader has not heard yet, and how far it has heard then. It is not more than one portion, so that whoever
    /// connects while a thousand agents speak takes no more memory than others: the reader asks again for the rest.
    /// - Parameter task: nil for all.
    func said(after cursor: DeltaCursor, of task: TaskNumber?) -> (deltas: [LiveDelta], cursor: DeltaCursor) {
        state.withLock { state in
            var deltas: [LiveDelta] = []
            var next = DeltaCursor()
            var room = Self.portionBytesMaximum
            for (source, text) in state.texts where text.visibleEnd > 0 && (task == nil || source.task == task) {
                let heard = cursor.heard[text.id]
                next.heard[text.id] = heard
                guard room > 0 else { continue }
                let said = text.said(after: heard, from: source, bytesMaximum: room)
                deltas += said.deltas
                room -= said.bytes
                next.heard[text.id] = said.end
            }
            return (deltas, next)
        }
    }
}

extension DeltaFeed.State {
    fileprivate mutating func begin(_ source: LiveSource) {
        lastID += 1
        texts[source] = LiveText(id: lastID)
        let share = DeltaFeed.share(of: texts.count)
        guard share < DeltaFeed.sourceBytesMaximum else { return }
        for other in texts.keys { texts[other]?.trim(to: share) }
    }
}

/// How far a reader has heard each text.
struct DeltaCursor: Sendable {
    var heard: [UInt64: Int] = [:]
}
