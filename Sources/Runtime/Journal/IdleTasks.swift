internal import Core

/// Tasks that wait or have ended, and are kept at hand all the same: those with so many events that folding them for each
/// signal, answer, timer or child would hold up all others. Most have few, and are folded when they are needed.
struct IdleTasks {
    /// From so many events on; a machine of fewer is folded in a millisecond or two.
    static let eventsMinimum: Int64 = 200
    /// So many at most.
    static let countMaximum = 8
    /// So many events at most in all of them together, for each may hold what a large loop has handed over; the one that
    /// was needed last is kept however many it has.
    static let eventsMaximum: Int64 = 250_000

    /// The one that was needed last stands last.
    private var kept: [(number: TaskNumber, events: Int64)] = []

    func contains(_ number: TaskNumber) -> Bool { kept.contains { $0.number == number } }

    mutating func remove(_ number: TaskNumber) { kept.removeAll { $0.number == number } }

    /// Keeps a task.
    /// - Returns: the tasks for which there is no room any more.
    mutating func keep(_ number: TaskNumber, events: Int64) -> [TaskNumber] {
        remove(number)
        kept.append((number, events))
        var left: [TaskNumber] = []
        while kept.count > 1, kept.count > Self.countMaximum || total > Self.eventsMaximum {
            left.append(kept.removeFirst().number)
        }
        return left
    }

    private var total: Int64 { kept.reduce(0) { $0 + $1.events } }
}
