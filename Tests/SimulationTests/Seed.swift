import Core
import Testing

@testable import Engine

/// All that is tried with one seed.
struct Seed {
    /// How many worlds that are.
    static let worlds = 11
    private static let storms: UInt64 = 8

    let seed: UInt64

    init(_ seed: UInt64) { self.seed = seed }

    func run(isShown: Bool = false) {
        LastWords.seed = seed
        let steady = RandomPlan(seed: seed, nature: .steady)
        let hasty = RandomPlan(seed: seed, nature: .hasty)
        if isShown { Soak.show("\(steady.text)\n\(hasty.text)\n") }
        do {
            try run(steady: steady)
            try run(hasty: hasty)
        } catch {
            let sentence = (error as? Ledger.Violation)?.sentence ?? "\(error)"
            Issue.record(
                """
                \(sentence)
                Seed \(seed) alone: SIGNALBOX_SEED=\(seed) swift test --skip-build --filter SimulationTests
                """)
        }
    }

    private func run(steady plan: RandomPlan) throws {
        let ready = ExecutablePlan(try plan.plan())
        let answers = Answers(seed: seed)
        var calm = try World(plan, ready: ready, answers: answers, weather: .calm, seed: seed)
        try calm.run()
        try requireEnd(of: calm, "calm")
        for number in 1...Self.storms {
            var storm = try World(
                plan, ready: ready, answers: answers, weather: .storm, seed: seed &* 1_000 &+ number)
            try storm.run()
            try requireEnd(of: storm, "storm \(number)")
            do {
                try compare(storm, calm)
            } catch {
                if Soak.seed != nil { Soak.show("CALM\n\(calm.story)STORM\n\(storm.story)") }
                throw error
            }
        }
        var silence = try World(
            plan, ready: ready, answers: answers, weather: .storm, seed: seed &+ 7, hasPeople: false)
        try silence.run()
        for task in silence.tasks.values where !task.state.status.isFinal {
            let isOwedByPeople = silence.tasks.values.contains {
                $0.state.waitingReasons.contains(where: \.isForPerson)
            }
            guard task.state.status == .waiting, isOwedByPeople else {
                throw Ledger.Violation(sentence: "task \(task.state.origin.number) is \(task.state.status) for ever")
            }
        }
    }

    private func run(hasty plan: RandomPlan) throws {
        var chaos = try World(
            plan, ready: ExecutablePlan(try plan.plan()), answers: Answers(seed: seed), weather: .chaos,
            seed: seed &+ 13)
        try chaos.run()
        try requireEnd(of: chaos, "chaos")
    }

    private func requireEnd(of world: World, _ name: String) throws {
        for task in world.tasks.values where !task.state.status.isFinal {
            let waits = task.state.waits.map { "\($0.reason) \($0.sentence)" }
            if Soak.seed != nil { Soak.show(task.story) }
            throw Ledger.Violation(
                sentence: "\(name): task \(task.state.origin.number) stays \(task.state.status): \(waits)")
        }
    }

    /// What had not begun when the first failure came depends on the order; whether a task fails does not, nor does
    /// anything of a task that completes.
    private func compare(_ storm: World, _ calm: World) throws {
        let (one, other) = (storm.root.state, calm.root.state)
        guard one.status == other.status else {
            throw Ledger.Violation(
                sentence: "the storm ends \(one.status) (\(String(describing: one.failure))), the calm \(other.status)"
                    + " (\(String(describing: other.failure)))")
        }
        guard one.status == .completed else { return }
        guard one.timeless == other.timeless, one.failedSteps > 0 || one.progress == other.progress,
            one.steps.map(\.status) == other.steps.map(\.status)
        else {
            throw Ledger.Violation(
                sentence: "after the storm: \(one.timeless) \(one.progress) \(one.steps.map(\.status)), else "
                    + "\(other.timeless) \(other.progress) \(other.steps.map(\.status))")
        }
    }
}
