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
    func worlds(group: UInt64) async {
        if let seed = Soak.seed {
            guard group == 0 else { return }
            Seed(seed).run(isShown: true)
            return
        }
        // Both cores of a small machine; nothing in a world depends on another one.
        await withTaskGroup { tasks in
            for part in 0..<2 as Range<UInt64> {
                tasks.addTask {
                    let seeds = stride(
                        from: group * Self.plansPerCase + part, to: (group + 1) * Self.plansPerCase, by: 2)
                    for seed in seeds { Seed(seed).run() }
                }
            }
        }
    }
}
