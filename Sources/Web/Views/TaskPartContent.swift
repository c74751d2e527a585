/// What the part of a task's page shows that its address asks for.
public enum TaskPartContent: Sendable {
    case steps(StepsPartView)
    case timeline(TimelineView)

    /// Which part it is.
    public var part: TaskPart {
        switch self {
        case .steps: .steps
        case .timeline: .timeline
        }
    }
}
