import CEL
import Core
import Plans
import Testing

@Suite(.timeLimit(.minutes(1)))
struct BranchTests {
    private static func branch(_ plan: Plan, _ name: String) throws -> BranchDefinition {
        guard case .branch(let branch)? = plan.step(named: name)?.kind else { throw NothingThrown() }
        return branch
    }

    @Test func pathsWithConditionsAreRead() throws {
        let plan = try plan(
            """
            name: p
            steps:
              first: { set: { n: 3 } }
              second: { set: { n: 3 } }
              route:
                branch:
                  large:
                    description: For a person
                    when: steps.first.output.n > 3
                    steps: { send: { set: { x: "${{ steps.second.output.n }}" } } }
                    output: ${{ steps.send.output.x }}
                  small: { when: true, steps: { send: { set: { x: 1 } } } }
                otherwise: { steps: { none: { set: { x: 2 } } }, output: nothing }
            """)
        let branch = try Self.branch(plan, "route")
        #expect(branch.paths.map(\.name) == ["large", "small"])
        #expect(branch.paths.map(\.summary) == ["For a person", nil])
        #expect(branch.paths.map(\.condition?.source) == ["steps.first.output.n > 3", "true"])
        #expect(branch.allPaths.map { $0.block.steps.map(\.name) } == [["send"], ["send"], ["none"]])
        #expect(branch.paths[0].block.output?.expressions.count == 1)
        #expect(branch.otherwise?.output?.literalValue == "nothing")
        #expect(branch.chooser == nil)
        #expect(plan.step(named: "route")?.needs == ["first", "second"])
        #expect(branch.paths[0].block.steps.map(\.needs) == [[]])
        let paths = ["first", "second", "route", "route/large/send", "route/small/send", "route/otherwise/none"]
        #expect(plan.allSteps.map(\.path) == paths)
    }

    @Test func anAgentMayChoose() throws {
        let plan = try plan(
            """
            name: p
            agents: { clerk: { system: "See ${{ steps.first.output }}" } }
            steps:
              decide:
                branch:
                  refund: { description: Give the money back, steps: { a: { set: { x: 1 } } } }
                  refuse: { description: Say no, steps: { a: { set: { x: 1 } } } }
                choose: { agent: clerk, prompt: "What about ${{ steps.second.output }}?" }
              first: { set: { n: 3 } }
              second: { set: { n: 3 } }
            """)
        let branch = try Self.branch(plan, "decide")
        #expect(branch.chooser?.agent == "clerk")
        #expect(branch.paths.map(\.condition) == [nil, nil])
        #expect(branch.otherwise == nil)
        #expect(plan.step(named: "decide")?.needs == ["first", "second"])
    }

    private static func mistake(_ text: String, _ expected: String) -> Mistake {
        Mistake("name: p\nagents: { clerk: }\nsteps:\n  b: \(text)\n", expected)
    }

    private static let steps = "steps: { c: { set: { x: 1 } } }"

    @Test(arguments: BranchTests.table)
    func eachMistakeIsToldWithItsPlace(mistake: Mistake) {
        #expect(mistakes(in: mistake.text) == [mistake.expected])
    }

    private static let table: [Mistake] = [
        mistake("{ branch: {} }", "4:16 \"branch\" has no paths"),
        mistake("{ branch: [a] }", "4:16 \"branch\" must be a mapping from name to path, not a list"),
        mistake("{ branch: { a: 1 } }", "4:21 a path must be a mapping, not an integer"),
        mistake("{ branch: { a: { \(steps) } } }", "4:18 the path \"a\" does not say when it is taken"),
        mistake("{ branch: { a: { when: true } } }", "4:18 the path \"a\" has no \"steps\""),
        mistake("{ branch: { a: { when: true, steps: {} } } }", "4:35 the path \"a\" needs at least one step"),
        mistake("{ branch: { a: { if: true, when: true, \(steps) } } }", "4:23 a path has no key \"if\""),
        mistake("{ branch: { a: { when: 3, \(steps) } } }", "4:29 \"when\" must be an expression, not an integer"),
        mistake("{ branch: { a: { when: 1 + 2, \(steps) } } }", "4:29 \"when\" must be true or false, not an integer"),
        mistake(
            "{ branch: { otherwise: { when: true, \(steps) } } }", "4:18 \"otherwise\" cannot be the name of a path"),
        mistake(
            "{ branch: { a: { when: true, \(steps) } }, otherwise: { when: true, \(steps) } }",
            "4:85 \"otherwise\" has no key \"when\""),
        mistake(
            "{ branch: { a: { when: true, \(steps) } }, otherwise: {} }", "4:72 \"otherwise\" has no \"steps\""),
        mistake(
            "{ branch: { a: { when: true, \(steps) } }, otherwise: c }",
            "4:83 \"otherwise\" must be a mapping, not a string"),
        mistake(
            "{ branch: { a: { when: true, \(steps) } }, choose: { agent: clerk, prompt: x } }",
            "4:23 the path \"a\" has a condition, but an agent chooses"),
        mistake(
            "{ branch: { a: { \(steps) } }, choose: { prompt: x } }", "4:68 \"choose\" needs an \"agent\""),
        mistake(
            "{ branch: { a: { \(steps) } }, choose: { agent: clerk } }", "4:70 \"choose\" needs a \"prompt\""),
        mistake(
            "{ branch: { a: { \(steps) } }, choose: { agent: clark, prompt: x } }", "4:77 there is no agent \"clark\""),
        mistake("{ branch: { a: { \(steps) } }, choose: clerk }", "4:68 \"choose\" must be a mapping, not a string"),
    ]
}
