public import Core
internal import Store

/// Which of all that happens a reader wants to know.
public struct LiveFilter: Sendable, Hashable {
    /// Only of this task; nil for all.
    public var task: TaskNumber?
    /// Only events of these kinds; nil for all.
    public var kinds: Set<String>?
    /// Also what is being said while it is said.
    public var hearsDeltas: Bool

    public init(task: TaskNumber? = nil, kinds: Set<String>? = nil, hearsDeltas: Bool = false) {
        self.task = task
        self.kinds = kinds
        self.hearsDeltas = hearsDeltas
    }

    func includes(_ event: EventRow) -> Bool {
        (task == nil || event.task == task) && (kinds?.contains(event.kind) ?? true)
    }
}
