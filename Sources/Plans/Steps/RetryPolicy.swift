/// What is done when a run of a step fails.
public struct RetryPolicy: Sendable, Hashable {
    /// How many further runs there may be.
    public var maximum: Int
    /// The pause before the second run, in milliseconds.
    public var backoffMilliseconds: Int64
    /// By how much each pause is longer than the one before.
    public var factor: Double
    /// The longest pause, in milliseconds.
    public var backoffMillisecondsMaximum: Int64
    /// The causes of failure after which it runs again, in the words of the journal; nil for all but `validation`,
    /// `missing_data` and those that stand for a decision.
    public var causes: Set<String>?

    public init(
        maximum: Int, backoffMilliseconds: Int64 = 1_000, factor: Double = 2,
        backoffMillisecondsMaximum: Int64 = 5 * 60 * 1_000, causes: Set<String>? = nil
    ) {
        self.maximum = maximum
        self.backoffMilliseconds = backoffMilliseconds
        self.factor = factor
        self.backoffMillisecondsMaximum = backoffMillisecondsMaximum
        self.causes = causes
    }
}
