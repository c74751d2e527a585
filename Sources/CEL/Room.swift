/// The room is furnished next.
public struct Expression: Sendable {}
