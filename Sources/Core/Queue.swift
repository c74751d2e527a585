/// First in, first out, both in constant time.
public struct Queue<Element> {
    private var elements: [Element?] = []
    private var head = 0

    public init() {}

    public var isEmpty: Bool { head == elements.count }

    public var count: Int { elements.count - head }

    public mutating func append(_ element: Element) {
        elements.append(element)
    }

    /// Takes the oldest element out; nil when there is none.
    public mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        let element = elements[head]
        elements[head] = nil
        head += 1
        // What has been taken is cleared away when it is more than half of all.
        if head * 2 > elements.count, head > 32 || head == elements.count {
            elements.removeFirst(head)
            head = 0
        }
        return element
    }
}

extension Queue: Sendable where Element: Sendable {}
