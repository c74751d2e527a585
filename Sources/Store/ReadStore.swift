public import Core

/// The reading side of a store. Any number of callers; no call blocks Swift's thread pool.
public protocol ReadStore: Sendable {
    func task(_ number: TaskNumber) async throws -> TaskRow?
    func task(_ id: TaskID) async throws -> TaskRow?
    /// A part of a list of tasks.
    /// - Throws: `SignalboxError` with code `invalid_input` for a cursor of another query, and for a text that is too short to
    ///   be looked for among so many tasks.
    func tasks(_ query: TaskQuery) async throws -> TaskListing
    /// How many tasks have each value of a facet, the most frequent first; values that no task has are left out.
    /// - Parameter filter: only tasks that it lets pass; its text does not count here.
    func taskCounts(_ facet: TaskFacet, _ filter: TaskFilter, limit: Int) async throws -> [TaskCount]
    /// The tasks that a task has made, oldest first.
    func children(of task: TaskNumber, limit: Int) async throws -> [TaskRow]
    /// The tasks that repeat a task, oldest first.
    func reruns(of task: TaskNumber, limit: Int) async throws -> [TaskRow]
    /// What stays of a task that was deleted.
    func tombstone(_ number: TaskNumber) async throws -> TombstoneRow?

    /// The tasks that have not ended, oldest first.
    func unfinishedTasks() async throws -> [TaskNumber]
    /// The tasks that have not ended and are not idle, oldest first: what a start takes up.
    func activeTasks() async throws -> [TaskNumber]
    /// The tasks whose timers fire at that time or before, those that are due longest first.
    /// - Parameter first: older tasks are left out.
    func dueTasks(at time: Timestamp, from first: TaskNumber, limit: Int) async throws -> [TaskNumber]
    /// When the next timer fires; nil when none is set.
    /// - Parameter first: older tasks are left out.
    func nextWake(from first: TaskNumber) async throws -> Timestamp?
    /// The names of the plans of which there are finished tasks, sorted.
    func plansOfFinishedTasks() async throws -> [String]
    /// Tasks that ended before a time, by the name of their plan, of each those first that ended first.
    /// - Parameter plan: only tasks of the plan of that name; nil for all.
    func finishedTasks(before time: Timestamp, plan: String?, limit: Int) async throws -> [TaskNumber]

    /// The steps of a task that have begun: those at the root first, then by container; within one in order.
    func steps(of task: TaskNumber, limit: Int) async throws -> [StepRow]
    /// A page of the steps that stand directly in a container, in their order.
    /// - Parameter container: nil for the root.
    func steps(of task: TaskNumber, below container: StepPath?, offset: Int, limit: Int) async throws -> StepListing
    /// A page of the iterations of a loop that have begun, in their order. It is found by a number and not by a count, so
    /// nothing that begins meanwhile moves it. The total does not hang on where the page begins.
    /// - Parameters:
    ///   - index: only those behind the one of that number; nil for all.
    ///   - isFailedOnly: only those that have failed.
    func iterations(
        of loop: StepPath, of task: TaskNumber, after index: Int?, isFailedOnly: Bool, limit: Int
    ) async throws -> StepListing
    func step(_ path: StepPath, of task: TaskNumber) async throws -> StepRow?
    /// The steps of a task that wait, wherever they stand; all of its steps are looked through for them.
    func waitingSteps(of task: TaskNumber, limit: Int) async throws -> [StepRow]
    /// How many steps of a kind have begun; all steps of the task are looked through for them.
    func stepCount(of task: TaskNumber, kind: String) async throws -> Int
    /// How many steps, iterations and paths have that status; all of the task are looked through for them.
    func stepCount(of task: TaskNumber, status: String) async throws -> Int
    /// How many steps, iterations and paths of a task have begun.
    func stepCount(of task: TaskNumber) async throws -> Int

    /// What stood idle of the steps of a task, in milliseconds; all of them are looked through for it.
    func idleTimes(of task: TaskNumber) async throws -> [StepPath: Int64]
    /// What became of the steps that stand directly in a container that is no loop, in no order.
    /// - Parameter container: nil for the root.
    func outcomes(of task: TaskNumber, below container: StepPath?) async throws -> [StepEnding]
    /// What became of all that stands in a container, at whatever depth, in no order.
    func outcomes(of task: TaskNumber, within container: StepPath) async throws -> [StepEnding]
    /// What became of some iterations of a loop and of all that stands in them, in no order.
    func outcomes(of task: TaskNumber, loop: StepPath, iterations: [Int]) async throws -> [StepEnding]
    /// The iterations of a loop by what became of the steps in them; all of them are looked through once.
    /// - Parameters:
    ///   - apart: iterations that are counted, and stand in no group.
    ///   - maximum: of how many that are alike each is named.
    func iterationGroups(
        of loop: StepPath, of task: TaskNumber, apart: Set<Int>, listed maximum: Int
    ) async throws -> IterationGroups
    /// The events that have the contents of steps, found by their times.
    /// - Parameters:
    ///   - input: the kind of events that say what a step was given.
    ///   - outputs: the kinds of events that say what a step has made.
    func contents(of task: TaskNumber, steps: [StepMoment], input: String, outputs: [String]) async throws
        -> [StepPath: StepContents]

    /// A page of requests to people, oldest first unless it says otherwise.
    func decisions(_ query: DecisionQuery) async throws -> DecisionListing
    /// How many requests are open, by kind and plan; only the oldest `Limits.countedRequestsMaximum` are counted.
    func openDecisionCounts() async throws -> [DecisionCount]
    /// The request with that id, such as `7-1`.
    func decision(_ id: String) async throws -> DecisionRow?
    /// The signals that the steps of a task wait for, by step.
    func signalWaits(of task: TaskNumber) async throws -> [SignalWaitRow]

    /// Events after a position, oldest first.
    /// - Parameter task: only those of that task; nil for all.
    func events(after position: Position, of task: TaskNumber?, limit: Int) async throws -> [EventRow]
    /// Those events of a task after a position that are of one of these kinds, oldest first; what others hold is not read.
    func events(after position: Position, of task: TaskNumber, kinds: [String], limit: Int) async throws -> [EventRow]
    /// The first events of one step, oldest first; those of its whole task between two moments, both included, are looked
    /// through for them.
    func events(
        of task: TaskNumber, step: StepPath, since: Timestamp?, until: Timestamp?, limit: Int
    ) async throws -> [EventRow]
    /// A stretch of a task's events, oldest first: those nearest to its end.
    func events(_ query: EventQuery) async throws -> [EventRow]
    /// The newest event of that kind of a task, or of one of its steps.
    /// - Parameter until: what came later is not looked at; nil for the newest of all.
    func newestEvent(of task: TaskNumber, kind: String, step: StepPath?, until: Timestamp?) async throws -> EventRow?
    /// The position of the newest event there has ever been, deleted ones included.
    func newestPosition() async throws -> Position
    /// The newest position of a deleted event; zero when none was. Whoever has read up to an earlier one has missed some.
    func newestDeletedPosition() async throws -> Position

    /// Sums of what calls of models have used.
    func usage(_ query: UsageQuery) async throws -> UsageListing

    /// The version that runs of each saved plan that is not archived, by name.
    func plans() async throws -> [PlanRow]
    /// The version of the plan of that name that runs: the published one, else the latest; nil when it is archived.
    func plan(named name: String) async throws -> PlanRow?
    func plan(_ hash: ContentHash) async throws -> PlanRow?
    /// All saved plans, archived ones included, by name.
    func savedPlans() async throws -> [SavedPlan]
    /// What holds for all versions of the plan of that name, also of an archived one.
    func savedPlan(_ name: String) async throws -> SavedPlanRow?
    /// A part of the saved versions of a plan, the one saved last first.
    func planVersions(of name: String, offset: Int, limit: Int) async throws -> PlanVersionListing
    /// The saved versions of a plan whose hash begins with these digits, in the order of their hashes.
    func planVersions(of name: String, beginningWith digits: String, limit: Int) async throws -> [PlanVersionRow]

    /// How often versions of plans or agents were saved: of each the last time first, at most so many times. One that was
    /// never saved has none, or is not among them.
    func savings(of kind: LibraryKind, _ hashes: [ContentHash], limit: Int) async throws -> [ContentHash: [SavingRow]]

    /// All apps, archived ones included, by name.
    func apps() async throws -> [AppRow]
    /// The app of that name, also an archived one.
    func app(_ name: String) async throws -> AppRow?

    /// All that an agent has kept, by name.
    func memories(of agent: String) async throws -> [MemoryRow]
    /// The latest version of each listed agent of the library, by name.
    func agents() async throws -> [AgentRow]
    /// The latest version of each agent, also of the archived ones, by name.
    func savedAgents() async throws -> [AgentRow]
    /// The latest listed version of the agent of that name.
    func agent(named name: String) async throws -> AgentRow?
    func agent(_ hash: ContentHash) async throws -> AgentRow?
    /// The version of the agent of that name that was saved last, also of an archived one.
    func latestAgent(named name: String) async throws -> AgentRow?
    /// A page of the versions of the agent of that name, also of an archived one; the one saved last first.
    func agentVersions(of name: String, offset: Int, limit: Int) async throws -> AgentVersionListing
    /// The versions of the agent of that name whose hash begins with these digits, by hash.
    func agentVersions(of name: String, beginningWith digits: String, limit: Int) async throws -> [AgentVersionRow]

    /// All named lists, by name.
    func views() async throws -> [ViewRow]
}

extension ReadStore {
    /// The first events of one step, oldest first; those of its whole task are looked through for them.
    public func events(of task: TaskNumber, step: StepPath, limit: Int) async throws -> [EventRow] {
        try await events(of: task, step: step, since: nil, until: nil, limit: limit)
    }

    /// The newest event of that kind of a task, or of one of its steps.
    public func newestEvent(of task: TaskNumber, kind: String, step: StepPath?) async throws -> EventRow? {
        try await newestEvent(of: task, kind: kind, step: step, until: nil)
    }

    /// The tasks whose timers fire at that time or before, those that are due longest first.
    public func dueTasks(at time: Timestamp, limit: Int) async throws -> [TaskNumber] {
        try await dueTasks(at: time, from: TaskNumber(rawValue: 0), limit: limit)
    }

    /// When the next timer fires; nil when none is set.
    public func nextWake() async throws -> Timestamp? { try await nextWake(from: TaskNumber(rawValue: 0)) }

    /// The steps of a task that have begun, as many as a task page shows at once.
    public func steps(of task: TaskNumber) async throws -> [StepRow] {
        try await steps(of: task, limit: Limits.stepRowsMaximum)
    }
}
