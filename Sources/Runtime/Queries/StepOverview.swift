public import Core

/// The steps of a task as they stand inside each other, read from their rows alone: what they were given and have made is
/// not told. What is long is folded, so that the overview of a task with a million steps is no longer than that of one with
/// a hundred.
public struct StepOverview: Sendable {
    /// Each followed by what stands in it, as far as that is told.
    public var steps: [StepDetail] = []
    /// Loops and iterations of which nothing inside is told.
    public var folded: Set<StepPath> = []
    /// The loops of which a page of iterations is told.
    public var pages: [StepPath: IterationPage] = [:]

    public init(steps: [StepDetail] = []) {
        self.steps = steps
    }

    /// How many iterations a page has.
    public static let pageSize = 50
    /// Loops of so many iterations are told whole, as long as there is room.
    static let wholeLoopMaximum = 20
    /// How many steps are told before loops are folded.
    static let stepsMaximum = 400
}

/// Which iterations of a loop are told.
public struct IterationPage: Sendable, Hashable {
    /// The first and the last of them; nil when there are none.
    public var bounds: ClosedRange<Int>?
    /// How many there are on all pages: those that have begun, or have failed.
    public var total: Int
    /// Behind which one the next page begins; nil when this is the last.
    public var next: Int?
    /// Behind which one it begins itself; nil for the first page.
    public var after: Int?
    public var isFailedOnly: Bool
}

/// What of an overview is unfolded.
public struct StepOpening: Sendable, Hashable {
    /// The step that is looked for: everything it stands in is unfolded, at the page that has it.
    public var step: StepPath?
    /// Of a loop that is looked for: behind which iteration its page begins; nil for the first page.
    public var after: Int?
    /// Of a loop that is looked for: whether only what has failed in it is told.
    public var isFailedOnly: Bool

    public init(step: StepPath? = nil, after: Int? = nil, isFailedOnly: Bool = false) {
        self.step = step
        self.after = after
        self.isFailedOnly = isFailedOnly
    }
}
