import Core
import Plans
import TestSupport
import Testing

@testable import Engine

/// Small worlds from seeds: random plans, results in random order, the process dying at random points.
@Suite(.timeLimit(.minutes(1)))
struct RandomWalkTests {
    @Test(
        "Every walk ends, no finished step starts again, and crashes change nothing",
        arguments: 0..<1_000 as Range<UInt64>)
    func crashesChangeNothing(seed: UInt64) throws {
        let world = RandomPlan(seed: seed, isRepeatable: true)
        var calm = try Walk(world, seed: seed, crashesPerHundred: 0)
        var stormy = try Walk(world, seed: seed, crashesPerHundred: 25)
        try calm.run()
        try stormy.run()
        #expect(calm.task.state.status.isFinal && stormy.task.state.status.isFinal, "\(world.text)")
        // What had not begun when the first failure came depends on the order; whether it failed does not, nor does
        // anything of a task that completes.
        #expect(stormy.task.state.status == calm.task.state.status, "\(world.text)")
        if calm.task.state.status == .completed {
            #expect(stormy.task.outputs == calm.task.outputs, "\(world.text)")
            #expect(stormy.task.statuses == calm.task.statuses, "\(world.text)")
            #expect(stormy.task.state.progress == calm.task.state.progress)
        }
    }

    @Test(
        "Steps that may not be repeated run once at most; the task ends or waits for a person",
        arguments: 0..<300 as Range<UInt64>)
    func unrepeatableSteps(seed: UInt64) throws {
        let world = RandomPlan(seed: seed, isRepeatable: false)
        var walk = try Walk(world, seed: seed &+ 77, crashesPerHundred: 15)
        try walk.run()
        let state = walk.task.state
        #expect(state.status.isFinal || state.status == .waiting, "\(world.text)")
        for (step, definition) in zip(state.steps, walk.task.machine.executable.plan.steps)
        where !definition.isRepeatable {
            #expect(step.runs <= 1, "\(definition.name) in \(world.text)")
        }
        if state.status == .waiting {
            #expect(state.waitingReason == .inDoubt)
            // A person can always give up.
            try walk.task.handle(Cancel())
            #expect(walk.task.state.status.isFinal)
        }
    }

    @Test(
        "A task that is cancelled at any point ends cancelled, or as it had ended before",
        arguments: 0..<200 as Range<UInt64>)
    func cancelledAnywhere(seed: UInt64) throws {
        let world = RandomPlan(seed: seed, isRepeatable: false)
        var walk = try Walk(world, seed: seed &+ 99, crashesPerHundred: 10)
        try walk.run(actsAtMost: Int(seed % 9))
        let before = walk.task.state
        if !before.status.isFinal { try walk.task.handle(Cancel()) }
        walk.perform()
        try walk.run()
        let status = walk.task.state.status
        if before.status.isFinal {
            #expect(status == before.status)
        } else {
            #expect(status == (before.failure == nil ? .cancelled : .failed), "\(world.text)")
        }
    }
}

/// One run of a task with everything outside the machine played by chance.
struct Walk {
    var task: TestTask
    private let world: RandomPlan
    private let crashesPerHundred: UInt64
    private var random: SeededGenerator
    /// Handed over to the dispatcher.
    private var queued: [String] = []
    /// At work outside, and whether it was told to stop.
    private var running: [(step: String, run: Int, isStopping: Bool)] = []
    private var finished: Set<String> = []

    init(_ world: RandomPlan, seed: UInt64, crashesPerHundred: UInt64) throws {
        self.world = world
        self.crashesPerHundred = crashesPerHundred
        random = SeededGenerator(seed: seed &* 31 &+ crashesPerHundred)
        task = try TestTask(world.plan())
        task.checksEveryCommand = false
        perform()
    }

    /// Goes on until nothing is left to do outside the machine.
    mutating func run(actsAtMost: Int = 1_000) throws {
        var acts = 0
        while !queued.isEmpty || !running.isEmpty {
            guard acts < actsAtMost else {
                #expect(actsAtMost < 1_000, "The walk does not end: \(world.text)")
                return
            }
            acts += 1
            try act()
        }
    }

    private mutating func act() throws {
        if random.next() % 100 < crashesPerHundred {
            queued = []
            running = []
            try task.crashAndRecover()
        } else if !queued.isEmpty, running.isEmpty || random.next() % 2 == 0 {
            let step = queued.remove(at: Int(random.next() % UInt64(queued.count)))
            #expect(!finished.contains(step), "\(step) has finished and starts again: \(world.text)")
            try task.start(step)
        } else {
            let done = running.remove(at: Int(random.next() % UInt64(running.count)))
            if done.isStopping, random.next() % 2 == 0 {
                try task.stop(done.step, run: done.run)
            } else if let output = world.output(of: done.step) {
                try task.complete(done.step, run: done.run, output)
            } else {
                try task.fail(done.step, run: done.run)
            }
            finished.insert(done.step)
            // Now and then an answer comes twice.
            if random.next() % 5 == 0 {
                perform()
                try task.complete(done.step, run: done.run, "again")
                #expect(task.happened == [])
            }
        }
        perform()
    }

    /// Does outside what the last command asked for.
    mutating func perform() {
        for action in task.transition.actions {
            switch action {
            case .dispatch(let step):
                #expect(!finished.contains(step.rawValue))
                queued.append(step.rawValue)
            case .goOn: break  // done by the task on the bench
            case .execute(let work): running.append((work.step.rawValue, work.run.rawValue, false))
            case .stop(let step, let run):
                for place in running.indices
                where running[place].step == step.rawValue && running[place].run == run.rawValue {
                    running[place].isStopping = true
                }
            }
        }
    }
}
