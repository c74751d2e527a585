public import Core
internal import Store

/// Which of all that happens a reader wants to know.
public struct LiveFilter: Sendable, Hashable {
    /// Only of this task; nil for all.
    public var task: TaskNumber?
    /// Only events of these kinds; nil for all.
    public var kinds: Set<String>?
    /// Beside those of the task, events of these kinds of any other.
    public var kindsOfOthers: Set<String>
    /// Also what is being said while it is said.
    public var hearsDeltas: Bool

    public init(
        task: TaskNumber? = nil, kinds: Set<String>? = nil, kindsOfOthers: Set<String> = [], hearsDeltas: Bool = false
    ) {
        self.task = task
        self.kinds = kinds
        self.kindsOfOthers = kindsOfOthers
        self.hearsDeltas = hearsDeltas
    }

    /// Among whose events it chooses; nil for all tasks.
    var watched: TaskNumber? { kindsOfOthers.isEmpty ? task : nil }

    func includes(_ event: EventRow) -> Bool {
        let isMeant = (task == nil || event.task == task) && (kinds?.contains(event.kind) ?? true)
        return isMeant || kindsOfOthers.contains(event.kind)
    }
}
