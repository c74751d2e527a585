public import Core

/// How far a task is: "Step 2 of 5" (product §4 says how it is counted).
public struct ProgressView: Sendable, Hashable {
    /// Leaf steps that have ended.
    public var finished: Int
    /// The one at work: finished leaves, plus 1 while the task has not ended.
    public var current: Int
    /// Leaf steps that are not skipped.
    public var total: Int

    public init(finished: Int, current: Int, total: Int) {
        self.finished = finished
        self.current = current
        self.total = total
    }
}

/// Active time, which may still be counting.
public enum DurationView: Sendable, Hashable {
    /// Shown as a dash.
    case notStarted
    /// Counts up in the browser from that moment; `before` is what earlier stretches took, in milliseconds.
    case counting(since: Timestamp, before: Int64 = 0)
    /// It stands, in milliseconds.
    case fixed(milliseconds: Int64)
}

/// Tokens as the provider reported them.
public struct TokensView: Sendable, Hashable {
    /// Everything sent: input and cache.
    public var prompt: Int64
    /// Everything answered, reasoning included.
    public var completion: Int64

    /// The kinds in words: `120 input, 40 cache read, 30 output (10 reasoning)`; empty when they are not known apart.
    public var split: String

    public init(prompt: Int64, completion: Int64, split: String = "") {
        self.prompt = prompt
        self.completion = completion
        self.split = split
    }

    var total: Int64 { prompt + completion }
}

/// What model calls cost.
public enum CostView: Sendable, Hashable {
    /// No model was called.
    case none
    /// A model was called whose price is not known.
    case unknown
    /// A part of it is not known; this much is.
    case atLeast(nanoDollars: Int64)
    /// Billionths of a US dollar.
    case nanoDollars(Int64)
}

/// The model that was used.
public struct ModelView: Sendable, Hashable {
    /// `provider/model`.
    public var name: String
    /// Whether it was used because it is the default.
    public var isDefault: Bool
    /// Further models of the same task.
    public var others: [String]

    public init(name: String, isDefault: Bool = false, others: [String] = []) {
        self.name = name
        self.isDefault = isDefault
        self.others = others
    }

    /// Whether the answers come from a file and not from a model, which the page always says.
    var isScript: Bool { name == "script" || name.hasPrefix("script/") }

    /// The name without the provider where a label says it.
    var shortName: String { name.hasPrefix("script/") ? String(name.dropFirst(7)) : name }
}
