import Testing

/// Worlds that nobody has seen before; `make soak` asks for them.
@Suite(.timeLimit(.minutes(Soak.seconds / 60 + 2)))
struct SoakTests {
    @Test("New seeds, for as long as asked", .enabled(if: Soak.seconds > 0))
    func newSeeds() async {
        let end = ContinuousClock.now.advanced(by: .seconds(Soak.seconds))
        let seeds = await withTaskGroup(of: Int.self) { tasks in
            for _ in 0..<2 {
                tasks.addTask {
                    var random = SystemRandomNumberGenerator()
                    var seeds = 0
                    while ContinuousClock.now < end {
                        // Short enough to be typed.
                        Seed(random.next() >> 16).run()
                        seeds += 1
                    }
                    return seeds
                }
            }
            return await tasks.reduce(0, +)
        }
        Soak.show("\(seeds * Seed.worlds) worlds from \(seeds) seeds\n")
        #expect(seeds > 0)
    }
}
