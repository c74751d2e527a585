import Core
import Testing

@testable import Engine

/// Small worlds from seeds, with everything that can go wrong outside the machine (design §7).
///
/// `SIGNALBOX_SEED=N swift test --filter SimulationTests` runs the worlds of one seed alone, and shows their plan;
/// `make soak` runs new seeds for as long as `SIGNALBOX_SOAK_SECONDS` says.
@Suite(.timeLimit(.minutes(10)))
struct SimulationTests {
    /// Each seed is a plan with these worlds: a calm one, storms, a chaos, and one in which nobody answers.
    private static let plansPerCase: UInt64 = 20

    @Test("Storms change no outcome, chaos breaks no rule, and every world ends", arguments: 0..<47 as Range<UInt64>)
    func worlds(group: UInt64) throws {
        if let seed = Soak.seed {
            guard group == 0 else { return }
            try Seed(seed).run(isShown: true)
            return
        }
        for seed in group * Self.plansPerCase..<(group + 1) * Self.plansPerCase { try Seed(seed).run() }
    }

    @Test("New seeds, for as long as asked", .enabled(if: Soak.seconds > 0))
    func soak() throws {
        let end = ContinuousClock.now.advanced(by: .seconds(Soak.seconds))
        var random = SystemRandomNumberGenerator()
        var worlds = 0
        while ContinuousClock.now < end {
            try Seed(random.next() >> 16).run()
            worlds += Seed.worlds
        }
        #expect(worlds > 0)
    }
}
