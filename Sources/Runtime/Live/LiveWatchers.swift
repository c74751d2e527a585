internal import Core
internal import Synchronization

/// Who waits for news of which task. A few are woken at once; many in slices, and with a pause behind, in which more news
/// gathers: waking one connection costs about 6 µs, and ten thousand for each of a hundred events a second would take more
/// than one processor.
final class LiveWatchers: Sendable {
    private struct State: Sendable {
        var all: [UInt64: WakeSignal] = [:]
        var byTask: [TaskNumber: [UInt64: WakeSignal]] = [:]
        var count = 0
        var nextID: UInt64 = 0
        /// Tasks with news of which nobody has been told yet.
        var news: Set<TaskNumber> = []
        var isPumping = false

        /// Whether more watch these tasks than are woken at once.
        func isMany(of tasks: Set<TaskNumber>) -> Bool {
            guard count > LiveWatchers.fewMaximum else { return false }
            return tasks.reduce(all.count) { $0 + (byTask[$1]?.count ?? 0) } > LiveWatchers.fewMaximum
        }

        func watchers(of tasks: Set<TaskNumber>) -> [WakeSignal] {
            tasks.reduce(into: Array(all.values)) { $0 += byTask[$1, default: [:]].values }
        }
    }

    /// Up to so many watchers are woken by whoever has news.
    fileprivate static let fewMaximum = 32
    /// So many are woken at once; then others of the machine have their turn. For each slice libmicrohttpd goes through all
    /// connections that sleep.
    private static let sliceCount = 256
    private static let slicePause = Duration.milliseconds(1)
    /// The pause after many were woken, for each of them; and at most.
    private static let pausePerWatcher = Duration.microseconds(6)
    private static let pauseMaximum = Duration.milliseconds(60)

    private let state = Mutex(State())
    private let show: @Sendable () -> Void

    /// - Parameter show: called before watchers are told, so that they find all that there is then, and nothing that comes
    ///   while they are told: each would get it alone, and be woken again for the rest.
    init(show: @escaping @Sendable () -> Void) {
        self.show = show
    }

    /// Takes a watcher in for as long as somebody holds what is returned.
    /// - Parameter task: nil for news of all tasks.
    func watch(_ task: TaskNumber?) -> LiveWatch {
        let wake = WakeSignal()
        let id = state.withLock { state in
            state.nextID += 1
            state.count += 1
            let id = state.nextID
            guard let task else {
                state.all[id] = wake
                return id
            }
            state.byTask[task, default: [:]][id] = wake
            return id
        }
        return LiveWatch(wake: wake, task: task, id: id, watchers: self)
    }

    fileprivate func remove(_ id: UInt64, of task: TaskNumber?) {
        state.withLock { state in
            state.count -= 1
            guard let task else { return state.all[id] = nil }
            state.byTask[task]?[id] = nil
            if state.byTask[task]?.isEmpty == true { state.byTask[task] = nil }
        }
    }

    /// There is news of these tasks.
    func tell(of tasks: Set<TaskNumber>) {
        // Before it is looked who watches: whoever comes in between sees by himself what there is.
        let isShown = state.withLock { !$0.isMany(of: tasks) }
        if isShown { show() }
        let woken = state.withLock { state -> [WakeSignal]? in
            guard !isShown else { return state.watchers(of: tasks) }
            state.news.formUnion(tasks)
            guard !state.isPumping else { return [] }
            state.isPumping = true
            return nil
        }
        if let woken { return woken.forEach { $0.call() } }
        // Ends by itself when nothing is new; whoever has news must not wait for it.
        Task { await self.pump() }
    }

    private func pump() async {
        while true {
            let news = state.withLock { state -> Set<TaskNumber>? in
                guard !state.news.isEmpty else {
                    state.isPumping = false
                    return nil
                }
                defer { state.news = [] }
                return state.news
            }
            guard let news else { return }
            show()
            let woken = state.withLock { $0.watchers(of: news) }
            for start in stride(from: 0, to: woken.count, by: Self.sliceCount) {
                for wake in woken[start..<min(start + Self.sliceCount, woken.count)] { wake.call() }
                if start + Self.sliceCount < woken.count { await Pause.of(Self.slicePause) }
            }
            guard woken.count > Self.fewMaximum else { continue }
            await Pause.of(min(Self.pauseMaximum, Self.pausePerWatcher * woken.count))
        }
    }
}

/// A place among the watchers, for as long as it is held.
final class LiveWatch: Sendable {
    private let wake: WakeSignal
    private let task: TaskNumber?
    private let id: UInt64
    private let watchers: LiveWatchers

    fileprivate init(wake: WakeSignal, task: TaskNumber?, id: UInt64, watchers: LiveWatchers) {
        self.wake = wake
        self.task = task
        self.id = id
        self.watchers = watchers
    }

    deinit { watchers.remove(id, of: task) }

    /// Sleeps until there may be something new since the last sleep.
    /// - Throws: `CancellationError`.
    func sleep() async throws { try await wake.sleep() }

    /// The same for those who are called instead; see `WakeSignal`.
    func onNews(_ call: @escaping @Sendable () -> Void) -> Bool { wake.onNews(call) }
}

/// A pause that cannot be cut short.
enum Pause: Sendable {
    static func of(_ duration: Duration) async {
        _ = await Task { try await Task.sleep(for: duration) }.result
    }
}
