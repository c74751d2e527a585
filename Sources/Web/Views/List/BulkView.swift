public import Core
public import Runtime

/// The question before something is done to many tasks, and what became of it.
public struct BulkView: Sendable {
    public var action: Runtime.BulkAction
    /// The tasks that are meant, by number.
    public var tasks: [TaskNumber]
    /// Those of them to which it can be done.
    public var able: Int
    /// The list that they were chosen in, as the address says it.
    public var list: TaskListAddress
    /// Whether all that fit the list's filters are meant, and not those that were marked.
    public var isAll: Bool
    /// By it the server knows that it is still these tasks.
    public var selection: ContentHash
    /// What was typed as tags to add and to remove.
    public var adding = ""
    public var removing = ""
    /// Why nothing was done so far.
    public var problem: String?
    /// Where it was not done, and why; nil while it is only asked about.
    public var refusals: [(task: TaskNumber, reason: String)]?
}
