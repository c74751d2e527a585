public import Core
internal import Plans

/// One task as a value: commands go in, events and actions come out, and the same events always give the same state.
///
/// The machine does no I/O, reads no clock and draws no random numbers. Whoever holds it commits the events of a
/// transition first and performs its actions afterwards; if the commit fails, the machine is thrown away and folded
/// anew from the journal.
public struct TaskMachine: Sendable {
    public let executable: ExecutablePlan
    public internal(set) var state: TaskState
    /// What the command in hand has led to so far.
    private var transition = Transition()
    /// What model calls can cost at most. Bounds are kept by it while the machine lives; the journal does not know it.
    let pricing: any ModelPricing
    /// The time of the command in hand.
    private(set) var now: Timestamp

    /// A task that has just been created; its first transition comes from `start`.
    public static func create(
        _ origin: TaskOrigin, executing executable: ExecutablePlan, at time: Timestamp,
        pricing: (any ModelPricing)? = nil
    ) -> (machine: TaskMachine, transition: Transition) {
        var machine = TaskMachine(origin, executing: executable, at: time, pricing)
        machine.emit(.taskCreated(origin))
        machine.advance()
        let transition = machine.takeTransition()
        return (machine, transition)
    }

    /// Folds the events of a task, the first of which must be its creation.
    /// - Throws: `JournalFormatError` when the events do not begin with the task's creation.
    public init(
        folding events: some Sequence<Event>, executing executable: ExecutablePlan, pricing: (any ModelPricing)? = nil
    ) throws {
        var iterator = events.makeIterator()
        guard let first = iterator.next() else { throw JournalFormatError.member("task_created") }
        try self.init(beginningWith: first, executing: executable, pricing: pricing)
        while let event = iterator.next() { fold(event) }
    }

    /// A task of which only the creation is known; the rest follows by `fold`.
    /// - Throws: `JournalFormatError` when the event is not a creation.
    public init(
        beginningWith first: Event, executing executable: ExecutablePlan, pricing: (any ModelPricing)? = nil
    ) throws {
        guard case .taskCreated(let origin) = first.body else { throw JournalFormatError.member("task_created") }
        self.init(origin, executing: executable, at: first.at, pricing)
        apply(first)
    }

    private init(
        _ origin: TaskOrigin, executing executable: ExecutablePlan, at time: Timestamp, _ pricing: (any ModelPricing)?
    ) {
        self.executable = executable
        self.pricing = pricing ?? ShippedPricing()
        now = time
        let root = Frame(
            block: 0, path: StepPath(rawValue: ""), container: nil, iteration: nil,
            steps: executable.blocks[0].steps.map { StepState(remainingNeeds: $0.needs.count) }, started: time)
        let limits = origin.limits.overriding(TaskLimits(executable.plan.limits)).capped(by: origin.agents)
        state = TaskState(origin: origin, limits: limits, created: time, root: root)
    }

    /// Takes an event of the journal.
    public mutating func fold(_ event: Event) {
        state.forgetSettled()
        apply(event)
    }

    /// Carries out a command.
    /// - Parameter time: the time now; the machine's own time never runs backwards, whatever the clock does.
    /// - Throws: `SignalboxError` with code `conflict` when the command does not fit the state; nothing has changed then.
    public mutating func handle(_ command: some TaskCommand, at time: Timestamp) throws -> Transition {
        state.forgetSettled()
        now = max(time, state.lastEventAt)
        try command.apply(to: &self)
        return takeTransition()
    }

    /// Records an event: the state changes at once, the journal follows with the transition.
    mutating func emit(_ body: Event.Body) {
        let event = Event(at: now, body)
        apply(event)
        transition.events.append(event)
    }

    /// Asks for an action after the commit.
    mutating func act(_ action: TaskAction) {
        transition.actions.append(action)
    }

    private mutating func takeTransition() -> Transition {
        defer { transition = Transition() }
        return transition
    }
}

/// Something that is to happen to a task. Each command is a type in a file of its own.
public protocol TaskCommand: Sendable {
    /// Checks that the command fits the state, then emits events and actions.
    func apply(to machine: inout TaskMachine) throws
}
