public import Core

/// How far tasks are in the sums of usage that were made before there were sums.
public enum UsageProgress: Sendable, Hashable {
    /// Those up to that number are.
    case through(TaskNumber)
    /// All are.
    case complete
}
