import Core
import Plans
import TestSupport

/// A small plan made from a seed, and what each of its steps answers: the same whenever and however often it runs.
struct RandomPlan {
    let text: String
    private let seed: UInt64

    /// - Parameter isRepeatable: whether every step may run again; else chance decides.
    init(seed: UInt64, isRepeatable: Bool) {
        self.seed = seed
        var random = SeededGenerator(seed: seed)
        var lines = ["name: p"]
        if random.next() % 3 == 0 { lines.append("limits: { parallel_steps: \(1 + random.next() % 3) }") }
        lines.append("steps:")
        let count = 1 + Int(random.next() % 7)
        var isComputed: [Bool] = []
        for number in 0..<count {
            let needs = (0..<number).filter { _ in random.next() % 3 == 0 }
            lines.append("  s\(number):")
            isComputed.append(random.next() % 3 == 0)
            if isComputed[number] {
                // Fails where a step it looks at has no number.
                let sum = needs.map { "int(steps.s\($0).output\(isComputed[$0] ? ".sum" : ""))" }.joined(
                    separator: " + ")
                lines.append("    set: { sum: \"${{ \(sum.isEmpty ? "\(number)" : sum) }}\" }")
            } else {
                lines.append("    command: [x]")
                lines.append("    repeatable: \(isRepeatable || random.next() % 2 == 0)")
            }
            if !needs.isEmpty { lines.append("    needs: [\(needs.map { "s\($0)" }.joined(separator: ", "))]") }
            if let need = needs.first, random.next() % 4 == 0 {
                lines.append("    if: \"steps.s\(need).status == 'completed' && steps.s\(need).output != 3\"")
            }
        }
        lines.append("outputs: { last: \"${{ steps.s\(count - 1).output }}\" }")
        text = lines.joined(separator: "\n")
    }

    func plan() throws -> Plan { try PlanReader.read(PlanSource(path: "plan.yaml", text: text)) }

    /// Whether a step fails, and else its output.
    func output(of step: String) -> JSON? {
        let digest = ContentHash(of: Array("\(seed) \(step)".utf8)).rawValue.utf8
        let number = digest.prefix(2).reduce(0) { $0 + Int64($1) } % 10
        return number == 0 ? nil : .int(number)
    }
}
