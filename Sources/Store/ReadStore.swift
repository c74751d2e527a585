public import Core

/// The reading side of a store. Any number of callers; no call blocks Swift's thread pool.
public protocol ReadStore: Sendable {
    func task(_ number: TaskNumber) async throws -> TaskRow?
    func task(_ id: TaskID) async throws -> TaskRow?
    /// The tasks that have not ended, oldest first.
    func unfinishedTasks() async throws -> [TaskNumber]
    /// A page of tasks, newest first.
    func tasks(_ query: TaskQuery) async throws -> TaskListing
    /// The steps of a task that have begun, in the order of the plan.
    func steps(of task: TaskNumber) async throws -> [StepRow]
    func step(_ path: StepPath, of task: TaskNumber) async throws -> StepRow?
    /// Events after a position, oldest first.
    /// - Parameter task: only those of that task; nil for all.
    func events(after position: Position, of task: TaskNumber?, limit: Int) async throws -> [EventRow]
    /// The newest event of that kind of a task, or of one of its steps.
    func newestEvent(of task: TaskNumber, kind: String, step: StepPath?) async throws -> EventRow?
    func newestPosition() async throws -> Position
    /// The latest version of each listed plan, by name.
    func plans() async throws -> [PlanRow]
    /// The latest listed version of the plan of that name.
    func plan(named name: String) async throws -> PlanRow?
    func plan(_ hash: ContentHash) async throws -> PlanRow?
}

/// Which tasks a list shows.
public struct TaskQuery: Sendable, Hashable {
    /// Counted from 1.
    public var page: Int
    /// Rows a page.
    public var size: Int

    public init(page: Int = 1, size: Int = 25) {
        self.page = page
        self.size = size
    }
}

/// A page of a list of tasks.
public struct TaskListing: Sendable, Hashable {
    public var tasks: [TaskRow]
    /// How many there are in all.
    public var total: Int
    /// The position up to which this is what the journal says.
    public var position: Position

    public init(tasks: [TaskRow], total: Int, position: Position) {
        self.tasks = tasks
        self.total = total
        self.position = position
    }
}
