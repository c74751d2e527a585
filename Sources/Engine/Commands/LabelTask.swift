public import Core

/// A person or program gives the task another name or other tags. Nothing of it runs differently, so it may come at any
/// time, also after the end.
public struct LabelTask: TaskCommand {
    /// The new name; nil to leave it.
    public let name: String?
    public let tags: TaskLabels.TagChange?
    /// The versions of its labels of which it must have one; nil for any.
    public let seen: Set<ContentHash>?
    /// The name of who asks; nil when it is not known.
    public let requester: String?

    public init(
        name: String? = nil, tags: TaskLabels.TagChange? = nil, seen: Set<ContentHash>? = nil,
        by requester: String? = nil
    ) {
        self.name = name
        self.tags = tags
        self.seen = seen
        self.requester = requester
    }

    public func apply(to machine: inout TaskMachine) throws {
        let before = machine.state.labels
        if let seen, !seen.contains(before.version) {
            throw SignalboxError(
                .preconditionFailed,
                "The name or the tags of task \(machine.state.origin.number) are others now: \(before.version).",
                hint: "Read it again, and decide anew.")
        }
        let after = tags?.applied(to: before.tags) ?? before.tags
        guard after.count <= max(Limits.tagsMaximum, before.tags.count) else {
            throw SignalboxError(
                .limit,
                "Task \(machine.state.origin.number) would have \(after.count) tags, and may have \(Limits.tagsMaximum)."
            )
        }
        if let name, name != before.name { machine.emit(.taskRenamed(name, by: requester)) }
        if after != before.tags { machine.emit(.taskTagged(after, by: requester)) }
    }
}
