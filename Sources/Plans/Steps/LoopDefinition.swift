public import CEL

/// Steps that run for each item of a list, a number of times, or as long as a condition holds. Inside, expressions know
/// `item`, `index` (from 0) and `previous` (the output of the iteration before, null in the first).
public struct LoopDefinition: Sendable {
    public var source: Source
    /// How many iterations may be under way at the same time.
    public var concurrency: Int
    /// Whether the loop goes on when an iteration has failed; its output is null then.
    public var continuesOnItemError: Bool
    public var body: StepBlock

    public enum Source: Sendable {
        /// A list.
        case list(TemplateValue)
        /// A number.
        case times(TemplateValue)
        /// Looked at before each iteration; never more than `maximum` of them.
        case condition(Expression, maximum: Int)
    }

    public init(source: Source, concurrency: Int, continuesOnItemError: Bool, body: StepBlock) {
        self.source = source
        self.concurrency = concurrency
        self.continuesOnItemError = continuesOnItemError
        self.body = body
    }
}
