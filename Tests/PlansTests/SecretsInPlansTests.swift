import Core
import Testing

@testable import Plans

/// Where a plan can speak of secrets, and how.
@Suite(.timeLimit(.minutes(1)))
struct SecretsInPlansTests {
    private func read(_ step: String) throws -> Plan {
        try PlanReader.read(PlanSource(path: "p.yaml", text: "name: p\nsteps:\n  s: \(step)\n"))
    }

    @Test(arguments: [
        (
            #"{ command: [a, "${{ secrets.A }}"], env: { E: "x ${{ secrets.B }}" }, stdin: { k: ["${{ secrets.C }}"] } }"#,
            ["A", "B", "C"]
        ),
        (
            #"{ http: { url: "https://x/${{ secrets.A }}", headers: { H: "Bearer ${{ secrets['B'] }}" }, body: "${{ secrets.C }}" } }"#,
            ["A", "B", "C"]
        ),
        (#"{ command: [a, "${{ 1 + 1 }}"] }"#, []),
    ])
    func `a step that acts may be given secrets`(step: String, names: [String]) throws {
        #expect(try read(step).steps.first?.secretNames == names)
    }

    @Test(arguments: [
        (#"{ set: { x: "${{ secrets.A }}" } }"#, "known only where"),
        (#"{ command: [a], if: "secrets.A == ''" }"#, "known only where"),
        (#"{ command: [a], consent: "secrets.A == ''" }"#, "known only where"),
        (#"{ command: "echo ${{ secrets.A }}" }"#, "cannot stand in the text"),
        (#"{ command: [a, "${{ secrets.A + '!' }}"] }"#, "nothing can be computed"),
        (#"{ command: [a, "${{ size(secrets.A) }}"] }"#, "nothing can be computed"),
        (#"{ command: [a, "${{ has(secrets.A) }}"] }"#, "nothing can be computed"),
        (#"{ command: [a, "${{ [1].map(x, secrets.A) }}"] }"#, "nothing can be computed"),
        (#"{ command: [a, "${{ secrets }}"] }"#, "must be followed by the name"),
        (#"{ command: [a, "${{ secrets[task.name] }}"] }"#, "must be followed by the name"),
        (#"{ command: [a, "${{ secrets.A.b }}"] }"#, "is a text"),
        (#"{ command: [a, "${{ secrets['a-b'] }}"] }"#, "cannot be the name of a secret"),
        (#"{ approval: { title: "${{ secrets.A }}" } }"#, "known only where"),
        (#"{ for_each: "${{ [secrets.A] }}", steps: { x: { set: { y: 1 } } } }"#, "known only where"),
    ])
    func `elsewhere, or computed with, they are refused`(step: String, message: String) {
        let error = #expect(throws: SignalboxError.self) { try read(step) }
        let found = error?.diagnostics.first
        #expect(found?.message.contains(message) == true)
        guard case .source(_, let line, _)? = found?.place else { return #expect(Bool(false), "It has no place.") }
        #expect(line == 3)
        #expect(found?.hint != nil || message == "is a text")
    }
}
