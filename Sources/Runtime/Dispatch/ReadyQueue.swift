internal import Core

/// Steps that may start, those of tasks with a higher priority first, and of these the one that has stood longest.
struct ReadyQueue<Element: Sendable>: Sendable {
    private var queues: [Int: Queue<Element>] = [:]
    /// The priorities of which there is a step, highest first.
    private var priorities: [Int] = []

    mutating func append(_ element: Element, priority: Int) {
        if queues[priority] == nil {
            queues[priority] = Queue()
            let place = priorities.firstIndex { $0 < priority } ?? priorities.endIndex
            priorities.insert(priority, at: place)
        }
        queues[priority]?.append(element)
    }

    /// The element that is next, with its priority.
    mutating func popFirst() -> (element: Element, priority: Int)? {
        while let priority = priorities.first {
            if let element = queues[priority]?.popFirst() { return (element, priority) }
            queues[priority] = nil
            priorities.removeFirst()
        }
        return nil
    }
}
