import Core
import TestSupport
import Testing

/// The journal's writer under commits that fail: design rule 1, the fold of the events equals the tables.
@Suite(.timeLimit(.minutes(5)))
struct JournalSimulationTests {
    private static let seedsPerCase: UInt64 = 10

    @Test("Whatever the disk refuses, the rows are those that a rebuild tells", arguments: 0..<10 as Range<UInt64>)
    func rows(group: UInt64) throws {
        if Soak.seed != nil, group > 0 { return }
        let seeds = Soak.seed.map { $0..<$0 + 1 } ?? group * Self.seedsPerCase..<(group + 1) * Self.seedsPerCase
        for seed in seeds {
            LastWords.seed = seed
            do {
                var world = try JournalWorld(seed: seed, directory: TemporaryDirectory())
                try world.run()
            } catch {
                let sentence = (error as? Ledger.Violation)?.sentence ?? "\(error)"
                Issue.record(
                    """
                    \(sentence)
                    Seed \(seed) alone: SIGNALBOX_SEED=\(seed) swift test --skip-build --filter JournalSimulationTests
                    """)
            }
        }
    }
}
