public import Core

/// Which iterations of a loop are shown, and where the others are.
public struct LoopPageView: Sendable, Hashable {
    public var task: TaskNumber
    public var loop: StepPath
    /// The first and the last of them; nil when there are none.
    public var bounds: ClosedRange<Int>?
    /// How many there are on all pages.
    public var total: Int
    /// How many have failed on all pages.
    public var failed: Int
    /// Behind which one the next page begins; nil when this is the last.
    public var next: Int?
    /// Behind which one this page begins; nil for the first.
    public var after: Int?
    public var isFailedOnly: Bool
    /// Iterations a page.
    public var size: Int

    public init(
        task: TaskNumber, loop: StepPath, bounds: ClosedRange<Int>?, total: Int, failed: Int = 0, next: Int? = nil,
        after: Int? = nil, isFailedOnly: Bool = false, size: Int
    ) {
        self.task = task
        self.loop = loop
        self.bounds = bounds
        self.total = total
        self.failed = failed
        self.next = next
        self.after = after
        self.isFailedOnly = isFailedOnly
        self.size = size
    }

    /// Another page of the same loop.
    func address(after: Int?, isFailedOnly: Bool) -> LoopPageAddress {
        LoopPageAddress(task: task, loop: loop, after: after, isFailedOnly: isFailedOnly)
    }

    /// Behind which iteration the page before begins; nil on the first page, and where only failed ones are told: those
    /// have no places that could be counted.
    var previous: Int?? {
        guard let after, !isFailedOnly else { return nil }
        return .some(after < size ? nil : after - size)
    }

    /// Behind which iteration the last page begins, as far as the loop has come; nil where this is it.
    var last: Int? {
        guard next != nil, !isFailedOnly, total > size else { return nil }
        return (total - 1) / size * size - 1
    }
}

/// Where a page of iterations is shown.
struct LoopPageAddress: Sendable, Hashable {
    var task: TaskNumber
    var loop: StepPath
    var after: Int?
    var isFailedOnly: Bool

    private var step: StepAddress { StepAddress(task: task, step: loop) }

    /// `after=49&failed=true`
    private var query: String {
        [after.map { "after=\($0)" }, isFailedOnly ? "failed=true" : nil].compactMap(\.self).joined(separator: "&")
    }

    /// The page of the task with these iterations.
    var onTaskPage: String { step.onTaskPage(with: query) }

    /// The iterations alone.
    var fragment: String { step.fragment("parts") + (query.isEmpty ? "" : "?\(query)") }
}
