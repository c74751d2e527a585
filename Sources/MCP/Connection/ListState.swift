internal import Synchronization

/// Which lists of a server have changed. Told at once, on whatever thread hears of it, so that nobody who asks later gets
/// what is out of date.
final class ListState: Sendable {
    private struct State {
        var versions: [ListKind: Int] = [:]
        var isSubscribed = false
    }

    private let state = Mutex(State())

    /// A list has changed.
    func noteChange(of kind: ListKind) { state.withLock { $0.versions[kind, default: 0] += 1 } }

    /// Changes are told from now on; what changed before is not known.
    func noteSubscription() { change(isSubscribed: true) }

    /// Changes are not told any more.
    func noteEnd() { change(isSubscribed: false) }

    private func change(isSubscribed: Bool) {
        state.withLock { state in
            state.isSubscribed = isSubscribed
            for kind in ListKind.allCases { state.versions[kind, default: 0] += 1 }
        }
    }

    /// Changes whenever the list may have.
    func version(of kind: ListKind) -> Int { state.withLock { $0.versions[kind] ?? 0 } }

    /// Whether changes are told.
    var isSubscribed: Bool { state.withLock(\.isSubscribed) }
}
