import Testing

@testable import Plans

@Suite(.timeLimit(.minutes(1)))
struct StepGraphTests {
    @Test(
        arguments: [
            ([[], [0], [1]], []),
            ([[1], [0]], [[0, 1]]),
            ([[1], [2], [0], [0]], [[0, 1, 2]]),
            ([[], [2], [1], [4], [3]], [[1, 2], [3, 4]]),
            ([[1], [2], [1]], [[1, 2]]),
            ([[1], [0, 2], [0]], [[0, 1]]),
        ] as [([[Int]], [[Int]])])
    func cyclesAreFound(needs: [[Int]], expected: [[Int]]) {
        #expect(StepGraph.cycles(needs) == expected)
    }
}
