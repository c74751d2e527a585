import Core
import Plans
import TestSupport

@testable import Engine

/// One server with a task and its children, and everybody around it, played by chance from a seed: dispatcher,
/// executors, people, clocks, other systems. What a crash would lose stands apart from what would survive it.
struct World {
    /// What goes wrong, in a hundred acts.
    struct Weather {
        var crashes = 0
        /// Commits that the disk refuses; the process lives on and offers them again.
        var refusals = 0
        /// Answers that come twice, or late, or from a run that was given up.
        var echoes = 0
        var clockJumps = 0
        /// Cancels, kills and retries by people.
        var moods = 0

        static let calm = Weather()
        static let storm = Weather(crashes: 6, refusals: 4, echoes: 8, clockJumps: 6)
        static let chaos = Weather(crashes: 4, refusals: 3, echoes: 6, clockJumps: 6, moods: 4)
    }

    // What survives a crash.
    var tasks: [TaskNumber: SimulatedTask] = [:]

    // What does not.
    /// Commands on their way to the journal.
    var inbox: [Message] = []
    /// Steps in the dispatcher's queue.
    var queue: [(task: TaskNumber, step: StepPath)] = []
    var running: [Running] = []
    /// What the agents under way are doing the work of, by their step.
    var agents: [TaskNumber: [StepPath: StepWork]] = [:]
    /// Tasks that a new server has still to take up, before it does anything else.
    var recovering: [TaskNumber] = []

    var clock: Int64 = 1_000_000
    var random: SeededGenerator
    let plan: RandomPlan
    let answers: Answers
    let weather: Weather
    /// Whether people answer.
    let hasPeople: Bool
    /// Plans that are ready for machines, by their text.
    var library: [String: ExecutablePlan] = [:]
    /// Answers that were given, to be given again.
    var echoes: [Message] = []
    private(set) var acts = 0

    struct Message {
        var task: TaskNumber
        var command: any TaskCommand
    }

    struct Running {
        var task: TaskNumber
        var work: StepWork
        var isStopping = false
        /// Of an agent: what is being done.
        var order: AgentOrder?
    }

    init(
        _ plan: RandomPlan, ready: ExecutablePlan, answers: Answers, weather: Weather, seed: UInt64,
        hasPeople: Bool = true
    )
        throws
    {
        self.plan = plan
        self.answers = answers
        self.weather = weather
        self.hasPeople = hasPeople
        random = SeededGenerator(seed: seed)
        let number = TaskNumber(rawValue: 1)
        var origin = try Self.origin(number, ready)
        if let rule = ready.plan.concurrency { origin.concurrency = ConcurrencyGroup(key: "p", maximum: rule.maximum) }
        tasks[number] = try SimulatedTask(origin, plan, ready, scope: "", at: Timestamp(millisecondsSinceEpoch: clock))
        let actions = tasks[number]?.takeOwed() ?? []
        try perform(actions + begetting(actions, of: number), of: number)
    }

    static func origin(_ number: TaskNumber, _ plan: ExecutablePlan) throws -> TaskOrigin {
        let digits = String(number.rawValue)
        guard let id = TaskID(rawValue: "01arz3ndektsv4rrffq69g5fav".dropLast(digits.count) + digits) else {
            throw Ledger.Violation(sentence: "no id for task \(number)")
        }
        return TaskOrigin(
            id: id, number: number, name: "t", source: .plan, trigger: .api, planName: plan.plan.name,
            planHash: plan.plan.hash, inputs: [:])
    }

    var root: SimulatedTask {
        guard let root = tasks[TaskNumber(rawValue: 1)] else { preconditionFailure("The world has a first task.") }
        return root
    }

    mutating func below(_ bound: Int) -> Int { Int(random.next() % UInt64(bound)) }

    mutating func chance(_ percent: Int) -> Bool { percent > 0 && below(100) < percent }

    /// Goes on until nothing is left to do.
    mutating func run() throws {
        while try act() {
            acts += 1
            guard acts < 20_000 else { throw Ledger.Violation(sentence: "the world does not end") }
        }
        for number in tasks.keys.sorted() { try tasks[number]?.refold() }
    }

    /// Carries out a command, durably or not at all.
    mutating func commit(_ message: Message, canBeRefused: Bool = true) throws {
        if canBeRefused, chance(weather.refusals) {
            // The machine is thrown away; the command is offered again.
            try tasks[message.task]?.refold()
            inbox.append(message)
            return
        }
        if chance(weather.crashes) { return try crash() }
        let actions: [TaskAction]
        do {
            actions = try handle(message)
        } catch let error as SignalboxError {
            // Refused, and nothing has changed; whoever asked is told.
            guard error.code == .conflict || error.code == .notFound else { throw error }
            return
        }
        try perform(actions, of: message.task)
    }

    /// The journal's transaction: the command, and the children that it asks for.
    private mutating func handle(_ message: Message) throws -> [TaskAction] {
        let now = Timestamp(millisecondsSinceEpoch: clock)
        guard let actions = try tasks[message.task]?.handle(message.command, at: now) else { return [] }
        let more = try begetting(actions, of: message.task)
        try tasks[message.task]?.checkBounds()
        return actions + more
    }

    private mutating func begetting(_ actions: [TaskAction], of parentNumber: TaskNumber) throws -> [TaskAction] {
        let now = Timestamp(millisecondsSinceEpoch: clock)
        var more: [TaskAction] = []
        for case .spawn(let request) in actions {
            let number = TaskNumber(rawValue: Int64(tasks.count + 1))
            guard case .saved(let name) = request.plan, let parent = tasks[parentNumber],
                let plan = parent.plan.children[name]
            else { throw Ledger.Violation(sentence: "a child of an unknown plan") }
            let ready = try library[plan.text] ?? ExecutablePlan(plan.plan())
            library[plan.text] = ready
            var origin = try Self.origin(number, ready)
            origin.parent = ParentLink(task: parentNumber, step: request.step, run: request.run, depth: request.depth)
            origin.limits = request.limits
            tasks[number] = try SimulatedTask(origin, plan, ready, scope: "\(parent.scope)\(request.step)/", at: now)
            guard let child = tasks[number]?.child(until: request.deadline) else { continue }
            more += try tasks[parentNumber]?.handle(ChildStarted(request.step, request.run, child), at: now) ?? []
        }
        // The room that one child leaves may let the next one begin.
        return more.isEmpty ? more : try more + begetting(more, of: parentNumber)
    }

    /// Does outside what a commit asked for; the process may die at each of them.
    private mutating func perform(_ actions: [TaskAction], of number: TaskNumber) throws {
        for action in actions {
            if chance(weather.crashes / 2) { return try crash() }
            perform(action, of: number)
        }
        for child in tasks.keys.sorted() where tasks[child]?.hasNews == true {
            if chance(weather.crashes / 2) { return try crash() }
            tasks[child]?.hasNews = false
            if let started = tasks[child]?.takeOwed(), !started.isEmpty { try perform(started, of: child) }
            tell(endOf: child)
        }
    }

    /// The process dies and starts anew.
    private mutating func crash() throws {
        inbox = []
        queue = []
        running = []
        agents = [:]
        recovering = []
        for number in tasks.keys.sorted() {
            try tasks[number]?.restart()
            recover(number)
        }
    }

    /// The plans and journals of all tasks, for whoever looks into a seed.
    var story: String { tasks.sorted { $0.key < $1.key }.map(\.value.story).joined() }
}
