public import Core

/// By what people know a task: all of it that may be changed at any time, also after its end.
public struct TaskLabels: Sendable, Hashable {
    public var name: String
    /// None twice.
    public var tags: [String]

    public init(name: String, tags: [String]) {
        self.name = name
        self.tags = tags
    }

    /// By it a client says which labels it has seen.
    public var version: ContentHash {
        ContentHash(of: JSON.array([.string(name), .array(tags.map(JSON.string))]).bytes)
    }

    /// Tags that are added to those of a task, taken from them, or put in their place.
    public enum TagChange: Sendable, Hashable {
        case set([String])
        case change(adding: [String], removing: [String])

        /// The tags with the change made; what was there stays in its order.
        func applied(to tags: [String]) -> [String] {
            let wanted =
                switch self {
                case .set(let new): new
                case .change(let adding, let removing): tags.filter { !removing.contains($0) } + adding
                }
            return wanted.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        }
    }
}

extension TaskState {
    /// What it is called now. Expressions go on to see the name that it was created with.
    public var labels: TaskLabels { TaskLabels(name: origin.name, tags: origin.tags) }
}
