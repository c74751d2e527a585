internal import Core

/// What took how long in a task, as rows of bars over one axis.
public struct WaterfallView: Sendable {
    var task: TaskNumber
    /// Where the axis begins and ends.
    var from: Timestamp
    var to: Timestamp
    /// Whether bars still grow.
    var isRunning: Bool
    var rows: [WaterfallRow]
    /// The loop, branch or iteration that is shown by itself; nil for the whole task.
    var focus: StepPath?
    /// Where the page of a long loop that is shown by itself begins: behind this iteration.
    var after: Int?
    var previous: String?
    var next: String?
    /// Sentences about what is left out.
    var notes: [String] = []
    /// Long stretches in which no step worked; empty where they are not in the way of the rest.
    var idle: [ClosedRange<Timestamp>] = []
    /// Whether these are drawn as long as they were.
    var isWallTime = false

    /// Where it stands with waits drawn short, or as long as they were.
    func address(isWallTime: Bool) -> WaterfallAddress {
        WaterfallAddress(task: task, focus: focus, after: after, isWallTime: isWallTime)
    }

    /// What the page's address says beside the part.
    var query: String { address(isWallTime: isWallTime).query }
}

/// One row: a step, an iteration, a turn, a tool call.
struct WaterfallRow: Sendable {
    /// Unique on the page; what updates keep.
    var id: String
    var depth: Int
    var name: String
    var kind: String
    var state: DisplayState?
    /// Where it is shown in full.
    var address: String?
    /// Where it is shown by itself, on an axis of its own.
    var focusAddress: String?
    var bars: [WaterfallBar]
}

/// A stretch of time.
struct WaterfallBar: Sendable, Hashable {
    /// What went on in it, which is what it looks like.
    enum Kind: String, Sendable {
        /// A run of a step.
        case work
        /// All that stands in a loop, branch or iteration.
        case whole
        case turn
        case tool
        /// Nothing runs: a pause before the next run, a timer, another task.
        case wait
        /// A person is asked.
        case human
    }

    var kind: Kind
    var state: DisplayState
    var from: Timestamp
    /// Nil while it goes on.
    var to: Timestamp?
    /// What it was, in a few words.
    var words: String
}
