public import Core

/// The place of a task in an order, apart from its direction: what is compared, then its number.
public struct TaskOrderKey: Sendable, Hashable, Comparable {
    /// Duration in milliseconds, tokens, or nano-dollars; 0 in the other orders.
    public var value: Int64
    /// The name in small letters; empty in the other orders.
    public var name: String
    public var number: Int64

    public init(value: Int64 = 0, name: String = "", number: Int64) {
        self.value = value
        self.name = name
        self.number = number
    }

    /// The place of that task.
    public init(_ task: TaskRow, by key: TaskSort.Key, at now: Timestamp) {
        self.init(number: task.number.rawValue)
        switch key {
        case .created: break
        case .name: name = Self.fold(task.name)
        case .duration:
            value = task.activeMilliseconds + (task.activeSince.map { max(0, now.milliseconds(since: $0)) } ?? 0)
        case .tokens: value = task.usage.total
        case .cost: value = task.cost.rawValue
        }
        value = max(0, value)
    }

    public static func < (left: TaskOrderKey, right: TaskOrderKey) -> Bool {
        if left.value != right.value { return left.value < right.value }
        if isBefore(left.name, right.name) { return true }
        if isBefore(right.name, left.name) { return false }
        return left.number < right.number
    }

    /// The form of a name that is compared: small letters of ASCII, then byte by byte.
    public static func fold(_ name: String) -> String {
        guard name.utf8.contains(where: { (0x41...0x5A).contains($0) }) else { return name }
        return String(decoding: name.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }

    /// The order of names.
    public static func isBefore(_ left: String, _ right: String) -> Bool {
        left.utf8.lexicographicallyPrecedes(right.utf8)
    }
}
