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
    /// The time of the command in hand.
    private(set) var now: Timestamp

    /// A task that has just been created; its first transition comes from `start`.
    public static func create(
        _ origin: TaskOrigin, executing executable: ExecutablePlan, at time: Timestamp
    ) -> (machine: TaskMachine, transition: Transition) {
        var machine = TaskMachine(origin, executing: executable, at: time)
        machine.emit(.taskCreated(origin))
        machine.advance()
        let transition = machine.takeTransition()
        return (machine, transition)
    }

    /// Folds the events of a task, the first of which must be its creation.
    /// - Throws: `JournalFormatError` when the events do not begin with the task's creation.
    public init(folding events: some Sequence<Event>, executing executable: ExecutablePlan) throws {
        var iterator = events.makeIterator()
        guard let first = iterator.next(), case .taskCreated(let origin) = first.body else {
            throw JournalFormatError.member("task_created")
        }
        self.init(origin, executing: executable, at: first.at)
        apply(first)
        while let event = iterator.next() { apply(event) }
    }

    private init(_ origin: TaskOrigin, executing executable: ExecutablePlan, at time: Timestamp) {
        self.executable = executable
        now = time
        let steps = executable.plan.steps.map { StepState(remainingNeeds: $0.needs.count) }
        state = TaskState(origin: origin, created: time, steps: steps)
        state.startable = steps.indices.filter { steps[$0].remainingNeeds == 0 }
    }

    /// Carries out a command.
    /// - Parameter time: the time now; the machine's own time never runs backwards, whatever the clock does.
    /// - Throws: `SignalboxError` with code `conflict` when the command does not fit the state; nothing has changed then.
    public mutating func handle(_ command: some TaskCommand, at time: Timestamp) throws -> Transition {
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

    /// The place of a step in the plan.
    /// - Throws: `SignalboxError` with code `not_found`.
    func place(of step: StepPath) throws -> Int {
        guard let place = executable.placeByName[step.rawValue] else {
            throw SignalboxError(.notFound, "Task \(state.origin.number) has no step \"\(step)\".")
        }
        return place
    }

    /// The path of the step at that place in the plan.
    public func path(at place: Int) -> StepPath { StepPath(rawValue: executable.plan.steps[place].name) }
}

/// Something that is to happen to a task. Each command is a type in a file of its own.
public protocol TaskCommand: Sendable {
    /// Checks that the command fits the state, then emits events and actions.
    func apply(to machine: inout TaskMachine) throws
}
