internal import Core

/// Tasks that wait, and are kept at hand all the same: those with so many events that folding them for each signal, answer
/// or timer would hold up all others. Most tasks that wait have few, and are folded when they are needed.
struct IdleTasks {
    /// From so many events on; a machine of fewer is folded in a few milliseconds.
    static let eventsMinimum: Int64 = 1_000
    /// So many at most, for each may hold what a large loop has handed over.
    static let countMaximum = 8

    /// The one that was needed last stands last.
    private var numbers: [TaskNumber] = []

    func contains(_ number: TaskNumber) -> Bool { numbers.contains(number) }

    mutating func remove(_ number: TaskNumber) { numbers.removeAll { $0 == number } }

    /// Keeps a task.
    /// - Returns: the task for which there is no room any more.
    mutating func keep(_ number: TaskNumber) -> TaskNumber? {
        remove(number)
        numbers.append(number)
        return numbers.count > Self.countMaximum ? numbers.removeFirst() : nil
    }
}
