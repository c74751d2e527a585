/// The short number of a task as people say it (`#142`); given by the journal, increasing, never used twice.
public struct TaskNumber: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    public var description: String { "#\(rawValue)" }

    public static func < (left: TaskNumber, right: TaskNumber) -> Bool { left.rawValue < right.rawValue }
}

/// Which attempt at a step this is, counted from 1.
public struct RunNumber: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible {
    public let rawValue: Int

    public init(rawValue: Int) { self.rawValue = rawValue }

    public var description: String { String(rawValue) }

    public static func < (left: RunNumber, right: RunNumber) -> Bool { left.rawValue < right.rawValue }
}

/// The place of an event in the journal of this installation: increasing, with gaps allowed. It is at once the id of the
/// live stream, the cursor of pages and the offset of exports.
public struct Position: RawRepresentable, Sendable, Hashable, Comparable, CustomStringConvertible {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }

    /// Before the first event.
    public static let zero = Position(rawValue: 0)

    public var description: String { String(rawValue) }

    public static func < (left: Position, right: Position) -> Bool { left.rawValue < right.rawValue }
}
