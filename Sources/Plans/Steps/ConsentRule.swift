public import CEL

/// When a person must agree before a step begins.
public enum ConsentRule: Sendable {
    case never, always
    /// If this is true; beside the usual names it knows `call`, which is what the step is about to do.
    case when(Expression)
}

/// Which steps of a plan ask for consent if they do not say so themselves.
public enum AutomationMode: Sendable, Hashable {
    /// None.
    case autonomous
    /// Those of these kinds.
    case ask(kinds: Set<String>)
    /// All that act on the outside world.
    case askAlways
}
