public import Core
internal import Store

/// Which tasks may run beside one another: of each concurrency key so many, those of the highest priority first, and of
/// these the oldest. Belongs to the journal's thread.
struct Admission {
    private var groups: [String: Group] = [:]

    private struct Group {
        var holders: Set<TaskNumber> = []
        /// In the order in which they get their turn.
        var waiting: [Entry] = []
    }

    private struct Entry {
        var task: TaskNumber
        var priority: Int
        var maximum: Int

        func goesBefore(_ other: Entry) -> Bool {
            (-priority, task) < (-other.priority, other.task)
        }
    }

    /// The unfinished tasks of the store.
    init(_ rows: [AdmissionRow]) {
        for row in rows {
            if row.isAdmitted {
                groups[row.key, default: Group()].holders.insert(row.task)
            } else {
                enqueue(Entry(task: row.task, priority: row.priority, maximum: row.limit ?? 1), key: row.key)
            }
        }
    }

    /// A new task stands in the queue of its key.
    mutating func add(_ task: TaskNumber, key: String, priority: Int, maximum: Int) {
        enqueue(Entry(task: task, priority: priority, maximum: maximum), key: key)
    }

    /// A task has ended.
    mutating func remove(_ task: TaskNumber, key: String) {
        groups[key]?.holders.remove(task)
        groups[key]?.waiting.removeAll { $0.task == task }
        if let group = groups[key], group.holders.isEmpty, group.waiting.isEmpty { groups[key] = nil }
    }

    /// Takes the next task of a key for which there is room out of the queue; it counts as under way from here on.
    mutating func next(key: String) -> TaskNumber? {
        guard let group = groups[key], let first = group.waiting.first, group.holders.count < first.maximum else {
            return nil
        }
        groups[key]?.waiting.removeFirst()
        groups[key]?.holders.insert(first.task)
        return first.task
    }

    /// All keys that have a queue.
    var keys: [String] { groups.keys.sorted() }

    /// What stands in front of a task: those under way, and how many go before it.
    func queue(of task: TaskNumber, key: String) -> TaskQueue? {
        guard let group = groups[key], let place = group.waiting.firstIndex(where: { $0.task == task }) else {
            return nil
        }
        return TaskQueue(underWay: group.holders.sorted(), ahead: place)
    }

    private mutating func enqueue(_ entry: Entry, key: String) {
        var waiting = groups[key]?.waiting ?? []
        var low = 0
        var high = waiting.count
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle].goesBefore(entry) { low = middle + 1 } else { high = middle }
        }
        waiting.insert(entry, at: low)
        groups[key, default: Group()].waiting = waiting
    }
}

/// What a queued task stands behind.
public struct TaskQueue: Sendable, Hashable {
    /// The tasks that hold the places.
    public var underWay: [TaskNumber]
    /// How many tasks get their turn before.
    public var ahead: Int
}
