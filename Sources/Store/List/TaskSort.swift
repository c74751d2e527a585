/// The order of a list of tasks. Tasks that are equal in it follow each other by number, in the same direction.
public struct TaskSort: Sendable, Hashable {
    public var key: Key
    public var isDescending: Bool

    /// What is compared.
    public enum Key: String, Sendable, CaseIterable {
        /// The order in which numbers were given, which is that of creation also when a clock was set back.
        case created
        /// By its bytes, the capital letters of ASCII taken as small ones.
        case name
        /// Active time, up to now for what is at work; 0 for what never started.
        case duration
        /// Prompt and completion of its own steps.
        case tokens
        /// Of its own steps, as far as it is known.
        case cost
    }

    public init(_ key: Key, isDescending: Bool) {
        self.key = key
        self.isDescending = isDescending
    }

    public static let newestFirst = TaskSort(.created, isDescending: true)

    public static let all = Key.allCases.flatMap { key in
        [true, false].map { TaskSort(key, isDescending: $0) }
    }
}
